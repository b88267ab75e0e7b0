"""What must add up in a scoring standard: points for every category of subjects, targets, method weights."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from services.workflow.domain.checking import duplicate, duplicates
from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.scoring import plain
from services.workflow.domain.standard import (
    Criterion,
    Indicator,
    Method,
    Rounding,
    RuleKind,
    Scale,
    Standard,
)

AT: KeyPath = ("standard",)
# These give parts of a point, and a target is met or not.
IN_PARTS = {RuleKind.PROPORTIONAL, RuleKind.DEDUCTION, RuleKind.TIERS, RuleKind.IMPORTED}
ZERO = Decimal(0)


def sum_faults(standard: Standard, categories: Sequence[str]) -> Iterator[KeyFault]:
    """Everything of a standard that does not add up; a gap may come to less, never to more."""
    yield from _of_declared(standard)
    if standard.scale is Scale.MET:
        yield from _of_targets(standard, categories)
    else:
        for i, indicator in enumerate(standard.indicators):
            yield from _of_indicator(indicator, (*AT, "indicators", i), categories)
        yield from _of_total(standard, categories)
    yield from _of_criteria_declared(standard, categories)
    yield from _of_weights(standard)


def _of_declared(standard: Standard) -> Iterator[KeyFault]:
    if standard.total <= 0:
        yield KeyFault((*AT, "total"), "programme.not_above_zero")
    for i, indicator in enumerate(standard.indicators):
        if indicator.points is None and not indicator.gap:
            yield KeyFault((*AT, "indicators", i, "points"), "programme.missing_key")
        elif indicator.points is not None and indicator.points <= 0:
            yield KeyFault((*AT, "indicators", i, "points"), "programme.not_above_zero")


def asked_of(indicator: Indicator, category: str) -> tuple[Criterion, ...]:
    """The criteria that a category of subjects is asked."""
    return tuple(line for line in indicator.criteria if not line.categories or category in line.categories)


def _concerns(indicator: Indicator, category: str) -> bool:
    """An indicator without a criterion for a category does not count for it."""
    return not indicator.criteria or bool(asked_of(indicator, category))


def _of_indicator(indicator: Indicator, at: KeyPath, categories: Sequence[str]) -> Iterator[KeyFault]:
    declared = indicator.points
    if declared is None or declared <= 0:
        return

    def points(category: str) -> Decimal:
        return sum((line.points for line in asked_of(indicator, category)), ZERO)

    terms = [(*at, "criteria", c, "points") for c in range(len(indicator.criteria))]
    concerned = [category for category in categories if _concerns(indicator, category)]
    yield from _each((*at, "points"), declared, points, concerned, indicator.gap, terms)


def _of_total(standard: Standard, categories: Sequence[str]) -> Iterator[KeyFault]:
    if standard.total <= 0:
        return

    def points(category: str) -> Decimal:
        counted = (i for i in standard.indicators if not i.bonus and _concerns(i, category))
        return sum((indicator.points or ZERO for indicator in counted), ZERO)

    terms = [(*AT, "indicators", i, "points") for i in range(len(standard.indicators))]
    yield from _each((*AT, "total"), standard.total, points, categories, bool(standard.gaps), terms)


def _each(
    at: KeyPath,
    declared: Decimal,
    points: Callable[[str], Decimal],
    categories: Sequence[str],
    is_open: bool,
    terms: Sequence[KeyPath],
) -> Iterator[KeyFault]:
    """One fault where the sum is off in the same way for everybody, else one for each category it is off in."""
    sums = {category: points(category) for category in categories}
    off = {category: given for category, given in sums.items() if _differs(given, declared, is_open)}
    alike = len(off) == len(sums) and len(set(off.values())) == 1
    for category, given in list(off.items())[: 1 if alike else None]:
        said = {"declared": plain(declared), "sum": plain(given), "difference": plain(given - declared)}
        if alike:
            yield KeyFault(at, "standard.points_do_not_add_up", said, tuple(terms))
        else:
            params = {**said, "category": category}
            yield KeyFault(at, "standard.points_do_not_add_up_in_category", params, tuple(terms))


def _differs(points: Decimal, declared: Decimal, is_open: bool) -> bool:
    return points > declared if is_open else points != declared


def _most_asked(standard: Standard, categories: Sequence[str]) -> int:
    counted = [indicator for indicator in standard.indicators if not indicator.bonus]
    return max(sum(len(asked_of(indicator, category)) for indicator in counted) for category in categories)


def _of_criteria_declared(standard: Standard, categories: Sequence[str]) -> Iterator[KeyFault]:
    declared, number = standard.criteria_declared, _most_asked(standard, categories)
    if declared is not None and (number > declared or (number < declared and not standard.gaps)):
        params = {"declared": declared, "number": number}
        yield KeyFault((*AT, "criteria_declared"), "standard.criteria_do_not_add_up", params)


def _of_targets(standard: Standard, categories: Sequence[str]) -> Iterator[KeyFault]:
    """Each target counts one, in full or not at all."""
    for key, only in (("decimals", 0), ("rounding", Rounding.DOWN)):
        if getattr(standard, key) != only:
            yield KeyFault((*AT, key), "standard.targets_are_whole", {"only": str(only)})
    for i, indicator in enumerate(standard.indicators):
        at: KeyPath = (*AT, "indicators", i)
        number = Decimal(len(indicator.criteria))
        if indicator.points is not None and _differs(number, indicator.points, indicator.gap):
            yield _miscounted((*at, "points"), indicator.points, number)
        for c, criterion in enumerate(indicator.criteria):
            if criterion.points != 1:
                yield KeyFault((*at, "criteria", c, "points"), "standard.target_counts_one")
            if criterion.rule in IN_PARTS:
                params = {"rule": criterion.rule.value}
                yield KeyFault((*at, "criteria", c, "rule"), "standard.rule_gives_parts", params)
    number = Decimal(_most_asked(standard, categories))
    if standard.total > 0 and _differs(number, standard.total, bool(standard.gaps)):
        yield _miscounted((*AT, "total"), standard.total, number)


def _miscounted(at: KeyPath, declared: Decimal, number: Decimal) -> KeyFault:
    params = {"declared": plain(declared), "number": plain(number)}
    return KeyFault(at, "standard.targets_do_not_add_up", params, (at[:-1],))


def _of_weights(standard: Standard) -> Iterator[KeyFault]:
    weights = standard.method_weights
    if not weights:
        return
    at: KeyPath = (*AT, "method_weights")
    methods = [part.method for part in weights]
    for w in duplicates(methods):
        yield duplicate((*at, w, "method"), methods[w])
    for w, part in enumerate(weights):
        if part.weight <= 0:
            yield KeyFault((*at, w, "weight"), "programme.not_above_zero")
    total = sum((part.weight for part in weights), ZERO)
    if total != standard.total:
        said = {"declared": plain(standard.total), "sum": plain(total)}
        params = {**said, "difference": plain(total - standard.total)}
        yield KeyFault(at, "standard.points_do_not_add_up", params, ((*AT, "total"),))
    yield from _of_methods(standard, methods, at)


def _of_methods(standard: Standard, methods: Sequence[Method], at: KeyPath) -> Iterator[KeyFault]:
    """Every criterion that counts has a weight, and every weight a criterion."""
    used = set()
    for i, indicator in enumerate(standard.indicators):
        for c, criterion in enumerate(() if indicator.bonus else indicator.criteria):
            used.add(criterion.method)
            if criterion.method not in methods:
                place = (*AT, "indicators", i, "criteria", c, "method")
                yield KeyFault(place, "standard.method_without_weight", {"method": criterion.method}, (at,))
    for w, method in enumerate(methods):
        if method not in used and not standard.gaps:
            params = {"method": method}
            yield KeyFault((*at, w, "method"), "standard.weight_without_criterion", params, (AT,))
