"""Reminder, day and escalation as the moved clock brings them; what was answered stays silent."""

import datetime as dt
from typing import Any

import pytest

from services.workflow.commands.due import fire_due
from services.workflow.models import Due, Office, SideAct, Signal
from tests.workflow import cast, contract
from tests.workflow.cast import District

DAY = dt.timedelta(days=1)
# The town has ten working days from Monday 2 March: until the end of Monday 16 March in Shanghai.
REMINDED, PASSED = dt.datetime(2026, 3, 12, tzinfo=dt.UTC), dt.datetime(2026, 3, 16, 16, tzinfo=dt.UTC)
ESCALATED = PASSED + DAY


def told(d: District, case: int) -> list[tuple[str, str]]:
    """Type and due day of what was told of a case."""
    rows = Signal.objects.filter(type__startswith="due.", case_id=case).order_by("id")
    return [(row.type, row.body["at"][:10]) for row in rows]


def at(moment: dt.datetime) -> None:
    cast.set_clock(moment)
    fire_due(most=1000)


def topics(kind: str, case: int) -> list[str]:
    return list(Signal.objects.get(type=kind, case_id=case).topics)


@pytest.fixture
def head(d: District) -> int:
    office = Office.objects.get(pk=d.people["songxi2"].office)
    office.is_head = True
    office.save(update_fields=["is_head"])
    return office.member_id


def test_reminder_day_and_escalation_come_in_turn_and_once(d: District, head: int) -> None:
    case, seen, before = d.cases["preliminary"], [], contract.last_event()
    for moment in (
        REMINDED - DAY,
        REMINDED,
        PASSED - DAY,
        PASSED,
        ESCALATED - DAY / 24,
        ESCALATED,
        ESCALATED + 9 * DAY,
    ):
        at(moment)
        seen.append(len(told(d, case)))

    assert seen == [0, 1, 1, 2, 2, 3, 3]
    assert told(d, case) == [(f"due.{kind}", "2026-03-16") for kind in ("near", "passed", "escalated")]
    assert contract.faults_since(before) == []


def test_the_holders_are_reminded_and_the_head_and_the_office_hear_of_the_rest(
    d: District, head: int
) -> None:
    case = d.cases["preliminary"]

    at(REMINDED)
    at(ESCALATED)

    town, office = f"unit:{d.units['songxi']}", f"unit:{d.units['office']}"
    assert {kind: topics(f"due.{kind}", case) for kind in ("near", "passed", "escalated")} == {
        "near": [f"case:{case}", town],
        "passed": [f"case:{case}", town],
        "escalated": [f"case:{case}", f"user:{head}", office],
    }
    acts = SideAct.objects.filter(case_id=case).values_list("kind", "to_member", "actor", "at")
    assert [tuple(act) for act in acts] == [("escalate", head, None, ESCALATED)]


def test_without_a_head_the_organising_office_alone_hears_of_it(d: District) -> None:
    case = d.cases["preliminary"]

    at(ESCALATED)

    assert topics("due.escalated", case) == [f"case:{case}", f"unit:{d.units['office']}"]
    assert SideAct.objects.get(case_id=case).to_member_id is None


def test_a_clock_that_leaps_over_the_reminder_tells_the_day_and_no_reminder(d: District) -> None:
    at(PASSED)

    assert told(d, d.cases["preliminary"]) == [("due.passed", "2026-03-16")]


@pytest.mark.parametrize("moment", [REMINDED - DAY, PASSED - DAY, PASSED])
def test_what_is_answered_is_silent_from_then_on(d: District, moment: dt.datetime) -> None:
    case = d.cases["preliminary"]
    at(moment)
    before = told(d, case)

    cast.take("declaration", case, "endorse", d.people["songxi"])
    open_rows = Due.objects.filter(case_id=case, fired_at=None, cancelled_at=None).values_list(
        "kind", flat=True
    )
    left = sorted(open_rows)
    at(ESCALATED)

    assert left in (["leg"], ["leg", "reminder"])  # of the next leg: the office's
    assert [one for one in told(d, case) if one[1] == "2026-03-16"] == before


def test_a_return_stops_the_clock_and_the_resubmission_begins_it_anew(d: District) -> None:
    case = d.cases["preliminary"]
    cast.set_clock(REMINDED - DAY)  # Wednesday 11 March
    cast.take("declaration", case, "return", d.people["songxi"], reason="缺材料")
    at(ESCALATED)
    meanwhile = told(d, case)

    cast.take("declaration", case, "resubmit", d.people["preliminary"])  # Wednesday 18 March in Shanghai
    at(dt.datetime(2026, 3, 30, tzinfo=dt.UTC))

    assert meanwhile == []
    assert told(d, case) == [("due.near", "2026-04-01")]


def test_a_veto_suspends_and_its_lifting_arms_again_with_the_days_left(d: District) -> None:
    case = d.cases["preliminary"]
    cast.set_clock(REMINDED - DAY)  # three working days are left
    cast.take("declaration", case, "raise_veto", d.people["dep-police"], reason="核实", **cast.VETO)
    at(ESCALATED)
    paused = told(d, case)

    cast.set_clock(dt.datetime(2026, 3, 20, 1, tzinfo=dt.UTC))  # a Friday
    cast.take("declaration", case, "lift_veto", d.people["dep-police"], reason="查无此事")
    at(dt.datetime(2026, 3, 30, tzinfo=dt.UTC))

    assert paused == []
    assert told(d, case) == [("due.passed", "2026-03-25"), ("due.escalated", "2026-03-25")]


def of_tasks() -> list[Any]:
    rows = Signal.objects.filter(type__startswith="due.", case_id=None).order_by("id")
    return [(row.type, sorted(row.topics)) for row in rows]


def test_a_round_task_is_reminded_of_and_escalated_while_it_is_open(d: District) -> None:
    Due.objects.filter(fired_at=None, cancelled_at=None).update(cancelled_at=cast.NOW)
    round_id = cast.table(d, [d.cases["clearance"]])  # five working days: until Monday 9 March
    first, second = cast.tasks_of(round_id)
    at(dt.datetime(2026, 3, 5, 1, tzinfo=dt.UTC))
    cast.decide(first.pk, "no_objection", cast.asked(d, first))

    at(dt.datetime(2026, 3, 12, tzinfo=dt.UTC))

    ours, theirs = (f"unit:{task.participant_unit_id}" for task in (first, second))
    assert of_tasks() == [
        ("due.near", [ours]),
        ("due.near", [theirs]),
        ("due.passed", [theirs]),
        ("due.escalated", [f"unit:{d.units['office']}"]),
    ]
    assert list(SideAct.objects.values_list("kind", "task")) == [("escalate", second.pk)]
