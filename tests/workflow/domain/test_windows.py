"""Windows of an edition, look-back periods, the negative list and the ladder, as dates."""

from dataclasses import replace
from datetime import date

import pytest

from services.workflow.domain.programme_rules import ANY_DAY, NegativeRule, Outside, Window
from services.workflow.domain.windows import (
    EditionPeriods,
    Happened,
    Period,
    edition_periods,
    ladder_unmet,
    looks_back_to,
    months_before,
    negative_entries,
    outside_window,
    period,
)
from tests.workflow.domain.samples import DEFINITION

DAY = date(2026, 5, 31)


def test_an_edition_proposes_its_windows_in_their_order() -> None:
    definition = replace(
        DEFINITION,
        declaring=Window("09-01", "11-15"),
        evaluating=Window("12-01", "01-10"),
        naming=Window("03-01"),
    )

    assert edition_periods(definition, 2026) == EditionPeriods(
        Period(date(2026, 9, 1), date(2026, 11, 15)),
        Period(date(2026, 12, 1), date(2027, 1, 10)),
        Period(date(2027, 3, 1), None),
    )


def test_windows_that_say_nothing_bound_nothing() -> None:
    assert edition_periods(DEFINITION, 2026) == EditionPeriods(Period(), Period(), Period())
    assert Period().holds(DAY)
    assert period(ANY_DAY, DAY) == Period()


@pytest.mark.parametrize(
    ("window", "closes"),
    [
        (Window("", "11-15"), date(2026, 11, 15)),
        (Window("", "02-29"), date(2026, 2, 28)),
        (Window("11-01", "02-29"), date(2027, 2, 28)),
    ],
)
def test_the_last_day_is_found_in_short_years_and_over_the_new_year(window: Window, closes: date) -> None:
    assert period(window, date(2026, 1, 1)).closes == closes


def test_both_ends_of_a_period_belong_to_it() -> None:
    may = Period(date(2026, 5, 1), DAY)

    days = (date(2026, 4, 30), date(2026, 5, 1), DAY, date(2026, 6, 1))
    assert [may.holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (0, DAY),
        (3, date(2026, 2, 28)),
        (12, date(2025, 5, 31)),
        (27, date(2024, 2, 29)),
        (5, date(2025, 12, 31)),
    ],
)
def test_months_are_counted_back_to_the_end_of_shorter_ones(months: int, day: date) -> None:
    assert months_before(DAY, months) == day


def test_both_ends_of_a_look_back_count_and_the_future_does_not() -> None:
    days = (date(2025, 5, 30), date(2025, 5, 31), DAY, date(2026, 6, 1))

    assert [looks_back_to(day, 12, DAY) for day in days] == [False, True, True, False]


def test_the_negative_list_bars_by_its_own_entries_and_windows() -> None:
    definition = replace(
        DEFINITION,
        negative_list=(
            NegativeRule("fine", "罚款", "dep-org", 12),
            NegativeRule("crime", "犯罪", "dep-org", 36),
        ),
    )
    events = (
        Happened("crime", date(2024, 1, 1)),
        Happened("fine", date(2024, 1, 1)),
        Happened("rumour", DAY),
    )

    assert negative_entries(definition, events, DAY) == ("crime",)
    assert negative_entries(definition, [*events, Happened("fine", DAY)], DAY) == ("fine", "crime")
    assert negative_entries(definition, [], DAY) == ()


def test_every_title_of_the_ladder_is_asked_for() -> None:
    definition = replace(DEFINITION, ladder=("district", "city"))

    assert ladder_unmet(definition, {"district"}) == ("city",)
    assert ladder_unmet(definition, {"district", "city"}) == ()
    assert ladder_unmet(DEFINITION, ()) == ()


EVALUATED = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("stage", "day", "told"),
    [
        ("evaluation", date(2026, 9, 30), ("evaluating", Outside.REASON, "edition.outside_evaluating")),
        ("evaluation", date(2026, 11, 1), ("evaluating", Outside.REASON, "edition.outside_evaluating")),
        ("naming", date(2026, 11, 1), ("naming", Outside.WARN, "edition.outside_naming")),
        ("evaluation", date(2026, 10, 1), None),
        ("evaluation", date(2026, 10, 31), None),
        ("eligibility", date(2026, 11, 1), None),
        ("notice", date(2026, 11, 1), None),
    ],
)
def test_a_stage_has_its_window_and_the_rule_outside_it(
    stage: str, day: date, told: tuple[str, Outside, str] | None
) -> None:
    definition = replace(DEFINITION, evaluating=Window("10-01", "10-31", Outside.REASON))

    found = outside_window(definition, stage, EVALUATED, day)

    assert (found and (found.window, found.rule, found.code)) == told


def test_a_window_without_days_is_never_left() -> None:
    assert outside_window(DEFINITION, "evaluation", Period(), date(2026, 1, 1)) is None
