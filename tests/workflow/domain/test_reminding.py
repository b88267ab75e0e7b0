import datetime as dt

import pytest

from services.workflow.domain.calendar import Calendar, end_of_day
from services.workflow.domain.placing import DueWork
from services.workflow.domain.reminding import ESCALATION, REMINDER, escalation_of, reminder_of

# The National Day week of 2025 with its make-up Saturday.
CALENDAR = Calendar(
    frozenset(dt.date(2025, 10, day) for day in range(1, 9)),
    frozenset({dt.date(2025, 9, 28), dt.date(2025, 10, 11)}),
    dt.date(2025, 12, 31),
)
MONDAY = dt.date(2025, 9, 22)


def eight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0), dt.UTC)  # eight in the morning in Shanghai


@pytest.mark.parametrize(
    ("last", "reminded"),
    [
        (dt.date(2025, 9, 26), dt.date(2025, 9, 24)),
        (dt.date(2025, 9, 30), dt.date(2025, 9, 28)),  # a Sunday that is worked
        (dt.date(2025, 10, 9), dt.date(2025, 9, 29)),  # over the holidays
    ],
)
def test_the_reminder_comes_two_working_days_before(last: dt.date, reminded: dt.date) -> None:
    due = DueWork("leg", end_of_day(last))

    found = reminder_of(due, MONDAY, CALENDAR)

    inputs = {"due": due.at.isoformat(), "working_days_left": 2}
    assert found == DueWork(REMINDER, eight(reminded), inputs=inputs)


@pytest.mark.parametrize("days", [0, 1, 2])
def test_a_day_that_is_already_near_has_none(days: int) -> None:
    due = DueWork("leg", end_of_day(MONDAY + dt.timedelta(days=days)))

    assert reminder_of(due, MONDAY, CALENDAR) is None


@pytest.mark.parametrize("kind", ["notice_end", "rereview", "term_end", "project_notice_end", REMINDER])
def test_what_is_nobodys_task_is_neither_reminded_of_nor_escalated(kind: str) -> None:
    at = end_of_day(dt.date(2025, 11, 28))

    assert (reminder_of(DueWork(kind, at), MONDAY, CALENDAR), escalation_of(kind, at, CALENDAR)) == (
        None,
        None,
    )


def test_the_head_is_told_after_a_whole_working_day() -> None:
    at = end_of_day(dt.date(2025, 9, 30))

    found = escalation_of("task", at, CALENDAR)

    assert found == DueWork(ESCALATION, end_of_day(dt.date(2025, 10, 9)), inputs={"due": at.isoformat()})


def test_past_the_known_calendar_both_are_provisional() -> None:
    at = end_of_day(dt.date(2026, 3, 31))

    reminder = reminder_of(DueWork("leg", at, provisional=True), MONDAY, CALENDAR)
    escalation = escalation_of("leg", at, CALENDAR)

    assert reminder is not None and reminder.provisional
    assert escalation is not None and escalation.provisional
