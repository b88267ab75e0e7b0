"""Figures behind a criterion, and the points they earn where the rule leaves nothing to judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, RuleKind

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


def earned(criterion: Criterion, figures: Mapping[str, Figure], *, decimals: int = 2) -> Decimal | None:
    """The points that the rule gives for these figures, by measure; None where a person judges or one is
    missing.

    Points in proportion are rounded half up to the standard's decimal places; nothing else is rounded.
    """
    if criterion.rule is RuleKind.JUDGED:
        return None
    amounts = []
    for measure in criterion.measures:
        stated = amount(measure, figures.get(measure.code, Figure()))
        if stated is None:
            return None
        amounts.append((measure, stated))
    return _by_rule(criterion, amounts, decimals) if amounts else None


def _by_rule(criterion: Criterion, amounts: list[tuple[Measure, Fraction]], decimals: int) -> Decimal:
    first, stated = amounts[0]
    match criterion.rule:
        case RuleKind.PROPORTIONAL:
            return _in_proportion(criterion.points, stated, first.needed, decimals)
        case RuleKind.DEDUCTION:
            misses = Decimal(stated.numerator) / Decimal(stated.denominator)
            lost = max(Decimal(0), misses * (criterion.per_miss or 0))
            return max(Decimal(0), criterion.points - lost)
        case RuleKind.TIERS:
            reached = [tier for tier in criterion.tiers if stated >= Fraction(tier.reached_at)]
            return max(reached, key=lambda tier: tier.reached_at).points if reached else Decimal(0)
        case RuleKind.ZERO_TOLERANCE:
            met = all(happened <= 0 for _, happened in amounts)
        case RuleKind.YES_NO:
            met = all(answer == 1 for _, answer in amounts)
        case _:
            met = all(measure.is_met_by(exact) for measure, exact in amounts)
    return criterion.points if met else Decimal(0)


def _in_proportion(points: Decimal, stated: Fraction, needed: Decimal | None, decimals: int) -> Decimal:
    if not needed:
        return points
    part = max(Fraction(0), min(Fraction(1), stated / Fraction(needed)))
    exact = points * Decimal(part.numerator) / Decimal(part.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
