import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Role
from services.workflow.domain.standard import Indicator
from services.workflow.models import Edition, Programme, ProgrammeVersion, Unit
from services.workflow.queries.definitions import definition_of
from tests.workflow import cast
from tests.workflow.cast import DEFINITION, District, take
from tests.workflow.commands.refusing import refusal, refused

OPENS, CLOSES = dt.datetime(2027, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
GAP = replace(
    DEFINITION,
    standard=replace(
        DEFINITION.standard, indicators=(*DEFINITION.standard.indicators, Indicator("3", "", None, gap=True))
    ),
)


def open_(d: District, programme: int, who: str = "office", **changes: Any) -> dict[str, Any]:
    asked = {"year": 2027, "opens_at": OPENS, "closes_at": CLOSES, **changes}
    return open_edition(programme, **asked, by=d.people[who], key=None)


def test_the_same_content_keeps_its_version(d: District) -> None:
    again = publish_version(DEFINITION, by=SYSTEM, key=None)

    assert (again["version"], again["number"], ProgrammeVersion.objects.count()) == (d.version, 1, 1)


def test_another_content_is_the_next_version_and_leaves_the_editions_theirs(d: District) -> None:
    changed = publish_version(replace(DEFINITION, summary="改过"), by=SYSTEM, key=None)

    assert (changed["programme"], changed["number"]) == (d.programme, 2)
    assert Edition.objects.get(pk=d.edition).definition_version_id == d.version


def test_a_published_version_reads_back_as_it_was_written(d: District) -> None:
    assert definition_of(d.version) == DEFINITION


def test_a_body_that_does_not_exist_is_named(d: District) -> None:
    found = refused(
        publish_version, replace(DEFINITION, host=Body(Role.OFFICE, "nowhere")), by=SYSTEM, key=None
    )

    assert (found.code, found.params) == ("unit.not_found", {"unit": "nowhere"})


def test_an_edition_opens_on_the_newest_version(d: District) -> None:
    newest = publish_version(replace(DEFINITION, summary="改过"), by=SYSTEM, key=None)["version"]

    answer = open_(d, d.programme)

    edition = Edition.objects.get(pk=answer["edition"])
    assert (edition.definition_version_id, edition.year, edition.name) == (newest, 2027, "示例社区 2027年度")
    assert edition.district_id == d.units["yunling"]


def test_no_edition_opens_while_the_standard_has_gaps(d: District) -> None:
    publish_version(GAP, by=SYSTEM, key=None)
    take("programme", d.programme, "propose", d.people["office"])
    take("programme", d.programme, "admit", d.people["leading-group"])

    found = refused(open_, d, d.programme)

    assert (found.code, found.params) == ("edition.standard_has_gaps", {"gaps": "3"})
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "changes", "code"),
    [
        ("office", {"year": 2026}, "edition.exists"),
        ("office", {"closes_at": OPENS}, "edition.window_empty"),
        ("committee1", {}, "step.not_yours"),
        ("north-office", {}, "step.not_yours"),
        ("system-admin", {}, "step.not_yours"),
    ],
)
def test_an_edition_is_refused(d: District, who: str, changes: dict[str, Any], code: str) -> None:
    assert refusal(open_, d, d.programme, who, **changes) == code


def test_no_edition_without_admission(d: District) -> None:
    new = publish_version(replace(DEFINITION, code="second"), by=SYSTEM, key=None)["programme"]
    drafted = refusal(open_, d, new)
    take("programme", new, "propose", d.people["office"])
    asked = refusal(open_, d, new)
    row = Programme.objects.get(pk=new)
    waiting = (row.waiting_role, row.waiting_unit_id)

    take("programme", new, "admit", d.people["leading-group"])

    assert (drafted, asked, waiting) == (
        "programme.not_admitted", "programme.not_admitted", ("leading_group", d.units["leading-group"]),
    )  # fmt: skip
    assert open_(d, new)["name"] == "示例社区 2027年度"


def test_a_withdrawn_programme_opens_no_edition_and_is_not_admitted_again(d: District) -> None:
    take("programme", d.programme, "withdraw", d.people["office"], reason="不办了")

    found = [
        refusal(open_, d, d.programme),
        refusal(take, "programme", d.programme, "propose", d.people["office"]),
    ]

    assert found == ["programme.not_admitted", "step.out_of_order"]


def test_an_unknown_programme_is_not_found(d: District) -> None:
    assert refusal(open_, d, 999_999) == "case.not_found"


def test_what_could_not_be_run_is_not_published_and_every_flaw_is_told(d):
    """Nobody sits in the new department, and three members cannot make a quorum of a committee that has none."""
    nobody = Unit.objects.create(code="dep-new", name="新部门", kind="department")
    legs = cast.with_legs(
        clearance={"bodies": (Body(Role.DEPARTMENT, nobody.code),)},
        vote={"body": Body(Role.COMMITTEE, "leading-group")},
    )
    before = ProgrammeVersion.objects.count()

    refusal = refused(publish_version, replace(DEFINITION, legs=legs), by=SYSTEM, key=None)

    flaws: Any = refusal.params["flaws"]
    assert (refusal.code, ProgrammeVersion.objects.count()) == ("programme.unsound", before)
    assert [(flaw["code"], flaw["way"][-1]) for flaw in flaws] == [
        ("body.nobody", "clearance"),
        ("body.nobody", "vote"),
        ("quorum.out_of_reach", "vote"),
    ]


def test_a_gap_bars_no_publishing(d):
    assert publish_version(GAP, by=SYSTEM, key=None)["number"] == 2
