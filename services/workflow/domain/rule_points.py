"""The points a criterion earns by its figures, where the rule leaves nothing to judge."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from services.workflow.domain.figures import Figure, amount
from services.workflow.domain.standard import Criterion, FigureKind, Measure, RuleKind

# The figure of an imported score: what the unit reached there, of that programme's total.
IMPORTED_SCORE = Measure("imported", "", FigureKind.RATIO, "%")
NO_FIGURE = Figure()


def is_computed(criterion: Criterion) -> bool:
    """Whether its points follow from figures; nobody types a mark for it."""
    return criterion.rule is not RuleKind.JUDGED


def imported_figure(points: Decimal, total: Decimal) -> Figure:
    """A score reached in another programme; a bonus there does not carry it beyond that programme's total."""
    return Figure(numerator=min(points, total), denominator=total)


def rule_points(criterion: Criterion, figures: Mapping[str, Figure], *, decimals: int = 2) -> Decimal | None:
    """The points that the rule gives for these figures, by the code of their measure; between 0 and the
    criterion's own points.

    None where a person judges or a figure is missing. Points in proportion and points lost are rounded half
    up to the standard's decimal places; nothing else is rounded. An imported score stands under
    `IMPORTED_SCORE.code`.
    """
    if criterion.rule is RuleKind.JUDGED:
        return None
    measures = (IMPORTED_SCORE,) if criterion.rule is RuleKind.IMPORTED else criterion.measures
    amounts = []
    for measure in measures:
        stated = amount(measure, figures.get(measure.code, NO_FIGURE))
        if stated is None:
            return None
        amounts.append((measure, stated))
    return _by_rule(criterion, amounts, decimals) if amounts else None


def _by_rule(criterion: Criterion, amounts: list[tuple[Measure, Fraction]], decimals: int) -> Decimal:
    first, stated = amounts[0]
    points = criterion.points
    match criterion.rule:
        case RuleKind.PROPORTIONAL:
            share = stated / Fraction(first.needed) if first.needed else Fraction(1)
            return _at_scale(Fraction(points) * share, points, decimals)
        case RuleKind.IMPORTED:
            return _at_scale(Fraction(points) * stated / 100, points, decimals)
        case RuleKind.DEDUCTION:
            misses = sum((max(Fraction(0), happened) for _, happened in amounts), Fraction(0))
            return _at_scale(Fraction(points) - misses * Fraction(criterion.per_miss or 0), points, decimals)
        case RuleKind.TIERS:
            reached = [tier for tier in criterion.tiers if stated >= Fraction(tier.reached_at)]
            return max(reached, key=lambda tier: tier.reached_at).points if reached else Decimal(0)
        case RuleKind.ZERO_TOLERANCE:
            met = all(happened <= 0 for _, happened in amounts)
        case _:
            met = all(_meets(measure, exact) for measure, exact in amounts)
    return points if met else Decimal(0)


def _meets(measure: Measure, exact: Fraction) -> bool:
    """A question without a threshold is met by yes."""
    if measure.kind is FigureKind.YES_NO and measure.needed is None:
        return exact == 1
    return measure.is_met_by(exact)


def _at_scale(exact: Fraction, most: Decimal, decimals: int) -> Decimal:
    """Exact points at the standard's decimal places, never outside 0 to the maximum."""
    within = max(Fraction(0), min(Fraction(most), exact))
    scaled = Decimal(within.numerator * 10**decimals) / Decimal(within.denominator)
    return min(most, scaled.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-decimals))
