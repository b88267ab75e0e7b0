"""What must hold of a scoring standard. A gap is no fault: it is listed, and only opening an edition is
refused.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import plain
from services.workflow.domain.stages import Mode
from services.workflow.domain.standard import WORD_LIMIT, Criterion, Indicator, RuleKind, Standard

NEEDS_THRESHOLD = {RuleKind.MEASURED, RuleKind.RATIO, RuleKind.PROPORTIONAL, RuleKind.ALL_OR_NOTHING}
NEEDS_FIGURE = NEEDS_THRESHOLD | {
    RuleKind.YES_NO,
    RuleKind.DEDUCTION,
    RuleKind.TIERS,
    RuleKind.ZERO_TOLERANCE,
}
AT: KeyPath = ("standard",)
MOST_DECIMALS = 4
LINE_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,11}")


def standard_faults(definition: Definition) -> Iterator[KeyFault]:
    """Every fault of the definition's standard, with the key it is at."""
    standard = definition.standard
    yield from _of_totals(standard)
    yield from _of_codes(standard)
    for i, indicator in enumerate(standard.indicators):
        at = (*AT, "indicators", i)
        yield from _of_indicator(indicator, at)
        for c, criterion in enumerate(indicator.criteria):
            yield from _of_criterion(criterion, standard, (*at, "criteria", c), is_gap=indicator.gap)
    yield from _of_scorers(definition)


def duplicates(codes: Sequence[str]) -> Iterator[int]:
    """Places of the codes that stood there before; a missing code is a fault of its own."""
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if code and code in seen:
            yield place
        seen.add(code)


def _of_totals(standard: Standard) -> Iterator[KeyFault]:
    counted = [indicator for indicator in standard.indicators if not indicator.bonus]
    points = sum((indicator.points or Decimal(0) for indicator in counted), Decimal(0))
    if not 0 <= standard.decimals <= MOST_DECIMALS:
        yield out_of_range((*AT, "decimals"), 0, MOST_DECIMALS)
    if standard.total <= 0:
        yield KeyFault((*AT, "total"), "programme.not_above_zero")
    elif _differs(points, standard.total, bool(standard.gaps)):
        terms = [(*AT, "indicators", i, "points") for i in range(len(standard.indicators))]
        yield _sum_fault((*AT, "total"), standard.total, points, terms)
    if standard.bonus_cap < 0:
        yield KeyFault((*AT, "bonus_cap"), "programme.below_zero")
    number = sum(len(indicator.criteria) for indicator in counted)
    declared = standard.criteria_declared
    if declared is not None and (number > declared or (number < declared and not standard.gaps)):
        params = {"declared": declared, "number": number}
        yield KeyFault((*AT, "criteria_declared"), "standard.criteria_do_not_add_up", params)


def _of_codes(standard: Standard) -> Iterator[KeyFault]:
    for i in duplicates([indicator.code for indicator in standard.indicators]):
        yield duplicate((*AT, "indicators", i, "code"), standard.indicators[i].code)
    counts = Counter(criterion.code for criterion in standard.criteria)
    for i, indicator in enumerate(standard.indicators):
        for c, criterion in enumerate(indicator.criteria):
            if criterion.code and counts[criterion.code] > 1:
                yield duplicate((*AT, "indicators", i, "criteria", c, "code"), criterion.code)


def _of_indicator(indicator: Indicator, at: KeyPath) -> Iterator[KeyFault]:
    yield from _of_code(indicator.code, at)
    if not indicator.gap and not indicator.name:
        yield KeyFault((*at, "name"), "programme.empty")
    if not indicator.gap and not indicator.criteria:
        yield KeyFault((*at, "criteria"), "standard.indicator_empty")
    points = sum((criterion.points for criterion in indicator.criteria), Decimal(0))
    if indicator.points is None:
        if not indicator.gap:
            yield KeyFault((*at, "points"), "programme.missing_key")
    elif indicator.points <= 0:
        yield KeyFault((*at, "points"), "programme.not_above_zero")
    elif _differs(points, indicator.points, indicator.gap):
        terms = [(*at, "criteria", c, "points") for c in range(len(indicator.criteria))]
        yield _sum_fault((*at, "points"), indicator.points, points, terms)
    most = points if indicator.points is None else indicator.points
    if indicator.floor is not None and not 0 <= indicator.floor <= most:
        yield out_of_range((*at, "floor"), 0, most)


def _of_code(code: str, at: KeyPath) -> Iterator[KeyFault]:
    if not LINE_CODE.fullmatch(code):
        yield KeyFault((*at, "code"), "standard.bad_code", {"given": code[:40]})


def _of_criterion(
    criterion: Criterion, standard: Standard, at: KeyPath, *, is_gap: bool
) -> Iterator[KeyFault]:
    yield from _of_code(criterion.code, at)
    for key, text in (("name", criterion.name), ("scorer", criterion.scorer)):
        if not text:
            yield KeyFault((*at, key), "programme.empty")
    if criterion.points < 0 or (criterion.is_open and not is_gap):
        yield KeyFault((*at, "points"), "programme.not_above_zero")
    elif criterion.points != round(criterion.points, min(max(0, standard.decimals), MOST_DECIMALS)):
        yield KeyFault((*at, "points"), "standard.points_too_fine", {"decimals": standard.decimals})
    if not 1 <= criterion.word_limit <= WORD_LIMIT:
        yield out_of_range((*at, "word_limit"), 1, WORD_LIMIT)
    yield from _of_rule(criterion, at)
    for m in duplicates([measure.code for measure in criterion.measures]):
        yield duplicate((*at, "measures", m, "code"), criterion.measures[m].code)


def _of_rule(criterion: Criterion, at: KeyPath) -> Iterator[KeyFault]:
    rule = criterion.rule
    if rule in NEEDS_FIGURE and not criterion.measures:
        yield KeyFault((*at, "rule"), "standard.figure_missing", {"rule": rule.value})
    if rule in NEEDS_THRESHOLD:
        for m, measure in enumerate(criterion.measures):
            if measure.needed is None:
                yield KeyFault((*at, "measures", m, "needed"), "programme.missing_key")
    loses = criterion.per_miss is not None and criterion.per_miss > 0
    if rule is RuleKind.DEDUCTION and not loses:
        yield KeyFault((*at, "per_miss"), "programme.not_above_zero")
    if rule is RuleKind.TIERS:
        yield from _of_tiers(criterion, at)


def _of_tiers(criterion: Criterion, at: KeyPath) -> Iterator[KeyFault]:
    if not criterion.tiers:
        yield KeyFault((*at, "tiers"), "programme.missing_key")
    for t, tier in enumerate(criterion.tiers):
        if not 0 <= tier.points <= criterion.points:
            yield out_of_range((*at, "tiers", t, "points"), 0, criterion.points)
        before = criterion.tiers[t - 1] if t else None
        if before and (tier.reached_at <= before.reached_at or tier.points < before.points):
            yield KeyFault((*at, "tiers", t, "reached_at"), "standard.tiers_out_of_order")


def _of_scorers(definition: Definition) -> Iterator[KeyFault]:
    """Who scores must sit in a scoring round, and who sits in one must have something to score."""
    rounds = [(i, leg) for i, leg in enumerate(definition.legs) if leg.mode is Mode.SCORING]
    if not rounds:
        return
    seated = {body.unit for _, leg in rounds for body in leg.bodies}
    scorers = set()
    for i, indicator in enumerate(definition.standard.indicators):
        for c, criterion in enumerate(indicator.criteria):
            scorers.add(criterion.scorer)
            if criterion.scorer and criterion.scorer not in seated:
                at = (*AT, "indicators", i, "criteria", c, "scorer")
                yield KeyFault(at, "standard.scorer_not_on_route", {"unit": criterion.scorer})
    if definition.gaps:
        return  # the open criteria may be theirs
    for i, leg in rounds:
        for b, body in enumerate(leg.bodies):
            if body.unit not in scorers:
                yield KeyFault(("legs", i, "bodies", b), "standard.body_scores_nothing", {"unit": body.unit})


def _differs(points: Decimal, declared: Decimal, is_open: bool) -> bool:
    """What is still open may come to less, never to more."""
    return points > declared if is_open else points != declared


def _sum_fault(at: KeyPath, declared: Decimal, points: Decimal, terms: Sequence[KeyPath]) -> KeyFault:
    params = {"declared": plain(declared), "sum": plain(points), "difference": plain(points - declared)}
    return KeyFault(at, "standard.points_do_not_add_up", params, tuple(terms))


def out_of_range(at: KeyPath, least: object, most: object) -> KeyFault:
    bounds = [plain(bound) if isinstance(bound, Decimal) else str(bound) for bound in (least, most)]
    return KeyFault(at, "programme.out_of_range", {"least": bounds[0], "most": bounds[1]})


def duplicate(at: KeyPath, code: str) -> KeyFault:
    return KeyFault(at, "programme.duplicate", {"given": code})


def unknown_codes(codes: Iterable[str], known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Places and codes of those that nothing is known by."""
    names = set(known)
    yield from ((place, code) for place, code in enumerate(codes) if code not in names)
