"""Amounts stated by figures, and the points each kind of rule gives for them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.figures import Figure, amount, earned, shown
from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, RuleKind, Tier
from tests.workflow.domain.samples import AREA, CARDS

COUNT = Measure("count", "起数", FigureKind.COUNT)
YES = Measure("yes", "是否建立", FigureKind.YES_NO)
FOUR = Decimal(4)


def value(number: str) -> Figure:
    return Figure(value=Decimal(number))


def ratio(numerator: str, denominator: str) -> Figure:
    return Figure(numerator=Decimal(numerator), denominator=Decimal(denominator))


def criterion(rule: RuleKind, *measures: Measure) -> Criterion:
    return Criterion("1.1", "条", FOUR, "dep-org", rule, Decimal("0.5"), (), measures)


def test_a_ratio_is_exact_and_in_per_cent() -> None:
    assert amount(CARDS, ratio("1", "3")) == Fraction(100, 3)


@pytest.mark.parametrize(
    "figure",
    [Figure(), value("95"), ratio("1", "0"), ratio("5", "4"), ratio("-1", "4"), ratio("NaN", "NaN")],
)
def test_an_impossible_ratio_states_no_amount(figure: Figure) -> None:
    assert amount(CARDS, figure) is None


def test_a_value_that_is_no_number_states_no_amount() -> None:
    assert [amount(AREA, value(text)) for text in ("NaN", "Infinity")] == [None, None]


def test_a_count_is_whole_and_yes_is_one() -> None:
    assert [amount(COUNT, value(text)) for text in ("2", "1.5", "-1")] == [Fraction(2), None, None]
    assert [amount(YES, value(text)) for text in ("1", "0", "2")] == [Fraction(1), Fraction(0), None]


def test_what_falls_short_is_never_shown_as_enough() -> None:
    assert shown(Fraction(94996, 1000), Bound.AT_LEAST) == Decimal("94.99")
    assert shown(Fraction(3001, 1000), Bound.AT_MOST) == Decimal("3.01")


@pytest.mark.parametrize(
    ("rule", "measure", "figure", "points"),
    [
        (RuleKind.MEASURED, AREA, value("80"), "4"),
        (RuleKind.MEASURED, AREA, value("79.9"), "0"),
        (RuleKind.RATIO, CARDS, ratio("95", "100"), "4"),
        (RuleKind.RATIO, CARDS, ratio("932", "1000"), "0"),
        (RuleKind.YES_NO, YES, value("1"), "4"),
        (RuleKind.YES_NO, YES, value("0"), "0"),
        (RuleKind.PROPORTIONAL, AREA, value("40"), "2.00"),
        (RuleKind.PROPORTIONAL, AREA, value("200"), "4.00"),
        (RuleKind.PROPORTIONAL, AREA, value("53.3"), "2.67"),
        (RuleKind.DEDUCTION, COUNT, value("3"), "2.5"),
        (RuleKind.DEDUCTION, COUNT, value("9"), "0"),
        (RuleKind.ZERO_TOLERANCE, COUNT, value("0"), "4"),
        (RuleKind.ZERO_TOLERANCE, COUNT, value("1"), "0"),
    ],
)
def test_each_rule_gives_its_points(rule: RuleKind, measure: Measure, figure: Figure, points: str) -> None:
    assert str(earned(criterion(rule, measure), {measure.code: figure})) == points


def test_all_or_nothing_asks_every_figure() -> None:
    both = criterion(RuleKind.ALL_OR_NOTHING, AREA, CARDS)
    met = earned(both, {"area": value("80"), "cards": ratio("19", "20")})
    one_short = earned(both, {"area": value("79.99"), "cards": ratio("19", "20")})

    assert (met, one_short) == (FOUR, Decimal(0))


@pytest.mark.parametrize(
    ("area", "points"), [("59", "0"), ("60", "2"), ("79.99", "2"), ("80", "4"), ("500", "4")]
)
def test_a_tier_table_gives_the_highest_tier_reached(area: str, points: str) -> None:
    tiers = (Tier(Decimal(60), Decimal(2)), Tier(Decimal(80), FOUR))
    tiered = replace(criterion(RuleKind.TIERS, AREA), tiers=tiers)

    assert earned(tiered, {"area": value(area)}) == Decimal(points)


def test_a_rule_with_a_missing_figure_and_a_judged_criterion_give_nothing() -> None:
    assert earned(criterion(RuleKind.MEASURED, AREA), {}) is None
    assert earned(criterion(RuleKind.JUDGED, AREA), {"area": value("80")}) is None


@given(st.sampled_from(RuleKind), st.decimals(-100, 1000, places=3))
def test_no_rule_gives_more_than_the_maximum_or_less_than_zero(rule: RuleKind, number: Decimal) -> None:
    tiered = replace(criterion(rule, AREA), tiers=(Tier(Decimal(10), FOUR),))

    points = earned(tiered, {"area": Figure(value=number)})

    assert points is None if rule is RuleKind.JUDGED else points is not None and 0 <= points <= 4
