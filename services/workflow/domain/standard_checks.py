"""What must hold of a scoring standard. A gap is no fault: it is listed, and only opening an edition is
refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from services.workflow.domain.checking import bad_days, duplicate, duplicates, out_of_range, unknown_codes
from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import Mode
from services.workflow.domain.standard import WORD_LIMIT, Criterion, Indicator, RuleKind, Standard
from services.workflow.domain.standard_sums import AT, sum_faults

NEEDS_THRESHOLD = {RuleKind.MEASURED, RuleKind.RATIO, RuleKind.PROPORTIONAL, RuleKind.ALL_OR_NOTHING}
NEEDS_FIGURE = NEEDS_THRESHOLD | {
    RuleKind.YES_NO,
    RuleKind.DEDUCTION,
    RuleKind.TIERS,
    RuleKind.ZERO_TOLERANCE,
}
MOST_DECIMALS = 4
LINE_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,11}")


def standard_faults(definition: Definition) -> Iterator[KeyFault]:
    """Every fault of the definition's standard, with the key it is at."""
    standard = definition.standard
    categories = tuple(category.code for category in definition.categories)
    yield from _of_scale(standard)
    if all(set(criterion.categories).issubset(categories) for criterion in standard.criteria):
        yield from sum_faults(standard, categories or ("",))
    yield from _of_codes(standard)
    for i, indicator in enumerate(standard.indicators):
        at = (*AT, "indicators", i)
        yield from _of_indicator(indicator, at)
        for c, criterion in enumerate(indicator.criteria):
            line_at = (*at, "criteria", c)
            yield from _of_criterion(criterion, standard, line_at, is_gap=indicator.gap)
            yield from _of_categories(criterion, categories, line_at)
            yield from _of_import(criterion, definition.code, line_at)
    yield from _of_scorers(definition)


def _of_scale(standard: Standard) -> Iterator[KeyFault]:
    if not 0 <= standard.decimals <= MOST_DECIMALS:
        yield out_of_range((*AT, "decimals"), 0, MOST_DECIMALS)
    if standard.bonus_cap < 0:
        yield KeyFault((*AT, "bonus_cap"), "programme.below_zero")


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
    yield from bad_days(at, (("due_on", criterion.due_on),))
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


def _of_categories(criterion: Criterion, known: Sequence[str], at: KeyPath) -> Iterator[KeyFault]:
    for n, code in unknown_codes(criterion.categories, known):
        yield KeyFault((*at, "categories", n), "programme.unknown_category", {"given": code})
    for n in duplicates(criterion.categories):
        yield duplicate((*at, "categories", n), criterion.categories[n])


def _of_import(criterion: Criterion, own: str, at: KeyPath) -> Iterator[KeyFault]:
    """A score is imported from another programme, and from nowhere where the rule does not ask for it."""
    if criterion.rule is RuleKind.IMPORTED and not criterion.programme:
        yield KeyFault((*at, "programme"), "programme.missing_key")
    if criterion.programme and criterion.rule is not RuleKind.IMPORTED:
        yield KeyFault((*at, "programme"), "standard.programme_without_import")
    if criterion.programme == own and criterion.programme:
        yield KeyFault((*at, "programme"), "standard.imports_itself", {"given": own})


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
