import datetime as dt

import pytest
from django.utils import translation

from services.workflow.web.shown import (
    Due,
    Shown,
    day,
    day_month,
    due_shown,
    long_date,
    moment,
    weekday,
    weekday_letter,
)

DAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        (
            Due(DAY, -1),
            Shown("late", "exclamation-triangle-fill", "1 working day overdue", "until 21 November"),
        ),
        (Due(DAY, 0), Shown("soon", "clock-fill", "Due today", "until 21 November")),
        (Due(DAY, 2), Shown("soon", "clock-fill", "2 working days left", "until 21 November")),
        (Due(DAY, 3), Shown("later", "clock", "3 working days left", "until 21 November")),
        (Due(DAY, -4, met=True), Shown("met", "check-circle-fill", "Finished in time", "")),
        (
            Due(DAY, -4, met=True, paused_since=DAY),
            Shown("paused", "pause-circle", "Paused", "clock stopped since 21 November"),
        ),
        (
            Due(DAY, 1, provisional=True),
            Shown(
                "provisional",
                "question-circle",
                "Provisional, the holidays of that year are not yet published",
                "until 21 November",
            ),
        ),
        (
            Due(DAY, 501, year=2024),
            Shown("later", "clock", "501 working days left", "until 21 November 2026"),
        ),
        (None, Shown("undated", "dash-circle", "No deadline", "")),
        (Due(None), Shown("undated", "dash-circle", "No deadline", "")),
    ],
)
def test_a_deadline_is_said_in_words(due, shown):
    assert due_shown(due) == shown


def test_a_moment_is_shown_in_shanghai():
    late_evening_utc = dt.datetime(2026, 11, 20, 16, 30, tzinfo=dt.UTC)

    assert moment(late_evening_utc) == "21 November 00:30"
    assert (long_date(late_evening_utc), weekday(late_evening_utc)) == ("21 November 2026", "Saturday")
    assert day(late_evening_utc) == day(dt.date(2026, 11, 21)) == dt.date(2026, 11, 21)


def test_dates_follow_the_language():
    with translation.override("zh-hans"):
        chinese = (long_date(DAY), day_month(DAY), weekday_letter(DAY), due_shown(Due(DAY, 2)).words)

    assert chinese == ("2026年11月21日", "11月21日", "六", "剩余 2 个工作日")
