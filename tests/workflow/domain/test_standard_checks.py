"""Each fault a standard can have, made in a sound one."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Role
from services.workflow.domain.standard import Criterion, Indicator, RuleKind, Tier
from services.workflow.domain.standard_checks import standard_faults
from tests.workflow.domain.samples import AREA, CARDS, DEFINITION, STANDARD, with_criterion

ONE, TWO = STANDARD.indicators
TEN = Decimal(10)


def found(definition: Definition) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault.path)), fault.code) for fault in standard_faults(definition)]


def with_standard(**changes: Any) -> Definition:
    return replace(DEFINITION, standard=replace(STANDARD, **changes))


def with_indicator(**changes: Any) -> Definition:
    return with_standard(indicators=(ONE, replace(TWO, **changes)))


def test_a_sound_standard_has_no_fault() -> None:
    assert found(DEFINITION) == []


def test_points_that_are_off_by_a_hundredth_are_said_with_the_difference() -> None:
    definition = with_criterion("2.2", points=Decimal("10.01"))

    faults = list(standard_faults(definition))

    assert [(fault.code, fault.params) for fault in faults] == [
        ("standard.points_do_not_add_up", {"declared": "40", "sum": "40.01", "difference": "0.01"})
    ]


AT_2 = "standard.indicators.1"
AT_21, AT_22 = f"{AT_2}.criteria.0", f"{AT_2}.criteria.1"


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (with_standard(total=Decimal("99.99")), ("standard.total", "standard.points_do_not_add_up")),
        (with_standard(total=Decimal(0)), ("standard.total", "programme.not_above_zero")),
        (with_standard(decimals=9), ("standard.decimals", "programme.out_of_range")),
        (with_standard(bonus_cap=Decimal(-1)), ("standard.bonus_cap", "programme.below_zero")),
        (
            with_standard(criteria_declared=5),
            ("standard.criteria_declared", "standard.criteria_do_not_add_up"),
        ),
        (with_indicator(code="1"), (f"{AT_2}.code", "programme.duplicate")),
        (with_indicator(code=""), (f"{AT_2}.code", "standard.bad_code")),
        (with_criterion("2.2", code="二、（二）"), (f"{AT_22}.code", "standard.bad_code")),
        (with_criterion("2.2", code="2.2-" * 4), (f"{AT_22}.code", "standard.bad_code")),
        (with_indicator(name=""), (f"{AT_2}.name", "programme.empty")),
        (with_indicator(floor=Decimal(41)), (f"{AT_2}.floor", "programme.out_of_range")),
        (with_criterion("2.2", name=""), (f"{AT_22}.name", "programme.empty")),
        (with_criterion("2.2", word_limit=501), (f"{AT_22}.word_limit", "programme.out_of_range")),
        (with_criterion("2.2", word_limit=0), (f"{AT_22}.word_limit", "programme.out_of_range")),
        (with_criterion("2.2", due_on="13-01"), (f"{AT_22}.due_on", "programme.bad_day")),
        (with_criterion("2.1", rule=RuleKind.IMPORTED), (f"{AT_21}.programme", "programme.missing_key")),
        (
            with_criterion("2.2", programme="city"),
            (f"{AT_22}.programme", "standard.programme_without_import"),
        ),
        (
            with_criterion("2.1", rule=RuleKind.IMPORTED, programme="sample"),
            (f"{AT_21}.programme", "standard.imports_itself"),
        ),
        (with_criterion("2.2", categories=("old",)), (f"{AT_22}.categories.0", "programme.unknown_category")),
        (with_criterion("2.2", measures=()), (f"{AT_22}.rule", "standard.figure_missing")),
        (with_criterion("2.2", measures=(AREA, AREA)), (f"{AT_22}.measures.1.code", "programme.duplicate")),
        (
            with_criterion("2.2", measures=(replace(AREA, needed=None),)),
            (f"{AT_22}.measures.0.needed", "programme.missing_key"),
        ),
        (
            with_criterion("2.2", rule=RuleKind.DEDUCTION),
            (f"{AT_22}.per_miss", "programme.not_above_zero"),
        ),
        (with_criterion("2.2", rule=RuleKind.TIERS), (f"{AT_22}.tiers", "programme.missing_key")),
        (
            with_criterion("2.2", rule=RuleKind.TIERS, tiers=(Tier(TEN, TEN), Tier(TEN, TEN))),
            (f"{AT_22}.tiers.1.reached_at", "standard.tiers_out_of_order"),
        ),
        (
            with_criterion("2.2", rule=RuleKind.TIERS, tiers=(Tier(TEN, Decimal(11)),)),
            (f"{AT_22}.tiers.0.points", "programme.out_of_range"),
        ),
        (with_criterion("2.2", scorer="office"), (f"{AT_22}.scorer", "standard.scorer_not_on_route")),
    ],
)
def test_each_fault_is_found_at_its_key(definition: Definition, fault: tuple[str, str]) -> None:
    assert found(definition) == [fault]


def test_two_criteria_of_one_code_are_both_named() -> None:
    assert found(with_criterion("2.2", code="1.1")) == [
        ("standard.indicators.0.criteria.0.code", "programme.duplicate"),
        ("standard.indicators.1.criteria.1.code", "programme.duplicate"),
    ]


def test_points_finer_than_the_standard_are_a_fault() -> None:
    definition = with_criterion("2.2", points=Decimal("9.995"))

    assert (f"{AT_22}.points", "standard.points_too_fine") in found(definition)


def test_points_not_above_zero_are_a_fault() -> None:
    assert (f"{AT_22}.points", "programme.not_above_zero") in found(with_criterion("2.2", points=Decimal(0)))
    assert (f"{AT_2}.points", "programme.not_above_zero") in found(with_indicator(points=Decimal(0)))


def test_a_gap_is_no_fault_and_may_leave_points_and_criteria_open() -> None:
    cut_off = Indicator("2", "", gap=True)

    assert found(with_standard(indicators=(ONE, cut_off))) == []


def test_a_gap_never_lets_the_known_points_exceed_the_total() -> None:
    cut_off = Indicator("3", "", gap=True)

    definition = with_standard(indicators=(ONE, TWO, cut_off), total=Decimal(99))

    assert found(definition) == [("standard.total", "standard.points_do_not_add_up")]


def test_an_indicator_without_criteria_that_is_no_gap_is_a_fault() -> None:
    definition = with_indicator(points=None, criteria=())

    assert {
        (f"{AT_2}.criteria", "standard.indicator_empty"),
        (f"{AT_2}.points", "programme.missing_key"),
    } <= set(found(definition))


def test_a_bonus_lies_beyond_the_total_and_the_count() -> None:
    extra = Criterion("3.1", "特色", Decimal(2), "dep-org")
    bonus = Indicator("3", "加分", Decimal(2), (extra,), bonus=True)

    assert found(with_standard(indicators=(ONE, TWO, bonus), bonus_cap=Decimal(2))) == []


def test_a_department_with_nothing_to_score_is_a_fault_unless_gaps_may_be_its_own() -> None:
    seats = (*DEFINITION.legs[2].bodies, Body(Role.DEPARTMENT, "committee"))
    legs = (*DEFINITION.legs[:2], replace(DEFINITION.legs[2], bodies=seats), *DEFINITION.legs[3:])
    gap = replace(STANDARD, indicators=(ONE, TWO, Indicator("3", "", gap=True)))

    assert found(replace(DEFINITION, legs=legs)) == [("legs.2.bodies.2", "standard.body_scores_nothing")]
    assert found(replace(DEFINITION, legs=legs, standard=gap)) == []


def test_a_route_without_a_scoring_round_asks_no_scorer_to_sit_in_one() -> None:
    legs = tuple(leg for leg in DEFINITION.legs if leg.key != "assessment")

    assert found(replace(DEFINITION, legs=legs)) == []


def test_a_threshold_in_place_is_enough_for_a_ratio() -> None:
    assert found(with_criterion("2.2", rule=RuleKind.RATIO, measures=(CARDS,))) == []
