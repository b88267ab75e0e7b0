"""The working-day calendar, read from its rows."""

from datetime import date

from services.workflow.domain.calendar import Calendar
from services.workflow.models import CalendarDay, CalendarYear

EARLIER_YEARS = 1


def calendar_from(year: int) -> Calendar:
    """The calendar as far as it is known, with the days of `year` less one and later."""
    known = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    days = list(
        CalendarDay.objects.filter(date__gte=date(year - EARLIER_YEARS, 1, 1)).values_list("date", "working")
    )
    return Calendar(
        holidays=frozenset(day for day, working in days if not working),
        make_up_days=frozenset(day for day, working in days if working),
        known_until=date(known or year - EARLIER_YEARS, 12, 31),
    )
