"""Files of holidays: what is read, what is refused and where, and dates that are counted again."""

import datetime as dt

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.calendar_rows import (
    DayChange,
    DayRow,
    DaySort,
    SpecialDay,
    calendar_faults,
    changes_of,
    day_in,
    moved_day,
    special_days,
    with_year,
)

REST, WORK = DaySort.REST, DaySort.WORK


def row(number: int, first: str, last: str, sort: DaySort, name: str) -> DayRow:
    return DayRow(number, dt.date.fromisoformat(first), dt.date.fromisoformat(last), sort, name)


YEAR = (
    row(2, "2027-01-01", "2027-01-03", REST, "元旦"),
    row(3, "2027-02-05", "2027-02-11", REST, "春节"),
    row(4, "2027-02-14", "2027-02-14", WORK, "春节调休"),
    row(5, "2027-04-03", "2027-04-05", REST, "清明节"),
    row(6, "2027-05-01", "2027-05-05", REST, "劳动节"),
    row(7, "2027-05-08", "2027-05-08", WORK, "劳动节调休"),
    row(8, "2027-06-09", "2027-06-09", REST, "端午节"),
    row(9, "2027-09-15", "2027-09-15", REST, "中秋节"),
    row(10, "2027-10-01", "2027-10-07", REST, "国庆节"),
)
KNOWN = Calendar(frozenset(holidays), frozenset(workdays), dt.date(2026, 12, 31))


def faults(*changed: DayRow, without: int = 0) -> list[tuple[int | None, str]]:
    numbers = {one.row for one in changed} | {without}
    rows = [*(one for one in YEAR if one.row not in numbers), *changed]
    return [(fault.line, fault.code) for fault in calendar_faults(rows, 2027)]


def test_a_whole_year_has_no_fault() -> None:
    assert calendar_faults(YEAR, 2027) == ()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (row(10, "2026-10-01", "2026-10-07", REST, "国庆节"), (10, "calendar.wrong_year")),
        (row(2, "2026-12-31", "2027-01-03", REST, "元旦"), (2, "calendar.wrong_year")),
        (row(8, "2027-05-05", "2027-05-05", REST, "端午节"), (8, "calendar.overlap")),
        (row(9, "2027-09-15", "2027-09-14", REST, "中秋节"), (9, "calendar.ends_before")),
        (row(7, "2027-05-10", "2027-05-10", WORK, "劳动节调休"), (7, "calendar.weekday_worked")),
        (row(11, "2027-10-11", "2027-10-11", REST, "国庆节"), (11, "calendar.gap")),
    ],
)
def test_a_fault_is_named_by_its_row(changed: DayRow, found: tuple[int, str]) -> None:
    assert faults(changed) == [found]


def test_a_year_without_one_of_its_feasts_is_not_whole() -> None:
    assert faults(without=8) == [(None, "calendar.feast_missing")]


def test_only_what_differs_from_monday_to_friday_is_kept() -> None:
    new_year = special_days(YEAR[:1])

    assert new_year == (SpecialDay(dt.date(2027, 1, 1), False, "元旦"),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-02", dt.date(2027, 1, 2)),
        ("2027/1/2", dt.date(2027, 1, 2)),
        ("2027年1月2日", dt.date(2027, 1, 2)),
        ("2027-01-02 00:00:00", dt.date(2027, 1, 2)),
        ("2027-02-30", None),
        ("2 January", None),
    ],
)
def test_days_as_spreadsheets_and_people_write_them(text: str, day: dt.date | None) -> None:
    assert day_in(text) == day


def test_what_a_loading_changes_day_by_day() -> None:
    kept = {dt.date(2027, 1, 1): False, dt.date(2027, 3, 1): False, dt.date(2027, 2, 14): False}

    found = changes_of(kept, special_days(YEAR[:3]))

    assert found[0] == DayChange(dt.date(2027, 2, 5), "", "rest", "春节")
    assert found[-2:] == (
        DayChange(dt.date(2027, 2, 14), "rest", "work", "春节调休"),
        DayChange(dt.date(2027, 3, 1), "rest", "", ""),
    )


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.integers(1, 300))
def test_a_date_counted_again_is_the_date_that_the_new_calendar_counts(
    start: dt.date, working_days: int
) -> None:
    new = with_year(KNOWN, 2027, special_days(YEAR))
    before = KNOWN.add_working_days(start, working_days, start_counts=False)

    after = new.add_working_days(start, working_days, start_counts=False)
    assert moved_day(before.date, KNOWN, new) == (after.date, after.provisional)
