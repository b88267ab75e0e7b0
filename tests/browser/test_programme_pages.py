"""The pages on which programmes differ, by everybody's aids and on a phone: axe finds nothing, nothing is too wide."""

import os
from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands.drafts import begin_draft
from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.definition_codec import to_dict
from services.workflow.domain.programme_rules import Admission
from services.workflow.domain.standard import RuleKind
from tests.browser.conftest import PHONE, WIDE
from tests.browser.looking import too_wide_px, violations
from tests.workflow import cast, measured
from tests.workflow.cast import DEFINITION, take
from tests.workflow.domain.samples import CARDS

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def d(committed):
    return committed


def on_project_notice(d: Any) -> int:
    asked = Admission(participants=600, reward="不发奖金", notice_working_days=5)
    second = replace(DEFINITION, code="second", name="绿色社区创建", admission=asked)
    programme: int = publish_version(second, by=SYSTEM, key=None)["programme"]
    take("programme", programme, "propose", d.people["office"])
    take("programme", programme, "admit", d.people["leading-group"])
    return programme


def pages(d: Any) -> dict[str, tuple[str, str]]:
    """{page: (who looks, where)}."""
    notice = on_project_notice(d)
    edition, old, new = measured.both(d)
    task = measured.tabled(d, edition, [old, new])
    checking = measured.filed(d, edition, "held", "old")
    draft = begin_draft(values=to_dict(measured.PROGRAMME), by=d.people["office"], key=None)["draft"]
    cast.rule(
        d,
        standard=cast.with_criteria(**{"1.2": {"rule": RuleKind.RATIO, "measures": (CARDS,)}}),
        legs=cast.with_legs(confirmation={"return_to": ("declare", "preliminary"), "correct_days": 3}),
    )
    points = [{"part": "1.1", "note": "补党组织名册"}, {"part": "2"}]
    by = d.people["committee1"]
    take(
        "declaration", d.cases["confirmation"], "return", by, reason="有误", to="declare", corrections=points
    )
    take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="到期")
    return {
        "figures": ("dep-org", f"/tasks/{task}"),
        "jury-inbox": ("dep-org", "/"),
        "own-check": ("songxi", f"/cases/{checking}/own-check"),
        "ranking": ("office", f"/editions/{edition}/ranking"),
        "funnel": ("office", f"/editions/{edition}"),
        "begin": ("clearance", f"/editions/{edition}/begin"),
        "corrections": ("confirmation", f"/declarations/{d.cases['confirmation']}"),
        "corrections-case": ("office", f"/cases/{d.cases['confirmation']}"),
        "rereview": ("office", f"/honours/{d.honour.pk}"),
        "project-notices": ("", "/project-notices"),
        "project-notice": ("", f"/project-notices/{notice}"),
        "password": ("office", "/account/password"),
        "draft-names": ("office", f"/programmes/drafts/{draft}/parts/names"),
        "draft-route": ("office", f"/programmes/drafts/{draft}/parts/route"),
    }


def seen(page: Any, name: str) -> tuple[list[Any], int]:
    found, wider = violations(page), too_wide_px(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    return found, wider


@pytest.mark.timeout(900)
def test_axe_finds_nothing_and_nothing_overflows(d, site):
    asked = pages(d)
    desks = {
        who: site.desk(who, "/type").page if who else site.stranger("/login") for who, _ in asked.values()
    }

    found = {}
    for name, (who, path) in asked.items():
        page = desks[who]
        page.set_viewport_size(WIDE)
        page.goto(path)
        assert page.locator("h1").count() == 1, name
        found[name] = seen(page, f"{name}-wide")
        page.set_viewport_size(PHONE)
        found[f"{name} on a phone"] = seen(page, f"{name}-phone")

    assert {name: what for name, what in found.items() if what != ([], 0)} == {}
