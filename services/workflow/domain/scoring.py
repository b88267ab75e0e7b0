"""Points, totals and verdicts: exact decimals, and every total says what it was made of.

Not scored is not zero: a missing score leaves a total incomplete, and an incomplete total never passes. Not
applicable leaves both sides of the fraction.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NamedTuple, Protocol

from services.workflow.domain.figures import Figure
from services.workflow.domain.refused import Refused
from services.workflow.domain.standard import Criterion, Method, Rounding, Scale, Standard

ZERO = Decimal(0)
# An input method left in Chinese mode types these, and they mean what they look like.
FULL_WIDTH = str.maketrans("０１２３４５６７８９．。－＋", "0123456789..-+")
PLAIN_DECIMAL = re.compile(r"[+-]?(\d{1,9}(\.\d*)?|\.\d+)", re.ASCII)
ROUNDINGS = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
}


class NotApplicable(Enum):
    """The mark of a criterion that does not concern a unit."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE = NotApplicable.NOT_APPLICABLE
Mark = Decimal | NotApplicable | None  # None: not scored


# Means and weighted shares carry 28 digits; what lies past these places is their own rounding.
EXACT = Decimal("1e-15")


@dataclass(frozen=True, slots=True)
class Score:
    """A mark with who gave it and what it rests on: a source (a file, a survey, a visit), the figures by the
    code of their measure, the single marks that it is the mean of.
    """

    points: Mark
    scorer: str = ""
    source: str = ""
    figures: tuple[tuple[str, Figure], ...] = ()
    marks: tuple["Score", ...] = ()


NOT_SCORED = Score(None)


class TraceLine(NamedTuple):
    """One criterion's part in a total."""

    indicator: str
    criterion: str
    maximum: Decimal
    points: Mark
    scorer: str
    source: str
    bonus: bool
    figures: tuple[tuple[str, Figure], ...] = ()
    marks: tuple[Score, ...] = ()


class MethodPart(NamedTuple):
    """What the criteria looked into in one way add to a total: weight x given / applicable."""

    method: Method
    weight: Decimal
    given: Decimal
    applicable: Decimal


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """A total on the declared scale, with the lines it was made of.

    `raw` of `applicable` are the points really given out of the points that apply; `points` is raw /
    applicable on the declared total, rounded by the standard's rule, plus the capped bonus. Where criteria
    are missing it is the total so far, the missing ones adding nothing. Where the standard weighs its
    methods, `methods` are the parts on the declared total instead.
    """

    points: Decimal
    raw: Decimal
    applicable: Decimal
    bonus: Decimal
    missing: tuple[str, ...]
    below_floor: tuple[str, ...]  # indicators under their own floor
    trace: tuple[TraceLine, ...]
    methods: tuple[MethodPart, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.missing and self.applicable > 0


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a unit reaches the standard, and all that speaks against it."""

    points: Decimal
    passed: bool
    pass_mark: Decimal
    missing: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    below_floor: tuple[str, ...] = ()


def parse_points(text: str, criterion: Criterion, *, decimals: int = 2) -> Decimal:
    """Points as a person typed them, between zero and the criterion's maximum.

    Full-width digits are read; exponents, separators, NaN and infinities are no numbers here. Zeros past the
    standard's decimal places are dropped, other digits are refused rather than rounded.
    """
    cleaned = text.translate(FULL_WIDTH).strip()
    if not PLAIN_DECIMAL.fullmatch(cleaned):
        raise Refused("score.not_a_number", criterion=criterion.code, given=text.strip()[:40])
    points = Decimal(cleaned)
    check_points(points, criterion)
    at_scale = points.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
    if at_scale != points:
        raise Refused("score.too_fine", criterion=criterion.code, decimals=decimals)
    return abs(at_scale)  # minus zero is zero


def check_points(points: Decimal, criterion: Criterion) -> None:
    """Refuses points outside 0 to the criterion's maximum."""
    if points.is_finite() and ZERO <= points <= criterion.points:
        return
    if not points.is_finite():
        raise Refused("score.not_a_number", criterion=criterion.code, given=str(points))
    if points < 0:
        raise Refused("score.below_zero", criterion=criterion.code)
    raise Refused("score.above_maximum", criterion=criterion.code, maximum=plain(criterion.points))


def plain(number: Decimal) -> str:
    """A number for people: no exponent, no zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, standard: Standard) -> Decimal:
    """To the standard's decimal places by the standard's rule."""
    exact = number.quantize(EXACT, ROUND_HALF_EVEN)
    return exact.quantize(Decimal(1).scaleb(-standard.decimals), ROUNDINGS[standard.rounding])


def combined(*parts: Mapping[str, Score]) -> dict[str, Score]:
    """The union of what several bodies scored, each its own criteria; their order does not matter.

    Refused where two bodies scored one criterion: which of them counts is a question of moderation, not of
    order.
    """
    union: dict[str, Score] = {}
    for part in parts:
        for code, score in part.items():
            if code in union:
                raise Refused("score.scored_twice", criterion=code)
            union[code] = score
    return union


def total(standard: Standard, scores: Mapping[str, Score]) -> ScoreTotal:
    """Adds up the scores of one unit.

    Refused where a score lies outside its bounds or belongs to no criterion, so no total can exceed its cap.
    """
    if unknown := sorted(scores.keys() - standard.by_code.keys()):
        raise Refused("score.unknown_criterion", criterion=unknown[0])
    raw = applicable = bonus = ZERO
    met_only = standard.scale is Scale.MET
    missing, trace = [], []
    for indicator, criterion in standard.lines:
        maximum, score = criterion.points, scores.get(criterion.code, NOT_SCORED)
        points, is_bonus = score.points, indicator.bonus
        head = (indicator.code, criterion.code, maximum, points, score.scorer, score.source, is_bonus)
        trace.append(TraceLine(*head, score.figures, score.marks))
        given = ZERO
        if isinstance(points, Decimal):
            check_points(points, criterion)
            if met_only and not score.marks and points not in (ZERO, maximum):
                raise Refused("score.met_or_not", criterion=criterion.code)
            given = points
        if is_bonus:
            bonus += given
        elif points is not NOT_APPLICABLE:
            raw += given
            applicable += maximum
            if points is None:
                missing.append(criterion.code)
    bonus = min(bonus, standard.bonus_cap)
    methods = _by_method(standard, trace) if standard.method_weights else ()
    share = (
        _weighted(standard, methods) if methods else raw * standard.total / applicable if applicable else ZERO
    )
    below_floor = _below_floor(standard, trace)
    points = rounded(share, standard) + bonus
    return ScoreTotal(points, raw, applicable, bonus, tuple(missing), below_floor, tuple(trace), methods)


def _by_method(standard: Standard, trace: Iterable[TraceLine]) -> tuple[MethodPart, ...]:
    """The parts of the methods that concern the unit, in the order of the standard."""
    given = dict.fromkeys(Method, ZERO)
    applicable = dict.fromkeys(Method, ZERO)
    for method, line in zip(standard.methods, trace, strict=True):
        points = line.points
        if line.bonus or points is NOT_APPLICABLE:
            continue
        applicable[method] += line.maximum
        if points is not None:
            given[method] += points
    return tuple(
        MethodPart(part.method, part.weight, given[part.method], applicable[part.method])
        for part in standard.method_weights
        if applicable[part.method]
    )


def _weighted(standard: Standard, parts: Iterable[MethodPart]) -> Decimal:
    """The weighted share on the declared total."""
    reached = weights = ZERO
    for _, weight, given, applicable in parts:
        weights += weight
        reached += weight * given / applicable
    return reached * standard.total / weights


def _given(lines: Iterable[TraceLine]) -> Decimal:
    return sum((line.points for line in lines if isinstance(line.points, Decimal)), ZERO)


def _below_floor(standard: Standard, trace: Iterable[TraceLine]) -> tuple[str, ...]:
    """Indicators under their own floor, which shrinks with the points that apply."""
    floors = [indicator for indicator in standard.indicators if indicator.floor is not None]
    below = []
    for indicator in floors:
        lines = [line for line in trace if line.indicator == indicator.code]
        counted = [line for line in lines if line.points is not NOT_APPLICABLE]
        maximum = sum((line.maximum for line in lines), ZERO)
        applicable = sum((line.maximum for line in counted), ZERO)
        # Multiplied out: a quotient would be rounded before it is compared.
        if indicator.floor is not None and _given(counted) * maximum < indicator.floor * applicable:
            below.append(indicator.code)
    return tuple(below)


def judge(scores: ScoreTotal, *, vetoes: Sequence[HasCode], pass_mark: Decimal) -> Verdict:
    """The verdict on a total; the pass mark is inclusive, 90.00 passes and 89.99 does not.

    A veto outweighs any score, and what is incomplete or below a floor never passes.
    """
    codes = tuple(veto.code for veto in vetoes)
    enough = scores.complete and scores.points >= pass_mark and not scores.below_floor
    return Verdict(scores.points, enough and not codes, pass_mark, scores.missing, codes, scores.below_floor)
