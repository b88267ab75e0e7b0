"""Deadlines as they stand today."""

import datetime as dt
from types import SimpleNamespace

import pytest

from services.workflow.domain.calendar import Calendar
from services.workflow.web.deadlines import Today
from services.workflow.web.shown import Due

MONDAY = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
CALENDAR = Calendar(frozenset(), frozenset(), dt.date(2026, 12, 31))
TODAY = Today(MONDAY, CALENDAR)


def midnight(day: int) -> dt.datetime:
    """The midnight in Shanghai that ends a day of March 2026."""
    return dt.datetime(2026, 3, day, 16, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "left"),
    [(2, 0), (3, 1), (6, 4), (9, 5)],
)
def test_a_deadline_counts_working_days_to_its_last_day(day, left):
    assert TODAY.until(midnight(day)) == Due(dt.date(2026, 3, day), left)


@pytest.mark.parametrize(("hours", "left"), [(0, 0), (15, -1), (24 * 5, -4)])
def test_what_is_over_is_late_by_at_least_a_day(hours, left):
    later = Today(MONDAY + dt.timedelta(hours=hours), CALENDAR)

    due = later.until(midnight(2))

    assert due is not None and due.days_left == left


def test_without_a_moment_there_is_no_deadline():
    assert TODAY.until(None) is None


def test_a_stopped_clock_shows_since_when():
    row = SimpleNamespace(paused_days=3, since=MONDAY, due_at=midnight(6), due_provisional=False)

    assert TODAY.of(row) == Due(None, paused_since=dt.date(2026, 3, 2))


def test_a_wait_counts_working_days_between_two_days():
    assert TODAY.waited(midnight(5), midnight(9)) == 2
