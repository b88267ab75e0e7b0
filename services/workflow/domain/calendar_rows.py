"""A year's holidays and make-up working days as a file names them: what its rows say, and what speaks against them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.workflow.domain.calendar import ONE_DAY, SATURDAY, Calendar
from services.workflow.domain.faults import Fault, Place, in_order

# 全国年节及纪念日放假办法: a year's notice names each of these; a file without one is not the whole year.
FEASTS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
NAME_MOST = 40
WRITTEN = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D.*)?")


class DaySort(StrEnum):
    """What a row says of its days: off (放假) or worked (上班)."""

    REST = "rest"
    WORK = "work"


@dataclass(frozen=True)
class DayRow:
    """A run of days; `row` is counted as the spreadsheet does."""

    row: int
    first: dt.date
    last: dt.date
    sort: DaySort
    name: str

    def days(self) -> Iterator[dt.date]:
        for n in range((self.last - self.first).days + 1):
            yield self.first + ONE_DAY * n


@dataclass(frozen=True)
class SpecialDay:
    """A weekday that is a holiday, or a day of the weekend that is worked."""

    date: dt.date
    working: bool
    name: str


def day_in(text: str) -> dt.date | None:
    """A day as spreadsheets and people write it: 2027-01-01, 2027/1/1, 2027年1月1日; None where it is none."""
    found = WRITTEN.fullmatch(text.strip())
    try:
        return dt.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def calendar_faults(rows: Sequence[DayRow], year: int) -> tuple[Fault, ...]:
    """Everything that speaks against taking these rows for the calendar of the year, by row."""
    faults: list[Fault] = []
    taken: dict[dt.date, int] = {}
    for row in rows:
        if row.last < row.first:
            faults.append(_fault(row, "until", "calendar.ends_before", first=row.first.isoformat()))
            continue
        if {row.first.year, row.last.year} != {year}:
            faults.append(_fault(row, "from", "calendar.wrong_year", year=year))
            continue
        for day in row.days():
            if day in taken:
                faults.append(_fault(row, "from", "calendar.overlap", day=day.isoformat(), first=taken[day]))
                break
            taken[day] = row.row
        if row.sort is DaySort.WORK and any(day.weekday() < SATURDAY for day in row.days()):
            faults.append(_fault(row, "kind", "calendar.weekday_worked"))
    return in_order([*faults, *_gaps(rows), *_missing(rows)])


def _gaps(rows: Sequence[DayRow]) -> Iterator[Fault]:
    """Days off of one name are one run; only a weekend may lie between two of its rows."""
    last: dict[str, DayRow] = {}
    for row in sorted((r for r in rows if r.sort is DaySort.REST), key=lambda r: (r.first, r.row)):
        before = last.get(row.name)
        if before is not None and before.last < row.first:
            between = DayRow(0, before.last + ONE_DAY, row.first - ONE_DAY, DaySort.REST, row.name)
            if any(day.weekday() < SATURDAY for day in between.days()):
                yield _fault(row, "from", "calendar.gap", name=row.name, after=before.last.isoformat())
        last[row.name] = row


def _missing(rows: Sequence[DayRow]) -> Iterator[Fault]:
    named = " ".join(row.name for row in rows if row.sort is DaySort.REST)
    for feast in FEASTS:
        if feast not in named:
            yield Fault(None, "name", "calendar.feast_missing", {"name": feast}, Place.WORKBOOK)


def special_days(rows: Sequence[DayRow]) -> tuple[SpecialDay, ...]:
    """What differs from Monday to Friday; a day off that is a weekend day anyway is no row of the calendar."""
    found = [
        SpecialDay(day, row.sort is DaySort.WORK, row.name)
        for row in rows
        for day in row.days()
        if (row.sort is DaySort.WORK) == (day.weekday() >= SATURDAY)
    ]
    return tuple(sorted(found, key=lambda day: day.date))


def with_year(calendar: Calendar, year: int, days: Sequence[SpecialDay]) -> Calendar:
    """The calendar with the days of one year put in place of what it had for it."""
    return Calendar(
        frozenset(d for d in calendar.holidays if d.year != year) | {d.date for d in days if not d.working},
        frozenset(d for d in calendar.make_up_days if d.year != year) | {d.date for d in days if d.working},
        max(calendar.known_until, dt.date(year, 12, 31)),
    )


@dataclass(frozen=True)
class DayChange:
    """One day before and after a loading: rest, work or empty (as any weekday or weekend)."""

    date: dt.date
    before: str
    after: str
    name: str


def changes_of(before: Mapping[dt.date, bool], days: Sequence[SpecialDay]) -> tuple[DayChange, ...]:
    """What a loading changes of a year, day by day; `before` says of each special day kept whether it is worked."""
    after = {day.date: day for day in days}
    found = []
    for date in sorted({*before, *after}):
        one = _sort(before.get(date))
        other = _sort(after[date].working if date in after else None)
        if one != other:
            found.append(DayChange(date, one, other, after[date].name if date in after else ""))
    return tuple(found)


def _sort(working: bool | None) -> str:
    return "" if working is None else str(DaySort.WORK if working else DaySort.REST)


def moved_day(day: dt.date, old: Calendar, new: Calendar) -> tuple[dt.date, bool]:
    """A day that was counted past the old calendar, counted again: (the day, whether it is provisional still).

    Counting adds up, so as many working days after the last known day as before lead to it, wherever it began.
    """
    if day <= old.known_until:
        return day, False
    counted = old.working_days_between(old.known_until, day)
    if counted == 0:
        return day, day > new.known_until
    due = new.add_working_days(old.known_until, counted, start_counts=False)
    return due.date, due.provisional


def _fault(row: DayRow, key: str, code: str, **params: object) -> Fault:
    return Fault(row.row, key, code, params, Place.WORKBOOK)
