"""Amounts stated by figures, and how they are shown."""

from decimal import Decimal
from fractions import Fraction

import pytest

from services.workflow.domain.figures import Figure, amount, shown
from services.workflow.domain.standard import Bound, FigureKind, Measure
from tests.workflow.domain.samples import AREA, CARDS

COUNT = Measure("count", "起数", FigureKind.COUNT)
YES = Measure("yes", "是否建立", FigureKind.YES_NO)


def value(number: str) -> Figure:
    return Figure(value=Decimal(number))


def ratio(numerator: str, denominator: str) -> Figure:
    return Figure(numerator=Decimal(numerator), denominator=Decimal(denominator))


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
