"""What follows the end of a title, or of the unit that holds it."""

import datetime as dt
from typing import Any

import pytest

from services.workflow.commands import due
from services.workflow.models import Due, Honour, LedgerEntry, Signal
from tests.workflow import cast
from tests.workflow.cast import District, take
from tests.workflow.commands.refusing import refusal

REASON = "两社区合并，经研究由承继单位保持称号。"


def pass_on(d: District, to: str, who: str = "committee1", reason: str = REASON) -> dict[str, Any]:
    return take("honour", d.honour.pk, "pass_on", d.people[who], reason=reason, to=d.units[to])


def given_up(d: District) -> None:
    take("honour", d.honour.pk, "relinquish", d.people["held"], reason="主动放弃")


def plaque(d: District, who: str = "office", **fields: Any) -> dict[str, Any]:
    given = {"on": "2026-03-02", "returned_by": "温若竹，社区主任", **fields}
    return take("honour", d.honour.pk, "return_plaque", d.people[who], **given)


def test_a_title_passes_to_the_unit_that_the_decision_names(d: District) -> None:
    before = d.honour

    pass_on(d, "guiyuan")

    after = Honour.objects.get()
    assert (after.unit_id, after.town_id, after.status) == (d.units["guiyuan"], d.units["guihua"], "held")
    assert (after.number, after.next_rereview_on) == (before.number, before.next_rereview_on)
    entry = LedgerEntry.objects.get(case_id=after.pk, step="pass_on")
    assert (entry.source, entry.target, entry.reason.text) == ("held", "held", REASON)


@pytest.mark.parametrize(
    ("to", "who", "code"),
    [
        ("held", "committee1", "honour.successor_is_holder"),
        ("songxi", "committee1", "honour.successor_differs"),
        ("north-community", "committee1", "unit.not_found"),
        ("guiyuan", "office", "step.not_yours"),
        ("guiyuan", "held", "step.not_yours"),
    ],
)
def test_a_title_does_not_pass(d: District, to: str, who: str, code: str) -> None:
    assert refusal(pass_on, d, to, who) == code


def test_a_title_passes_with_a_reason_only(d: District) -> None:
    assert refusal(pass_on, d, "guiyuan", reason=" ") == "reason.missing"


def test_no_unit_comes_to_hold_two(d: District) -> None:
    other = d.honour
    other.pk, other.number, other.declaration_id = 900_000, "SAMPLE-H-2026-0009", d.cases["decision"]
    other.unit_id = d.units["guiyuan"]
    Honour.objects.bulk_create([other])

    assert refusal(pass_on, d, "guiyuan") == "honour.successor_holds_title"


def test_the_return_of_a_plaque_is_recorded_with_its_day_and_who_brought_it(d: District) -> None:
    given_up(d)

    plaque(d)

    honour = d.honour
    assert (honour.plaque_returned_on, honour.plaque_returned_by, honour.status) == (
        dt.date(2026, 3, 2),
        "温若竹，社区主任",
        "relinquished",
    )
    entry = LedgerEntry.objects.get(case_id=honour.pk, step="return_plaque")
    assert entry.actor_id == d.people["office"].member_id
    assert refusal(plaque, d) == "honour.plaque_returned"
    assert (honour.waiting_role, honour.due_at) == ("", None)
    assert not Due.objects.filter(case_id=honour.pk, fired_at=None, cancelled_at=None).exists()


def test_a_plaque_that_does_not_come_back_in_time_is_told_to_the_office(d: District) -> None:
    given_up(d)
    due.fire_due()  # what fell due of other cases by now
    cast.set_clock(d.honour.due_at)

    due.fire_due()

    [told] = Signal.objects.filter(type="due.passed", case_id=d.honour.pk)
    assert told.topics == [f"case:{d.honour.pk}", f"unit:{d.units['office']}"]
    assert d.honour.status == "relinquished"


@pytest.mark.parametrize(
    ("fields", "who", "code"),
    [
        ({"on": "2026-03-03"}, "office", "field.out_of_range"),
        ({"on": "2026-02-09"}, "office", "field.out_of_range"),
        ({"returned_by": " "}, "office", "field.missing"),
        ({}, "committee1", "step.not_yours"),
        ({}, "held", "step.not_yours"),
    ],
)
def test_a_return_is_not_recorded(d: District, fields: dict[str, Any], who: str, code: str) -> None:
    given_up(d)

    assert refusal(plaque, d, who, **fields) == code


def test_a_plaque_stays_while_the_title_is_held(d: District) -> None:
    assert refusal(plaque, d) == "step.out_of_order"
