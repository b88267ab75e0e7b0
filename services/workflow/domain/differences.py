"""What differs between two versions of a programme, part by part.

Entries of a list are told apart by their code, key or name, not by their place, so that a criterion put in between
does not make every later one look changed.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import plain

# The fields that an entry of a list is known by, the first it has.
IDENTITIES = ("key", "code", "name", "town", "method", "reached_at")


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # the same entries in another order


@dataclass(frozen=True)
class Difference:
    """One change. `path` names the fields down to it, entries of lists by what they are known by."""

    path: tuple[str, ...]
    change: Change
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """The path as one text: standard.indicators.1.criteria.1.2.points."""
        return ".".join(self.path)


def differences(before: Definition, after: Definition) -> tuple[Difference, ...]:
    """Every change from one version to the other, in the order of the definition."""
    return tuple(_of(before, after, ()))


def _of(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    if before == after:
        return
    if dataclasses.is_dataclass(before) and dataclasses.is_dataclass(after):
        for field in dataclasses.fields(after):
            yield from _of(getattr(before, field.name), getattr(after, field.name), (*path, field.name))
    elif _is_list(before) and _is_list(after) and (_is_known(before) or _is_known(after)):
        yield from _of_entries(before, after, path)
    elif _is_nothing(before):
        yield Difference(path, Change.ADDED, after=told(after))
    elif _is_nothing(after):
        yield Difference(path, Change.REMOVED, before=told(before))
    else:
        yield Difference(path, Change.CHANGED, told(before), told(after))


def _of_entries(before: Sequence[Any], after: Sequence[Any], path: tuple[str, ...]) -> Iterator[Difference]:
    old, new = ({_identity(entry): entry for entry in entries} for entries in (before, after))
    for name, entry in new.items():
        if name in old:
            yield from _of(old[name], entry, (*path, name))
        else:
            yield Difference((*path, name), Change.ADDED, after=told(entry))
    for name, entry in old.items():
        if name not in new:
            yield Difference((*path, name), Change.REMOVED, before=told(entry))
    kept_before, kept_after = [n for n in old if n in new], [n for n in new if n in old]
    if kept_before != kept_after:
        yield Difference(path, Change.MOVED, "、".join(kept_before), "、".join(kept_after))


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple)


def _is_known(entries: Sequence[Any]) -> bool:
    """Whether every entry can be told from the others."""
    names = [_identity(entry) for entry in entries]
    return bool(names) and all(names) and len(set(names)) == len(names)


def _identity(entry: Any) -> str:
    if not dataclasses.is_dataclass(entry):
        return ""
    return next((told(getattr(entry, name)) for name in IDENTITIES if getattr(entry, name, "")), "")


def _is_nothing(value: Any) -> bool:
    return value is None or value == "" or value == ()


def told(value: Any) -> str:
    """A part as a short text: what it is called and how many points it has, or its value."""
    if dataclasses.is_dataclass(value):
        if name := getattr(value, "name", ""):
            points = getattr(value, "points", None)
            return f"{name}（{plain(points)}）" if points is not None else str(name)
        parts = [getattr(value, field.name) for field in dataclasses.fields(value)]
        return " ".join(told(part) for part in parts if not _is_nothing(part) and part is not False)
    if isinstance(value, tuple):
        return "、".join(told(entry) for entry in value)
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)
