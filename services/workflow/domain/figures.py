"""Figures behind a criterion: what an amount is, and how it is shown."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from services.workflow.domain.standard import Bound, FigureKind, Measure

SHOWN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or a numerator with its denominator."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.numerator is None and self.denominator is None

    @property
    def is_whole(self) -> bool:
        """Whether everything of one of its two forms was given, be it possible or not."""
        return self.value is not None or None not in (self.numerator, self.denominator)


def amount(measure: Measure, figure: Figure) -> Fraction | None:
    """The exact amount a figure states, a ratio in per cent; None where it states none.

    A ratio needs a denominator above zero and a numerator between zero and the denominator; a count is whole
    and not below zero; yes and no are 1 and 0.
    """
    if measure.kind is FigureKind.RATIO:
        return _per_cent(figure.numerator, figure.denominator)
    value = figure.value
    if value is None or not value.is_finite():
        return None
    whole = value >= 0 and value == value.to_integral_value()
    possible = {FigureKind.COUNT: whole, FigureKind.YES_NO: value in (0, 1)}
    return Fraction(value) if possible.get(measure.kind, True) else None


def _per_cent(numerator: Decimal | None, denominator: Decimal | None) -> Fraction | None:
    if numerator is None or denominator is None:
        return None
    if not denominator.is_finite() or denominator <= 0 or not 0 <= numerator <= denominator:
        return None
    return Fraction(numerator) * 100 / Fraction(denominator)


def shown(exact: Fraction, bound: Bound) -> Decimal:
    """An amount at two decimals, rounded away from its bound: 94.996 never reads as the 95 it does not
    reach.
    """
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    return whole.quantize(SHOWN, ROUND_FLOOR if bound is Bound.AT_LEAST else ROUND_CEILING)
