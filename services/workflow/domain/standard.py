"""The scoring standard of a programme: indicators, their criteria, and how a criterion's points arise.

All points are exact decimals. A standard says everything that scoring needs; it knows nothing of who asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

WORD_LIMIT = 500


class RuleKind(StrEnum):
    """How the points of a criterion arise."""

    JUDGED = "judged"  # a person gives 0 to the maximum
    MEASURED = "measured"  # full points where the figure meets its threshold
    RATIO = "ratio"  # the same for numerator / denominator
    YES_NO = "yes_no"
    PROPORTIONAL = "proportional"  # points in proportion to figure / threshold, at most the maximum
    DEDUCTION = "deduction"  # the maximum less so much for each miss, never below zero
    ALL_OR_NOTHING = "all_or_nothing"  # full points where every figure meets its threshold
    TIERS = "tiers"  # the points of the highest tier reached
    ZERO_TOLERANCE = "zero_tolerance"  # one event and the points are gone
    IMPORTED = "imported"  # in proportion to what the unit reached in another programme


class FigureKind(StrEnum):
    """What a measure asks for."""

    VALUE = "value"
    RATIO = "ratio"  # numerator and denominator; thresholds and answers in per cent
    YES_NO = "yes_no"  # 1 or 0
    COUNT = "count"


class Bound(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Method(StrEnum):
    """How a criterion is looked into."""

    PAPERS = "papers"
    HEARING = "hearing"
    ON_SITE = "on_site"
    RECORDS = "records"
    SURVEY = "survey"


class Scale(StrEnum):
    """What a total counts."""

    POINTS = "points"
    MET = "met"  # how many criteria are met, each counting one: targets and milestones


class Rounding(StrEnum):
    """What becomes of the digits past the standard's decimal places."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


@dataclass(frozen=True)
class Measure:
    """One figure that a criterion rests on; without `needed` it is only recorded.

    Where it is not `asked` of the declaring unit, the department that scores the criterion looks it up.
    """

    code: str
    name: str
    kind: FigureKind
    unit: str = ""
    needed: Decimal | None = None
    bound: Bound = Bound.AT_LEAST
    asked: bool = True

    def is_met_by(self, amount: Fraction) -> bool:
        """Whether an exact amount meets the threshold; the threshold itself does."""
        if self.needed is None:
            return True
        needed = Fraction(self.needed)
        return amount >= needed if self.bound is Bound.AT_LEAST else amount <= needed


@dataclass(frozen=True)
class Tier:
    """From this figure on (inclusive) the criterion is worth these points."""

    reached_at: Decimal
    points: Decimal


@dataclass(frozen=True)
class Criterion:
    """One line of the standard (条).

    Points stay open (zero) where the document names the line and not what it is worth, within an indicator that
    is a gap. An example was filled in for a demonstration (示例).
    """

    code: str
    name: str
    points: Decimal = Decimal(0)
    scorer: str = ""  # code of the unit that scores it, or relative to the subject ("subject.town")
    rule: RuleKind = RuleKind.JUDGED
    per_miss: Decimal | None = None  # points lost for each miss, for a deduction
    tiers: tuple[Tier, ...] = ()
    measures: tuple[Measure, ...] = ()
    method: Method = Method.PAPERS
    requirement: str = ""
    evidence: tuple[str, ...] = ()  # what has to be shown, one name for each piece wanted
    statement_wanted: bool = False
    word_limit: int = WORD_LIMIT
    bars_filing: bool = False
    bars_commendation: bool = False
    categories: tuple[str, ...] = ()  # asked of these categories of subjects only; of all where empty
    programme: str = ""  # code of the programme whose score is imported
    due_on: str = ""  # a milestone's day of the year ("12-31")
    source: str = ""
    example: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the document leaves open what it is worth."""
        return self.points == 0


@dataclass(frozen=True)
class Indicator:
    """A group of criteria (项). Points and criteria are open where the source document is cut off (`gap`).

    A bonus indicator lies beyond the declared total and is capped by the standard.
    """

    code: str
    name: str
    points: Decimal | None = None
    criteria: tuple[Criterion, ...] = ()
    floor: Decimal | None = None
    bonus: bool = False
    gap: bool = False
    source: str = ""
    example: bool = False


@dataclass(frozen=True)
class MethodWeight:
    """How much of the total the criteria looked into in one way come to."""

    method: Method
    weight: Decimal


@dataclass(frozen=True)
class Standard:
    """The tree indicator > criterion with the total it declares and the way totals are rounded."""

    total: Decimal
    indicators: tuple[Indicator, ...]
    criteria_declared: int | None = None
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    bonus_cap: Decimal = Decimal(0)
    scale: Scale = Scale.POINTS
    method_weights: tuple[MethodWeight, ...] = ()
    source: str = ""

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in the order of the standard, bonus ones too."""
        return tuple(criterion for _, criterion in self.lines)

    @cached_property
    def lines(self) -> tuple[tuple[Indicator, Criterion], ...]:
        return tuple(_lines(self.indicators))

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def methods(self) -> tuple[Method, ...]:
        """How each criterion is looked into, in the order of the standard."""
        return tuple(criterion.method for criterion in self.criteria)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Codes of the indicators that are still open because the source is cut off."""
        return tuple(indicator.code for indicator in self.indicators if indicator.gap)

    @property
    def has_examples(self) -> bool:
        return any(line.example for pair in self.lines for line in pair)

    def scored_by(self, *names: str) -> tuple[Criterion, ...]:
        """The criteria that a unit scores, and no others: by its code, and by what it is to the subject."""
        return tuple(criterion for criterion in self.criteria if criterion.scorer in names)


def _lines(indicators: tuple[Indicator, ...]) -> Iterator[tuple[Indicator, Criterion]]:
    for indicator in indicators:
        for criterion in indicator.criteria:
            yield indicator, criterion
