"""Working days, against a hand-checked notice and against the published calendars of 2004 to 2026."""

import datetime as dt

import chinese_calendar
import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.calendar import (
    Calendar,
    DayKind,
    DueDate,
    StripDay,
    day_strip,
    end_of_day,
    last_day,
    notice_ends,
    shanghai_date,
    start_of_day,
)

KNOWN_UNTIL = dt.date(2026, 12, 31)
CALENDAR = Calendar(frozenset(holidays), frozenset(workdays), KNOWN_UNTIL)
NO_HOLIDAYS = Calendar(frozenset(), frozenset(), dt.date(2099, 12, 31))
DAYS = st.dates(dt.date(2004, 1, 1), dt.date(2030, 12, 31))
COUNTS = st.integers(0, 60)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_notice_over_the_national_day_ends_after_it() -> None:
    ends = notice_ends(day("2025-09-26"), 5, opening_day_counts=False, calendar=CALENDAR)

    counted = ("2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10")
    assert ends == DueDate(day("2025-10-10"), False, tuple(map(day, counted)))


def test_a_notice_whose_opening_day_counts_ends_one_working_day_earlier() -> None:
    ends = notice_ends(day("2025-09-26"), 5, opening_day_counts=True, calendar=CALENDAR)

    counted = ("2025-09-26", "2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09")
    assert ends == DueDate(day("2025-10-09"), False, tuple(map(day, counted)))


def test_an_opening_on_a_day_of_rest_is_never_day_one() -> None:
    saturday = day("2026-03-07")

    ends = notice_ends(saturday, 1, opening_day_counts=True, calendar=CALENDAR)

    assert ends.date == day("2026-03-09")


def test_every_working_day_agrees_with_the_published_calendars() -> None:
    first = dt.date(2004, 1, 1)
    every_day = [first + dt.timedelta(days=n) for n in range((KNOWN_UNTIL - first).days + 1)]

    different = [d for d in every_day if CALENDAR.is_working_day(d) != chinese_calendar.is_workday(d)]

    assert different == []


@pytest.mark.parametrize("opening_day_counts", [False, True])
@pytest.mark.parametrize("working_days", [3, 5, 7])
def test_every_start_day_since_2004_ends_where_the_published_calendars_say(
    working_days: int, opening_day_counts: bool
) -> None:
    """Counted apart: along the list of working days as published, for every start whose end lies in the known years."""
    first = dt.date(2004, 1, 1)
    working = chinese_calendar.get_workdays(first, KNOWN_UNTIL)
    different, position, tried = [], 0, 0

    for n in range((KNOWN_UNTIL - first).days + 1):
        start = first + dt.timedelta(days=n)
        while working[position : position + 1] and (
            working[position] < start or (working[position] == start and not opening_day_counts)
        ):
            position += 1
        counted = tuple(working[position : position + working_days])
        if len(counted) < working_days:
            break
        tried += 1
        ends = notice_ends(start, working_days, opening_day_counts=opening_day_counts, calendar=CALENDAR)
        if ends != DueDate(counted[-1], False, counted):
            different.append(start)

    assert (different, tried > 365 * 22) == ([], True)


def test_monday_to_friday_is_wrong_for_about_one_start_day_in_six() -> None:
    first = dt.date(2004, 1, 1)
    starts = [first + dt.timedelta(days=n) for n in range(365 * 22)]

    def wrong(start: dt.date) -> bool:
        plain, true = (
            notice_ends(start, 5, opening_day_counts=False, calendar=c) for c in (NO_HOLIDAYS, CALENDAR)
        )
        return plain.date != true.date

    assert 1 / 8 < sum(map(wrong, starts)) / len(starts) < 1 / 4


def test_past_the_known_calendar_it_counts_monday_to_friday_and_says_provisional() -> None:
    ends = notice_ends(day("2026-12-30"), 5, opening_day_counts=False, calendar=CALENDAR)

    assert (ends.date, ends.provisional) == (day("2027-01-06"), True)


def test_a_period_that_ends_on_the_last_known_day_is_not_provisional() -> None:
    ends = CALENDAR.add_working_days(day("2026-12-30"), 1, start_counts=False)

    assert ends == DueDate(KNOWN_UNTIL, False, (KNOWN_UNTIL,))


def test_no_working_days_end_on_the_start() -> None:
    sunday = day("2026-03-08")

    assert CALENDAR.add_working_days(sunday, 0, start_counts=False) == DueDate(sunday, False)


def test_what_is_left_is_zero_on_the_due_day_and_negative_after_it() -> None:
    due = day("2026-03-10")
    todays = ("2026-03-06", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-13")

    left = [CALENDAR.working_days_between(day(today), due) for today in todays]

    assert left == [2, 1, 0, -1, -3]


@given(DAYS, COUNTS)
def test_counting_forward_and_counting_between_agree(start: dt.date, working_days: int) -> None:
    ends = CALENDAR.add_working_days(start, working_days, start_counts=False)

    assert CALENDAR.working_days_between(start, ends.date) == working_days == len(ends.counted)
    assert all(map(CALENDAR.is_working_day, ends.counted))
    assert ends.provisional == (ends.date > KNOWN_UNTIL)


@given(DAYS, DAYS, DAYS)
def test_counts_between_days_add_up(one: dt.date, two: dt.date, three: dt.date) -> None:
    between = CALENDAR.working_days_between

    assert between(one, two) + between(two, three) == between(one, three)


def test_the_strip_shows_every_day_of_a_notice_and_what_it_was() -> None:
    opened = day("2025-09-26")
    ends = notice_ends(opened, 5, opening_day_counts=False, calendar=CALENDAR)

    strip = day_strip(opened, ends, CALENDAR)

    holiday = [StripDay(dt.date(2025, 10, n), DayKind.HOLIDAY) for n in range(1, 9)]
    assert list(strip) == [
        StripDay(opened, DayKind.OPENING),
        StripDay(day("2025-09-27"), DayKind.REST),
        StripDay(day("2025-09-28"), DayKind.MAKE_UP, 1),
        StripDay(day("2025-09-29"), DayKind.COUNTED, 2),
        StripDay(day("2025-09-30"), DayKind.COUNTED, 3),
        *holiday,
        StripDay(day("2025-10-09"), DayKind.COUNTED, 4),
        StripDay(day("2025-10-10"), DayKind.COUNTED, 5),
    ]


def test_the_strip_numbers_an_opening_day_that_counts() -> None:
    opened = day("2026-03-09")
    ends = notice_ends(opened, 2, opening_day_counts=True, calendar=CALENDAR)

    strip = day_strip(opened, ends, CALENDAR)

    assert strip == (
        StripDay(opened, DayKind.OPENING, 1),
        StripDay(day("2026-03-10"), DayKind.COUNTED, 2),
    )


@given(DAYS, COUNTS, st.booleans())
def test_the_strip_has_no_hole_and_numbers_each_counted_day(
    opened: dt.date, working_days: int, opening_day_counts: bool
) -> None:
    ends = notice_ends(opened, working_days, opening_day_counts=opening_day_counts, calendar=CALENDAR)

    strip = day_strip(opened, ends, CALENDAR)

    assert [d.date for d in strip] == [
        opened + dt.timedelta(days=n) for n in range((ends.date - opened).days + 1)
    ]
    assert [d.number for d in strip if d.number] == list(range(1, working_days + 1))


def test_a_day_ends_at_the_next_midnight_in_shanghai() -> None:
    last = day("2025-10-10")

    assert end_of_day(last) == dt.datetime(2025, 10, 10, 16, tzinfo=dt.UTC)
    assert start_of_day(last) == dt.datetime(2025, 10, 9, 16, tzinfo=dt.UTC)


@given(st.integers(0, 36 * 365 * 86_400 * 1_000_000))
def test_every_moment_belongs_to_exactly_its_day_in_shanghai(microseconds: int) -> None:
    moment = dt.datetime(2004, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=microseconds)

    today = shanghai_date(moment)

    assert start_of_day(today) <= moment < end_of_day(today)


def test_last_day_of_a_due_moment_is_the_day_its_midnight_ends():
    due = end_of_day(dt.date(2026, 4, 15))

    assert last_day(due) == dt.date(2026, 4, 15)
