import datetime as dt

import pytest

from services.workflow.models import CalendarDay, CalendarYear
from services.workflow.queries.calendar import calendar_from
from tests.workflow.cast import District


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-09-28", True),  # a make-up Sunday
        ("2025-10-01", False),
        ("2025-10-08", False),  # a Wednesday of the holiday
        ("2025-10-11", True),  # a make-up Saturday
        ("2025-10-12", False),
        ("2026-02-16", False),  # Spring Festival
        ("2026-03-02", True),
    ],
)
def test_the_calendar_is_that_of_the_state_council(d: District, day: str, working: bool) -> None:
    assert calendar_from(2026).is_working_day(dt.date.fromisoformat(day)) is working


def test_it_is_known_to_the_end_of_its_last_year(d: District) -> None:
    assert calendar_from(2026).known_until == dt.date(2026, 12, 31)


def test_a_year_that_is_loaded_is_known(d: District) -> None:
    CalendarYear.objects.create(year=2027, source="试")
    CalendarDay.objects.create(date=dt.date(2027, 1, 4), working=False, name="试", source="试")

    calendar = calendar_from(2026)

    assert (calendar.known_until, calendar.is_working_day(dt.date(2027, 1, 4))) == (
        dt.date(2027, 12, 31),
        False,
    )


def test_without_any_year_nothing_is_known(d: District) -> None:
    CalendarYear.objects.all().delete()

    assert calendar_from(2026).known_until == dt.date(2025, 12, 31)
