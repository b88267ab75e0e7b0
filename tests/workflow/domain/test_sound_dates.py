"""Whether the days of a route fit its windows, by the calendar."""

import datetime as dt
from dataclasses import replace
from typing import Any

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.flaws import Flaw
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import ANY_DAY, NoticeRule, Window
from services.workflow.domain.sound_dates import date_flaws, schedule
from tests.workflow.domain.samples import DEFINITION

HOLIDAYS = frozenset(dt.date(2026, 10, day) for day in range(1, 8))
CALENDAR = Calendar(HOLIDAYS, frozenset(), dt.date(2026, 12, 31))
AUGUST = Window("08-03", "08-31")


def windowed(evaluating: Window = ANY_DAY, naming: Window = ANY_DAY, **changes: Any) -> Definition:
    return replace(DEFINITION, declaring=AUGUST, evaluating=evaluating, naming=naming, **changes)


def flaws(definition: Definition) -> list[Flaw]:
    return list(date_flaws(definition, 2026, CALENDAR))


def test_each_leg_takes_all_of_its_working_days_one_after_the_other() -> None:
    definition = replace(windowed(), notice=NoticeRule(3))

    days = schedule(definition, dt.date(2026, 8, 31), 2026, CALENDAR)

    # 10 days of the town, 20 of the departments over the national holiday, 3 of notice, 10 of naming.
    assert [each.ends.isoformat() for each in days] == [
        "2026-09-14",
        "2026-10-19",
        "2026-10-22",
        "2026-11-05",
    ]


def test_a_leg_waits_for_its_window_to_open_and_counts_the_opening_day() -> None:
    (_, assessment, *_) = schedule(windowed(Window("11-02")), dt.date(2026, 8, 31), 2026, CALENDAR)

    assert assessment.ends == dt.date(2026, 11, 27)  # twenty working days, 2 November the first


def test_windows_that_the_days_fit_have_no_flaw() -> None:
    assert flaws(windowed(Window("", "10-19"), Window("", "11-30"))) == []
    assert flaws(DEFINITION) == []


def test_a_window_that_nobody_can_keep_is_told_with_the_way() -> None:
    assert flaws(windowed(Window("08-03", "09-11"))) == [
        Flaw(
            "dates.cannot_be_kept",
            {"filed": "2026-08-03", "ends": "2026-09-14", "closes": "2026-09-11"},
            ("declare", "preliminary", "assessment"),
        )
    ]


def test_a_window_that_only_the_last_to_file_cannot_keep_is_a_warning() -> None:
    (flaw,) = flaws(windowed(Window("", "10-01")))

    assert (flaw.code, flaw.params["filed"], flaw.bars) == ("dates.tight_for_the_last", "2026-08-31", False)


def test_naming_has_its_own_window() -> None:
    (flaw,) = flaws(windowed(naming=Window("", "09-30")))

    assert (flaw.code, flaw.way[-1]) == ("dates.cannot_be_kept", "naming")
