"""What an extension of a round does to what is due of its tasks."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import organising
from services.workflow.commands.due import fire_due
from services.workflow.models import Due, Office, Signal
from tests.workflow import cast
from tests.workflow.cast import District

# Five working days from Monday 2 March: until the end of Monday 9 March in Shanghai.
PASSED = dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def round_id(d: District) -> int:
    Due.objects.filter(fired_at=None, cancelled_at=None).update(cancelled_at=cast.NOW)
    return cast.table(d, [d.cases["clearance"]])


def extend(d: District, round_id: int, day: str) -> Any:
    return organising.extend_round(round_id, due_on=day, reason="材料多", by=d.people["office"], key=uuid4())


def at(moment: dt.datetime) -> None:
    cast.set_clock(moment)
    fire_due(most=1000)


def to_come(round_id: int) -> set[tuple[str, int, str]]:
    rows = Due.objects.filter(task__process=round_id, fired_at=None, cancelled_at=None)
    return {(row.kind, row.n, row.at.isoformat()[:10]) for row in rows}


def told() -> list[tuple[str, str]]:
    rows = Signal.objects.filter(type__startswith="due.", case_id=None).order_by("id")
    return list(dict.fromkeys((row.type, row.body["at"][:10]) for row in rows))


def test_the_reminder_moves_along_with_the_day(d: District, round_id: int) -> None:
    before = to_come(round_id)

    extend(d, round_id, "2026-03-20")

    assert before == {("task", 1, "2026-03-09"), ("reminder", 1, "2026-03-05")}
    assert to_come(round_id) == {("task", 1, "2026-03-20"), ("reminder", 1, "2026-03-18")}


def test_who_was_reminded_already_is_reminded_of_the_new_day_too(d: District, round_id: int) -> None:
    at(PASSED - 4 * DAY)

    extend(d, round_id, "2026-03-20")
    at(dt.datetime(2026, 3, 18, 1, tzinfo=dt.UTC))

    assert told() == [("due.near", "2026-03-09"), ("due.near", "2026-03-20")]
    assert to_come(round_id) == {("task", 1, "2026-03-20")}


def test_a_day_that_is_near_is_told_without_a_reminder(d: District, round_id: int) -> None:
    cast.set_clock(PASSED - 3 * DAY / 24)

    extend(d, round_id, "2026-03-10")

    assert to_come(round_id) == {("task", 1, "2026-03-10")}


def test_the_head_hears_of_the_new_day_only(d: District, round_id: int) -> None:
    Office.objects.filter(role="department").update(is_head=True)
    at(PASSED)
    late = to_come(round_id)

    extend(d, round_id, "2026-03-20")
    at(PASSED + 3 * DAY)
    meanwhile = told()
    at(dt.datetime(2026, 3, 23, 16, tzinfo=dt.UTC))

    assert late == {("escalation", 1, "2026-03-10")}
    assert meanwhile == [("due.passed", "2026-03-09")]
    assert told()[1:] == [("due.passed", "2026-03-20"), ("due.escalated", "2026-03-20")]
