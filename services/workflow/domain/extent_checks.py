"""What must hold of how far a programme reaches: categories, composition, and the ladder it stands on."""

from collections.abc import Iterable, Iterator, Mapping

from services.workflow.domain.checking import (
    CODE,
    KEY,
    duplicate,
    duplicates,
    outside_share,
    unknown_codes,
)
from services.workflow.domain.faults import KeyFault
from services.workflow.domain.programme import Definition

SUBJECTS = (("subject_kinds",),)
CATEGORIES = (("categories",),)


def extent_faults(definition: Definition) -> Iterator[KeyFault]:
    """Every fault of categories and composition rules."""
    yield from _of_categories(definition)
    yield from _of_composition(definition)


def _of_categories(definition: Definition) -> Iterator[KeyFault]:
    categories = definition.categories
    for i in duplicates([category.code for category in categories]):
        yield duplicate(("categories", i, "code"), categories[i].code)
    for i, category in enumerate(categories):
        if not KEY.fullmatch(category.code):
            yield KeyFault(("categories", i, "code"), "programme.bad_key", {"given": category.code[:40]})
        if not category.name:
            yield KeyFault(("categories", i, "name"), "programme.empty")


def _of_composition(definition: Definition) -> Iterator[KeyFault]:
    known = [category.code for category in definition.categories]
    for i, rule in enumerate(definition.composition):
        at = ("composition", i)
        if not rule.name:
            yield KeyFault((*at, "name"), "programme.empty")
        for n, kind in unknown_codes(rule.kinds, definition.subject_kinds):
            yield KeyFault((*at, "kinds", n), "programme.kind_not_subject", {"given": kind}, SUBJECTS)
        for n, code in unknown_codes(rule.categories, known):
            yield KeyFault((*at, "categories", n), "programme.unknown_category", {"given": code}, CATEGORIES)
        if rule.number is None and rule.share is None:
            yield KeyFault((*at, "number"), "programme.missing_key")
        if rule.number is not None and rule.number < 1:
            yield KeyFault((*at, "number"), "programme.not_above_zero")
        yield from outside_share((*at, "share"), rule.share)


def ladder_faults(definition: Definition, others: Iterable[Definition] = ()) -> Iterator[KeyFault]:
    """A ladder that leads back to its own programme, directly or over others, can be climbed by nobody."""
    ladders = {other.code: other.ladder for other in others}
    for i, code in enumerate(definition.ladder):
        at = ("ladder", i)
        if not CODE.fullmatch(code):
            yield KeyFault(at, "programme.bad_code", {"given": code[:40], "limit": 40})
        elif code == definition.code:
            yield KeyFault(at, "programme.ladder_cycle", {"given": code})
        elif way := _way_back(code, definition.code, ladders):
            params = {"way": " → ".join((definition.code, *way))}
            yield KeyFault(at, "programme.ladder_leads_back", params)
    for i in duplicates(definition.ladder):
        yield duplicate(("ladder", i), definition.ladder[i])


def _way_back(start: str, goal: str, ladders: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way over other ladders; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:  # grows while it is read
        if way[-1] == goal:
            return way
        onward = [code for code in ladders.get(way[-1], ()) if code not in seen]
        seen.update(onward)
        ways.extend((*way, code) for code in onward)
    return ()
