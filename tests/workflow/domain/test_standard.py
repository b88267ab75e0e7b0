"""The tree of a standard and what is asked of it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from services.workflow.domain.standard import Bound, Indicator
from tests.workflow.domain.samples import CARDS, STANDARD, with_criterion


def test_criteria_come_in_the_order_of_the_standard() -> None:
    assert [criterion.code for criterion in STANDARD.criteria] == ["1.1", "1.2", "2.1", "2.2"]
    assert [indicator.code for indicator, _ in STANDARD.lines] == ["1", "1", "2", "2"]
    assert list(STANDARD.by_code) == ["1.1", "1.2", "2.1", "2.2"]


def test_a_department_scores_its_own_criteria_only() -> None:
    assert [criterion.code for criterion in STANDARD.scored_by("dep-urban")] == ["2.1", "2.2"]
    assert STANDARD.scored_by("dep-civil") == ()
    assert [criterion.code for criterion in STANDARD.scored_by("dep-urban", "subject.town")] == ["2.1", "2.2"]


def test_gaps_are_the_indicators_that_the_source_leaves_open() -> None:
    cut_off = Indicator("3", "", gap=True)

    assert replace(STANDARD, indicators=(*STANDARD.indicators, cut_off)).gaps == ("3",)
    assert STANDARD.gaps == ()


def test_one_line_filled_in_for_a_demonstration_marks_the_standard() -> None:
    assert not STANDARD.has_examples
    assert with_criterion("2.2", example=True).standard.has_examples


@pytest.mark.parametrize(
    ("bound", "needed", "amount", "met"),
    [
        (Bound.AT_LEAST, "95", Fraction(95), True),
        (Bound.AT_LEAST, "95", Fraction(9499999, 100000), False),
        (Bound.AT_MOST, "3", Fraction(3), True),
        (Bound.AT_MOST, "3", Fraction(301, 100), False),
    ],
)
def test_the_threshold_itself_meets_it(bound: Bound, needed: str, amount: Fraction, met: bool) -> None:
    assert replace(CARDS, bound=bound, needed=Decimal(needed)).is_met_by(amount) is met


def test_a_measure_without_a_threshold_is_met_by_anything() -> None:
    assert replace(CARDS, needed=None).is_met_by(Fraction(0))
