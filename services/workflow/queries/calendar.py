"""The working-day calendar, read from its rows and kept while its revision stands."""

from datetime import date

from services.workflow.domain.calendar import Calendar
from services.workflow.queries.prepared import fetch

EARLIER_YEARS = 1
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
