"""A due moment that was counted past the known calendar, counted again; the whole of it: test_calendar_loading.py."""

import datetime as dt

from services.workflow.commands.recounting import Recount
from services.workflow.domain.calendar import end_of_day, last_day
from services.workflow.domain.calendar_rows import special_days, with_year
from tests.workflow.domain.test_calendar_rows import KNOWN, YEAR

TODAY = dt.date(2026, 12, 29)
AGAIN = Recount(KNOWN, with_year(KNOWN, 2027, special_days(YEAR)), TODAY)


def test_a_moment_moves_with_its_day_and_is_settled() -> None:
    counted = KNOWN.add_working_days(TODAY, 5, start_counts=False)
    assert (counted.date, counted.provisional) == (dt.date(2027, 1, 5), True)

    at, provisional = AGAIN.moment(end_of_day(counted.date))

    assert (last_day(at), provisional) == (dt.date(2027, 1, 6), False)


def test_what_lies_past_the_new_year_too_stays_provisional() -> None:
    counted = KNOWN.add_working_days(TODAY, 300, start_counts=False)

    at, provisional = AGAIN.moment(end_of_day(counted.date))

    assert provisional and last_day(at) > dt.date(2027, 12, 31)
