"""Working days as the State Council's calendar counts them; pure, with the calendar passed in.

The plain Monday-Friday rule is wrong for one start day in six (national holidays and make-up working
weekends), so a calendar carries both lists and the last day that they are known for. Past that day it counts
Monday to Friday and says that the answer is provisional.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

ONE_DAY = dt.timedelta(days=1)
# Asia/Shanghai has kept UTC+8 without summer time since 1992, and a minimal machine has no time zone
# database.
SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a period, with the working days it was counted over, the first being day 1."""

    date: dt.date
    provisional: bool
    counted: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Holidays and make-up working days, known up to and including `known_until`."""

    holidays: frozenset[dt.date]
    make_up_days: frozenset[dt.date]
    known_until: dt.date

    def is_working_day(self, day: dt.date) -> bool:
        if day > self.known_until:
            return day.weekday() < SATURDAY
        return day in self.make_up_days or (day.weekday() < SATURDAY and day not in self.holidays)

    def add_working_days(self, start: dt.date, working_days: int, *, start_counts: bool) -> DueDate:
        """The day on which that many working days have been counted.

        Where the start counts and is a working day it is day 1; otherwise counting begins with the next
        working day. No working days end on the start itself.
        """
        return _counted(self, start, working_days, start_counts)

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """Working days after the first day up to and including the last; negative where the last lies before.

        From today to the due day this is what is left (0 on the due day itself), below zero what it is late
        by.
        """
        if last < first:
            return -self.working_days_between(last, first)
        days = (first + ONE_DAY * n for n in range(1, (last - first).days + 1))
        return sum(map(self.is_working_day, days))


@lru_cache(maxsize=1024)
def _counted(calendar: Calendar, start: dt.date, working_days: int, start_counts: bool) -> DueDate:
    """Of ten thousand cases that move together, each counts the same days."""
    assert working_days >= 0
    counted: list[dt.date] = []
    day = start if start_counts else start + ONE_DAY
    while len(counted) < working_days:
        if calendar.is_working_day(day):
            counted.append(day)
        day += ONE_DAY
    end = counted[-1] if counted else start
    return DueDate(end, end > calendar.known_until, tuple(counted))


def notice_ends(
    opened: dt.date, working_days: int, *, opening_day_counts: bool, calendar: Calendar
) -> DueDate:
    """The last day of a public notice; provisional past the known calendar.

    Whether the day of publication is day 1 is the programme's rule: real notices do both.
    """
    return calendar.add_working_days(opened, working_days, start_counts=opening_day_counts)


def end_of_day(day: dt.date) -> dt.datetime:
    """The midnight that ends a day in Shanghai, in UTC; exclusive.

    A moment belongs to the day while it is earlier than this, so 23:59:59.999999 is still in time.
    """
    return start_of_day(day + ONE_DAY)


def start_of_day(day: dt.date) -> dt.datetime:
    """The midnight that begins a day in Shanghai, in UTC; inclusive."""
    return dt.datetime.combine(day, dt.time(), SHANGHAI).astimezone(dt.UTC)


@lru_cache(maxsize=256)
def shanghai_date(moment: dt.datetime) -> dt.date:
    """The day on Shanghai's calendar of an aware moment; a step of many cases asks it of one moment for each."""
    assert moment.tzinfo is not None
    return moment.astimezone(SHANGHAI).date()


def last_day(due_at: dt.datetime) -> dt.date:
    """The Shanghai day that a due moment ends: its midnight belongs to the day before."""
    return shanghai_date(due_at - dt.timedelta(microseconds=1))


class DayKind(StrEnum):
    """What a day is on the strip that shows how a period was counted."""

    OPENING = "opening"
    COUNTED = "counted"
    MAKE_UP = "make_up"
    REST = "rest"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class StripDay:
    """One calendar day of a period; `number` is its place among the counted days, None where it is not
    counted.
    """

    date: dt.date
    kind: DayKind
    number: int | None = None


def day_strip(opened: dt.date, due: DueDate, calendar: Calendar) -> tuple[StripDay, ...]:
    """Every calendar day from the opening to the end, so that anyone can check the count by hand."""
    numbers = {day: number for number, day in enumerate(due.counted, start=1)}
    days = (opened + ONE_DAY * n for n in range((due.date - opened).days + 1))
    return tuple(StripDay(day, _kind(day, opened, calendar), numbers.get(day)) for day in days)


def _kind(day: dt.date, opened: dt.date, calendar: Calendar) -> DayKind:
    if day == opened:
        return DayKind.OPENING
    if not calendar.is_working_day(day):
        known_holiday = day <= calendar.known_until and day in calendar.holidays
        return DayKind.HOLIDAY if known_holiday else DayKind.REST
    return DayKind.MAKE_UP if day.weekday() >= SATURDAY else DayKind.COUNTED


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
