"""Notices of titles conferred and revoked, and notices that run without the public."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.honour_notices import announce_honours
from services.workflow.commands.objections import lodge
from services.workflow.models import LedgerEntry, Notice, NoticeLine, Rectification
from services.workflow.queries.register import public_notices, withheld_notices
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, District, take
from tests.workflow.commands.refusing import refusal


def announce(d: District, subject: str = "results", who: str = "office", **change: Any) -> int:
    fields = {"title": "结果公示", "text": "现予公示", **change}
    told = announce_honours(
        d.edition, [d.honour.pk], subject=subject, **fields, by=d.people[who], key=uuid4()
    )
    number: int = told["notice"]
    return number


def let_out(d: District, notice: int, step: str = "release", reason: str = "") -> None:
    take("notice", notice, "prepare", d.people["office"])
    take("notice", notice, step, d.people["office2"], reason=reason)


def revoked(d: District) -> None:
    take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="两年期满")
    take(
        "honour", d.honour.pk, "order_rectification", d.people["office"], reason="不达标", points_text="三条",
        working_days=20,
    )  # fmt: skip
    row = Rectification.objects.get(honour=d.honour)
    take("rectification", row.pk, "plan", d.people["held"], plan="方案")
    take("rectification", row.pk, "report", d.people["held"], report="报告")
    take("rectification", row.pk, "reject", d.people["office2"], reason="仍不达标")
    take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="仍不达标")
    take("honour", d.honour.pk, "revoke", d.people["committee1"], reason="仍不达标")


def test_results_are_published_and_closed_without_moving_anything(d: District) -> None:
    notice, version = announce(d), d.case("held").version
    let_out(d, notice)
    cast.set_clock(cast.NOW + dt.timedelta(days=30))
    take("notice", notice, "close", d.people["office"])

    line = NoticeLine.objects.get(notice=notice)
    assert (line.declaration_id, line.unit_name, line.result) == (d.cases["held"], "held社区", "")
    assert d.case("held").version == version
    assert Notice.objects.get(pk=notice) in public_notices()


def test_a_revocation_is_published_once(d: District) -> None:
    too_early = refusal(announce, d, "revocation")
    revoked(d)

    notice = announce(d, "revocation")
    again = refusal(announce, d, "revocation")

    assert (too_early, again) == ("notice.honour_not_ready", "notice.already_listed")
    assert Notice.objects.get(pk=notice).subject == "revocation"


@pytest.mark.parametrize(
    ("who", "subject", "code"),
    [
        ("committee1", "results", "step.not_yours"),
        ("songxi", "results", "step.not_yours"),
        ("office", "candidates", "field.not_a_choice"),
    ],
)
def test_a_notice_of_titles_is_not_drawn_up(d: District, who: str, subject: str, code: str) -> None:
    assert refusal(announce, d, subject, who) == code


def test_without_titles_there_is_no_notice(d: District) -> None:
    act: Any = (announce_honours, d.edition, [])

    assert (
        refusal(*act, subject="results", title="题", text="文", by=d.people["office"], key=None)
        == "notice.empty"
    )


def test_a_notice_without_the_public_needs_a_reason_and_says_it(d: District) -> None:
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])
    bare = refusal(take, "notice", notice, "withhold", d.people["office2"])
    alone = refusal(take, "notice", notice, "withhold", d.people["office"], reason="涉及未成年人")
    take("notice", notice, "withhold", d.people["office2"], reason="涉及未成年人，电话13812341234")

    row = Notice.objects.get(pk=notice)
    assert (bare, alone) == ("reason.missing", "step.not_yours")
    assert (row.status, row.withheld, row.withheld_reason) == (
        "released",
        True,
        "涉及未成年人，电话138****1234",
    )
    assert (row.ends_on is not None, row.number != "") == (True, True)
    assert (row in public_notices(), row in withheld_notices()) == (False, True)
    entry = LedgerEntry.objects.get(case_id=notice, step="withhold")
    assert (entry.public, [topic for topic in entry.topics if topic.startswith("public")]) == (None, [])


def test_the_public_does_not_object_to_what_it_cannot_read(d: District) -> None:
    notice = cast.draw_up(d, [d.cases["notice"]])
    let_out(d, notice, "withhold", "涉及未成年人")
    given = {**OBJECTION, "unit": 1}

    by_form = refusal(lodge, notice, given)
    by_office = lodge(notice, {**given, "channel": "visit"}, by=d.people["office"], key=uuid4())

    assert (by_form, by_office["status"]) == ("notice.not_found", "lodged")


def test_what_runs_without_the_public_closes_and_its_units_go_on(d: District) -> None:
    notice = cast.draw_up(d, [d.cases["notice"]])
    let_out(d, notice, "withhold", "涉及未成年人")
    cast.set_clock(cast.NOW + dt.timedelta(days=30))

    take("notice", notice, "close", d.people["office"])

    assert d.case("notice").stage == "naming"
