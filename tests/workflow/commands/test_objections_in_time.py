"""Which day counts for an objection, whom it holds, what it brings about, and how many one address may send."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.allowance import take_one
from services.workflow.commands.objections import lodge
from services.workflow.domain.refused import Refused
from services.workflow.models import Allowance, Declaration, LedgerEntry, NoticeLine, Objection
from tests.workflow import cast
from tests.workflow.cast import District, take
from tests.workflow.commands.refusing import refusal
from tests.workflow.commands.test_objections import BY_UNIT, at_investigation, objection_of


def letter(d: District, **change: Any) -> dict[str, Any]:
    fields = {**BY_UNIT, "channel": "letter", **change}
    return lodge(d.notice, fields, by=d.people["office"], key=uuid4())


@pytest.mark.parametrize(
    ("postmark", "entered", "code"),
    [
        ("2026-03-09", "2026-03-12T09:00:00+08:00", ""),
        ("2026-03-10", "2026-03-12T09:00:00+08:00", "notice.not_open"),
        ("2026-03-01", "2026-03-03T09:00:00+08:00", "objection.came_on_impossible"),
        ("2026-03-13", "2026-03-12T09:00:00+08:00", "objection.came_on_impossible"),
        ("gestern", "2026-03-12T09:00:00+08:00", "field.not_a_date"),
        ("", "2026-03-12T09:00:00+08:00", "notice.not_open"),
    ],
)
def test_of_a_letter_the_postmark_counts(d: District, postmark: str, entered: str, code: str) -> None:
    cast.set_clock(dt.datetime.fromisoformat(entered))

    if code:
        assert refusal(letter, d, came_on=postmark) == code
    else:
        made = Objection.objects.get(pk=letter(d, came_on=postmark)["objection"])
        assert (str(made.came_on), made.lodged_at) == (postmark, dt.datetime.fromisoformat(entered))


def test_a_letter_in_time_holds_a_unit_that_has_gone_on_to_naming(d: District) -> None:
    cast.set_clock(cast.NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])
    before = d.case("listed").stage

    letter(d, came_on="2026-03-09")

    assert before == "naming"
    assert refusal(take, "declaration", d.cases["listed"], "confer", d.people["office"]) == "objection.open"


def test_the_web_form_cannot_say_when_it_was_sent(d: District) -> None:
    cast.set_clock(dt.datetime.fromisoformat("2026-03-10T00:00:00+08:00"))

    assert refusal(lodge, d.notice, {**BY_UNIT, "came_on": "2026-03-09"}) == "notice.not_open"


@pytest.mark.parametrize("fields", [{"kind": "tip", "name": "", "contact": ""}, {"kind": "unit"}])
def test_a_tip_and_a_letter_without_seal_hold_nobody(d: District, fields: dict[str, Any]) -> None:
    version = d.case("listed").version

    lodge(d.notice, {**BY_UNIT, **fields})
    cast.set_clock(cast.NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])

    assert (d.case("listed").stage, d.case("listed").version) == ("naming", version + 1)


def test_a_unit_holds_its_line_once_its_seal_was_seen(d: District) -> None:
    case = lodge(d.notice, {**BY_UNIT, "kind": "unit"})["objection"]
    version = d.case("listed").version

    take("objection", case, "receive", d.people["office"], seal="on")

    assert (Objection.objects.get(pk=case).seal_seen, d.case("listed").version) == (True, version + 1)


def test_a_form_cannot_claim_a_seal(d: District) -> None:
    made = lodge(d.notice, {**BY_UNIT, "kind": "unit", "seal": "on"})

    assert not Objection.objects.get(pk=made["objection"]).seal_seen


def sustained(d: District, effect: str = "rescore") -> int:
    case = at_investigation(d)
    take("objection", case, "find", d.people["investigator"], finding="属实")
    take("objection", case, "sustain", d.people["office"], reason="属实", effect=effect)
    return case


def test_a_sustained_objection_has_the_unit_scored_and_published_anew(d: District) -> None:
    case, unit = sustained(d), d.cases["listed"]
    cast.set_clock(cast.NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])

    back = take("declaration", unit, "rescore", d.people["committee1"], reason="异议成立")
    cast.answer_round(d, cast.table(d, [unit]), share="0.95")
    cast.forward(d, [unit], "vote")
    cast.forward(d, [unit], "decision")
    again = cast.publish(d, [unit])

    row = Objection.objects.get(pk=case)
    assert (back["place"], row.effect, row.settled_at is not None) == ("evaluation", "rescore", True)
    assert [str(line.points) for line in NoticeLine.objects.filter(declaration=unit).order_by("pk")] == [
        "100.00",
        "95.00",
    ]
    cast.set_clock(cast.NOW + dt.timedelta(days=30))
    take("notice", again, "close", d.people["office"])
    assert d.case("listed").stage == "naming"


def test_a_changed_entry_does_not_pass_on_its_old_notice(d: District) -> None:
    unit = d.cases["listed"]
    case = objection_of(d)
    cast.set_clock(cast.NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])
    Declaration.objects.filter(pk=unit).update(result_points="95.00")

    take("objection", case, "receive", d.people["office"])
    take("objection", case, "assign", d.people["office"], investigator=d.people["investigator"].member_id)
    take("objection", case, "find", d.people["investigator"], finding="不属实")
    take("objection", case, "dismiss", d.people["office"], reason="不属实")

    assert d.case("listed").stage == "notice"


@pytest.mark.parametrize(
    ("who", "code"),
    [("office", "step.not_yours"), ("songxi", "step.not_yours"), ("north-office", "case.not_found")],
)
def test_the_deciding_body_alone_has_it_scored_anew(d: District, who: str, code: str) -> None:
    sustained(d)

    assert refusal(take, "declaration", d.cases["listed"], "rescore", d.people[who], reason="x") == code


def test_an_objection_is_told_to_those_who_may_read_it_and_to_nobody_else(d: District) -> None:
    objection_of(d)

    hold = LedgerEntry.objects.filter(case_id=d.cases["listed"], step="hold").get()
    assert hold.topics == [f"unit:{d.units['office']}"]


def test_ten_thousand_from_one_address(d: District, scale: Any) -> None:
    """However many are sent, those over the allowance leave nothing behind."""
    refused, sent = 0, scale(500, 10_000)
    for _ in range(sent):
        try:
            take_one("objection", "203.0.113.9", most=20, refusal="objection.too_many")
        except Refused as refusal_:
            refused += refusal_.code == "objection.too_many"

    assert refused == sent - 20
    assert Allowance.objects.get(what="objection").used == sent
