"""The points each kind of rule gives for its figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.figures import Figure
from services.workflow.domain.rule_points import IMPORTED_SCORE, imported_figure, is_computed, rule_points
from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, RuleKind, Tier
from tests.workflow.domain.samples import AREA, CARDS

COUNT = Measure("count", "起数", FigureKind.COUNT)
YES = Measure("yes", "是否建立", FigureKind.YES_NO)
NO_COMPLAINT = replace(YES, needed=Decimal(0), bound=Bound.AT_MOST)
FOUR = Decimal(4)


def value(number: str) -> Figure:
    return Figure(value=Decimal(number))


def ratio(numerator: str, denominator: str) -> Figure:
    return Figure(numerator=Decimal(numerator), denominator=Decimal(denominator))


def criterion(rule: RuleKind, *measures: Measure) -> Criterion:
    return Criterion("1.1", "条", FOUR, "dep-org", rule, Decimal("0.5"), (), measures)


@pytest.mark.parametrize(
    ("rule", "measure", "figure", "points"),
    [
        (RuleKind.MEASURED, AREA, value("80"), "4"),
        (RuleKind.MEASURED, AREA, value("79.9"), "0"),
        (RuleKind.RATIO, CARDS, ratio("95", "100"), "4"),
        (RuleKind.RATIO, CARDS, ratio("932", "1000"), "0"),
        (RuleKind.YES_NO, YES, value("1"), "4"),
        (RuleKind.YES_NO, YES, value("0"), "0"),
        (RuleKind.YES_NO, NO_COMPLAINT, value("0"), "4"),
        (RuleKind.YES_NO, NO_COMPLAINT, value("1"), "0"),
        (RuleKind.PROPORTIONAL, AREA, value("40"), "2.00"),
        (RuleKind.PROPORTIONAL, AREA, value("200"), "4"),
        (RuleKind.PROPORTIONAL, AREA, value("53.3"), "2.67"),
        (RuleKind.DEDUCTION, COUNT, value("3"), "2.50"),
        (RuleKind.DEDUCTION, COUNT, value("9"), "0.00"),
        (RuleKind.ZERO_TOLERANCE, COUNT, value("0"), "4"),
        (RuleKind.ZERO_TOLERANCE, COUNT, value("1"), "0"),
        (RuleKind.IMPORTED, IMPORTED_SCORE, ratio("87.5", "100"), "3.50"),
        (RuleKind.IMPORTED, IMPORTED_SCORE, ratio("1", "3"), "1.33"),
    ],
)
def test_each_rule_gives_its_points(rule: RuleKind, measure: Measure, figure: Figure, points: str) -> None:
    assert str(rule_points(criterion(rule, measure), {measure.code: figure})) == points


def test_all_or_nothing_asks_every_figure() -> None:
    both = criterion(RuleKind.ALL_OR_NOTHING, AREA, CARDS)
    met = rule_points(both, {"area": value("80"), "cards": ratio("19", "20")})
    one_short = rule_points(both, {"area": value("79.99"), "cards": ratio("19", "20")})

    assert (met, one_short) == (FOUR, Decimal(0))


@pytest.mark.parametrize(
    ("area", "points"), [("59", "0"), ("60", "2"), ("79.99", "2"), ("80", "4"), ("500", "4")]
)
def test_a_tier_table_gives_the_highest_tier_reached(area: str, points: str) -> None:
    tiers = (Tier(Decimal(60), Decimal(2)), Tier(Decimal(80), FOUR))
    tiered = replace(criterion(RuleKind.TIERS, AREA), tiers=tiers)

    assert rule_points(tiered, {"area": value(area)}) == Decimal(points)


def test_a_rule_with_a_missing_figure_and_a_judged_criterion_give_nothing() -> None:
    assert rule_points(criterion(RuleKind.MEASURED, AREA), {}) is None
    assert rule_points(criterion(RuleKind.JUDGED, AREA), {"area": value("80")}) is None


def test_every_figure_of_a_deduction_counts_its_misses() -> None:
    both = criterion(RuleKind.DEDUCTION, COUNT, replace(COUNT, code="late"))

    assert rule_points(both, {"count": value("2"), "late": value("1")}) == Decimal("2.5")


def test_a_score_beyond_the_other_total_is_imported_as_full() -> None:
    figures = {IMPORTED_SCORE.code: imported_figure(Decimal(104), Decimal(100))}

    assert rule_points(criterion(RuleKind.IMPORTED), figures) == FOUR
    assert rule_points(criterion(RuleKind.IMPORTED), {}) is None


def test_only_a_judged_criterion_takes_typed_points() -> None:
    computed = [rule for rule in RuleKind if is_computed(criterion(rule))]

    assert computed == [rule for rule in RuleKind if rule != RuleKind.JUDGED]


@pytest.mark.parametrize(("decimals", "points"), [(0, "1"), (1, "1.3"), (2, "1.33"), (4, "1.3333")])
def test_a_proportion_is_rounded_to_the_decimals_of_the_standard(decimals: int, points: str) -> None:
    third = {IMPORTED_SCORE.code: ratio("1", "3")}

    assert str(rule_points(criterion(RuleKind.IMPORTED), third, decimals=decimals)) == points


@given(
    st.sampled_from(RuleKind),
    st.decimals(-100, 1000, places=3),
    st.integers(0, 1000),
    st.integers(0, 4),
)
def test_no_rule_gives_more_than_the_maximum_or_less_than_zero(
    rule: RuleKind, number: Decimal, of: int, decimals: int
) -> None:
    tiered = replace(criterion(rule, AREA), points=Decimal("3.5"), tiers=(Tier(Decimal(10), Decimal(3)),))
    figures = {"area": Figure(value=number), IMPORTED_SCORE.code: Figure(None, number, Decimal(of))}

    points = rule_points(tiered, figures, decimals=decimals)

    if rule is RuleKind.JUDGED or (rule is RuleKind.IMPORTED and not 0 <= number <= of):
        assert points is None
    elif of or rule is not RuleKind.IMPORTED:
        assert points is not None and 0 <= points <= tiered.points
