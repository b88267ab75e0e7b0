import datetime as dt

import pytest

from services.workflow.domain.calendar import SHANGHAI, Calendar
from services.workflow.domain.messages import How
from services.workflow.domain.rhythm import Rhythm, moment_to_send

# 2026: 1 May is a Friday and a holiday until Tuesday 5 May; Saturday 9 May is worked.
CALENDAR = Calendar(
    holidays=frozenset(dt.date(2026, 5, day) for day in (1, 4, 5)),
    make_up_days=frozenset({dt.date(2026, 5, 9)}),
    known_until=dt.date(2026, 12, 31),
)
NIGHT = Rhythm(dt.time(21, 30), dt.time(7, 30))
NOON = Rhythm(dt.time(12), dt.time(14))
WORKING = Rhythm(rest_days_quiet=True)
BOTH = Rhythm(dt.time(21, 30), dt.time(7, 30), rest_days_quiet=True)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("rhythm", "given", "sent"),
    [
        (Rhythm(), "04-28T03:00", "04-28T03:00"),
        (NIGHT, "04-28T21:29", "04-28T21:29"),
        (NIGHT, "04-28T21:30", "04-29T07:30"),
        (NIGHT, "04-29T00:00", "04-29T07:30"),
        (NIGHT, "04-29T07:30", "04-29T07:30"),
        (NOON, "04-29T13:59", "04-29T14:00"),
        (NOON, "04-29T14:00", "04-29T14:00"),
        (WORKING, "05-01T10:00", "05-06T00:00"),
        (WORKING, "05-09T10:00", "05-09T10:00"),
        (BOTH, "04-30T22:00", "05-06T07:30"),
        (Rhythm(dt.time(8), dt.time(8)), "04-28T08:00", "04-28T08:00"),
        (Rhythm(dt.time(8), None), "04-28T09:00", "04-28T09:00"),
    ],
)
def test_what_falls_into_quiet_waits_for_its_end(rhythm: Rhythm, given: str, sent: str) -> None:
    assert moment_to_send(at(given), How.NOW, rhythm, CALENDAR) == at(sent)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("04-28T08:29", "04-28T08:30"),
        ("04-28T08:30", "04-29T08:30"),
        ("04-30T12:00", "05-06T08:30"),
        ("05-08T12:00", "05-09T08:30"),
        ("05-09T12:00", "05-11T08:30"),
    ],
)
def test_a_digest_comes_at_the_next_hour_of_a_working_day(given: str, sent: str) -> None:
    assert moment_to_send(at(given), How.DIGEST, Rhythm(), CALENDAR) == at(sent)


def test_a_digest_in_quiet_hours_waits_too() -> None:
    early = Rhythm(dt.time(21), dt.time(9), digest_at=dt.time(7))

    assert moment_to_send(at("04-28T12:00"), How.DIGEST, early, CALENDAR) == at("04-29T09:00")


def test_the_answer_is_in_utc() -> None:
    assert moment_to_send(at("04-28T12:00"), How.NOW, Rhythm(), CALENDAR).tzinfo == dt.UTC
