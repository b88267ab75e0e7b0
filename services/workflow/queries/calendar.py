"""The working-day calendar, read from its rows and kept while its revision stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count

from services.workflow.domain.calendar import Calendar, last_day
from services.workflow.models import CalendarLoading, CalendarYear
from services.workflow.queries.prepared import fetch

EARLIER_YEARS = 1
LOADINGS_MOST, SHIFTS_MOST = 20, 100
KNOWN = """
SELECT (SELECT number FROM revision WHERE name = 'calendar'),
       (SELECT max(year) FROM workflow_calendaryear),
       coalesce(array_agg(date) FILTER (WHERE NOT working), '{}'),
       coalesce(array_agg(date) FILTER (WHERE working), '{}')
  FROM workflow_calendarday WHERE date >= %(begin)s
"""
# {first year: (revision, calendar)}; of few years, so nothing has to be let go.
_kept: dict[int, tuple[int, Calendar]] = {}


def forget_calendar() -> None:
    """Read it anew; for a process that turns to another database."""
    _kept.clear()


def calendar_from(year: int, *, revision: int | None = None) -> Calendar:
    """The calendar as far as it is known, with the days of `year` less one and later.

    `revision` is the calendar's as the running transaction sees it; what was read under the same is not read again.
    """
    kept = _kept.get(year)
    if kept is not None and kept[0] == revision:
        return kept[1]
    [(number, known, holidays, make_up_days)] = fetch(KNOWN, {"begin": date(year - EARLIER_YEARS, 1, 1)})
    calendar = Calendar(
        holidays=frozenset(holidays),
        make_up_days=frozenset(make_up_days),
        known_until=date(known or year - EARLIER_YEARS, 12, 31),
    )
    _kept[year] = number, calendar
    return calendar


def known_years() -> Sequence[CalendarYear]:
    """The years whose calendar is known, the last first."""
    return list(CalendarYear.objects.order_by("-year"))


def loadings() -> Sequence[Any]:
    """What was loaded, the last first: each with the number of dates that were counted again, and some of them."""
    rows: list[Any] = list(
        CalendarLoading.objects.select_related("by")
        .annotate(shifted=Count("shifts"))
        .order_by("-pk")[:LOADINGS_MOST]
    )
    for row in rows:
        first = row.shifts.order_by("pk")[:SHIFTS_MOST] if row.shifted else ()
        row.first_shifts = [(last_day(shift.before), last_day(shift.after)) for shift in first]
    return rows
