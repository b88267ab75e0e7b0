"""The working-day calendar, read from its rows."""

from datetime import date

from django.db import connection

from services.workflow.domain.calendar import Calendar

EARLIER_YEARS = 1
KNOWN = """
SELECT (SELECT max(year) FROM workflow_calendaryear),
       coalesce(array_agg(date) FILTER (WHERE NOT working), '{}'),
       coalesce(array_agg(date) FILTER (WHERE working), '{}')
  FROM workflow_calendarday WHERE date >= %s
"""


def calendar_from(year: int) -> Calendar:
    """The calendar as far as it is known, with the days of `year` less one and later."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [date(year - EARLIER_YEARS, 1, 1)])
        known, holidays, make_up_days = cursor.fetchone()
    return Calendar(
        holidays=frozenset(holidays),
        make_up_days=frozenset(make_up_days),
        known_until=date(known or year - EARLIER_YEARS, 12, 31),
    )
