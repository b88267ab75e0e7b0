"""What does not add up in a standard: by category, by targets, by method."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.standard import (
    Criterion,
    Indicator,
    Method,
    MethodWeight,
    Rounding,
    RuleKind,
    Scale,
    Standard,
)
from services.workflow.domain.standard_sums import asked_of, sum_faults
from tests.workflow.domain.samples import STANDARD

EVERYBODY = ("",)
BOTH = ("old", "new")
ONE, TWO = STANDARD.indicators
TEN = Decimal(10)


def found(standard: Standard, categories: tuple[str, ...] = EVERYBODY) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault.path)), fault.code) for fault in sum_faults(standard, categories)]


def line(code: str, points: str, *categories: str) -> Criterion:
    return Criterion(code, "条", Decimal(points), "dep-org", categories=categories)


def varied(*lines: Criterion, total: str = "70", more: tuple[Indicator, ...] = ()) -> Standard:
    """Forty points of the second indicator are lines that differ by category."""
    indicators = (replace(TWO, criteria=lines), Indicator("3", "共同", Decimal(30), (line("3.1", "30"),)))
    return Standard(Decimal(total), (*indicators, *more))


def test_points_add_up_for_every_category_apart() -> None:
    variants = varied(line("2.1", "40", "old"), line("2.2", "25", "new"), line("2.3", "15", "new"))

    assert found(variants, BOTH) == []


def test_the_category_whose_points_are_off_is_named() -> None:
    variants = varied(line("2.1", "40", "old"), line("2.2", "39", "new"))

    (fault,) = sum_faults(variants, BOTH)

    assert fault.code == "standard.points_do_not_add_up_in_category"
    assert fault.path == ("standard", "indicators", 0, "points")
    assert fault.params == {"declared": "40", "sum": "39", "difference": "-1", "category": "new"}


def test_what_is_off_for_everybody_alike_is_told_once() -> None:
    assert found(varied(line("2.1", "39")), BOTH) == [
        ("standard.indicators.0.points", "standard.points_do_not_add_up")
    ]


def test_categories_that_are_off_each_in_its_own_way_are_each_told() -> None:
    variants = varied(line("2.1", "41", "old"), line("2.2", "39", "new"))

    assert [fault.params["category"] for fault in sum_faults(variants, BOTH)] == ["old", "new"]


def test_an_indicator_without_a_line_for_a_category_leaves_its_total() -> None:
    lift = Indicator("4", "电梯", TEN, (line("4.1", "10", "new"),))
    variants = varied(line("2.1", "40"), more=(lift,))

    (fault,) = sum_faults(variants, BOTH)

    assert fault.path == ("standard", "total")
    assert fault.params == {"declared": "70", "sum": "80", "difference": "10", "category": "new"}


def test_a_gap_may_come_to_less_and_never_to_more() -> None:
    less = varied(line("2.1", "40"), total="90", more=(Indicator("4", "", gap=True),))
    more = varied(line("2.1", "40"), total="60", more=(Indicator("4", "", gap=True),))

    assert found(less) == []
    assert found(more) == [("standard.total", "standard.points_do_not_add_up")]


def test_criteria_are_counted_for_the_category_with_most() -> None:
    variants = varied(line("2.1", "40", "old"), line("2.2", "25", "new"), line("2.3", "15", "new"))

    assert found(replace(variants, criteria_declared=3), BOTH) == []
    assert found(replace(variants, criteria_declared=4), BOTH) == [
        ("standard.criteria_declared", "standard.criteria_do_not_add_up")
    ]


def test_a_line_without_categories_is_asked_of_everybody() -> None:
    lines = (line("2.1", "1"), line("2.2", "1", "old"), line("2.3", "1", "old", "new"))

    codes = [criterion.code for criterion in asked_of(replace(TWO, criteria=lines), "new")]

    assert codes == ["2.1", "2.3"]


TARGETS = Standard(
    Decimal(2),
    (Indicator("1", "目标", Decimal(2), (line("1.1", "1"), line("1.2", "1"))),),
    decimals=0,
    rounding=Rounding.DOWN,
    scale=Scale.MET,
)


def targets(**changes: Any) -> Standard:
    return replace(TARGETS, **changes)


def with_target(**changes: Any) -> Standard:
    (one,) = TARGETS.indicators
    return targets(
        indicators=(replace(one, criteria=(one.criteria[0], replace(one.criteria[1], **changes))),)
    )


@pytest.mark.parametrize(
    ("standard", "fault"),
    [
        (targets(decimals=2), ("standard.decimals", "standard.targets_are_whole")),
        (targets(rounding=Rounding.HALF_UP), ("standard.rounding", "standard.targets_are_whole")),
        (targets(total=Decimal(3)), ("standard.total", "standard.targets_do_not_add_up")),
        (
            targets(indicators=(replace(TARGETS.indicators[0], points=Decimal(3)),)),
            ("standard.indicators.0.points", "standard.targets_do_not_add_up"),
        ),
        (
            with_target(points=Decimal(2)),
            ("standard.indicators.0.criteria.1.points", "standard.target_counts_one"),
        ),
        (
            with_target(rule=RuleKind.TIERS),
            ("standard.indicators.0.criteria.1.rule", "standard.rule_gives_parts"),
        ),
    ],
)
def test_a_target_counts_one_in_full_or_not_at_all(standard: Standard, fault: tuple[str, str]) -> None:
    assert found(TARGETS) == []
    assert found(standard) == [fault]


def test_a_category_with_fewer_targets_is_no_fault() -> None:
    assert found(with_target(categories=("old",)), BOTH) == []


METHODS = (MethodWeight(Method.PAPERS, Decimal(60)), MethodWeight(Method.SURVEY, Decimal(40)))
SURVEYED = replace(TWO, criteria=tuple(replace(c, method=Method.SURVEY) for c in TWO.criteria))
WEIGHED = replace(STANDARD, indicators=(ONE, SURVEYED), method_weights=METHODS)
AT = "standard.method_weights"


@pytest.mark.parametrize(
    ("weights", "faults"),
    [
        (METHODS, []),
        ((METHODS[0], replace(METHODS[1], weight=Decimal("40.01"))), [(AT, "points_do_not_add_up")]),
        (
            (replace(METHODS[0], weight=Decimal(60)), METHODS[1], MethodWeight(Method.SURVEY, Decimal(0))),
            [(f"{AT}.2.method", "programme.duplicate"), (f"{AT}.2.weight", "programme.not_above_zero")],
        ),
        (
            (*METHODS[:1], MethodWeight(Method.HEARING, Decimal(40))),
            [
                ("standard.indicators.1.criteria.0.method", "method_without_weight"),
                ("standard.indicators.1.criteria.1.method", "method_without_weight"),
                (f"{AT}.1.method", "weight_without_criterion"),
            ],
        ),
    ],
)
def test_every_method_has_one_weight_and_they_come_to_the_total(
    weights: tuple[MethodWeight, ...], faults: list[tuple[str, str]]
) -> None:
    wanted = [(at, code if "." in code else f"standard.{code}") for at, code in faults]

    assert found(replace(WEIGHED, method_weights=weights)) == wanted
