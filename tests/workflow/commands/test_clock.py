import datetime as dt
from typing import Any

import pytest

from services.workflow.commands.clock import advance_clock, load_invented_years
from services.workflow.models import CalendarDay, CalendarYear, Signal
from services.workflow.queries.clock import now
from tests.workflow.cast import NOW, District
from tests.workflow.commands.refusing import refusal


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def test_time_moves_ahead_for_all(d: District, demo: None) -> None:
    answer = advance_clock(30)

    moment = NOW + dt.timedelta(days=30)
    assert (now(), answer) == (moment, {"now": moment.isoformat()})
    assert Signal.objects.filter(type="clock.moved", body={"days": 30}).count() == 1


@pytest.mark.parametrize("days", [0, -1, 3661])
def test_time_does_not_go_back_nor_out_of_sight(d: District, demo: None, days: int) -> None:
    assert (refusal(advance_clock, days), now()) == ("field.out_of_range", NOW)


def test_time_is_nobodys_to_move_outside_the_demo(d: District, settings: Any) -> None:
    settings.DEMO = False

    assert (refusal(advance_clock, 1), now()) == ("clock.not_demo", NOW)


def test_a_journey_ahead_finds_an_invented_calendar_that_says_so(d: District, demo: None) -> None:
    known = CalendarYear.objects.order_by("-year")[0].year

    advance_clock(731)

    invented = CalendarYear.objects.filter(year__gt=known).order_by("year")
    assert [row.year for row in invented] == list(range(known + 1, 2032))
    assert {row.source for row in invented} == {"示例日历（演示用，非国务院通知）"}
    first_of_may = CalendarDay.objects.get(date=dt.date(2029, 5, 1))
    assert (first_of_may.working, first_of_may.name) == (False, "劳动节")


def test_known_years_are_left_as_they_are(d: District) -> None:
    before = list(CalendarDay.objects.order_by("date").values_list("date", "working", "source"))

    load_invented_years(2026)

    assert list(CalendarDay.objects.order_by("date").values_list("date", "working", "source")) == before
