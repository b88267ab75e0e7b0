"""Faults in a programme file or its workbook: each with its place, so that all can be put right at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

KeyPath = tuple[str | int, ...]


class Place(StrEnum):
    FILE = "file"
    WORKBOOK = "workbook"


@dataclass(frozen=True)
class KeyFault:
    """A fault where the key is known and the line is not yet.

    `grounds` are the other keys it was concluded from, such as the terms of a sum.
    """

    path: KeyPath
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    grounds: tuple[KeyPath, ...] = ()


@dataclass(frozen=True)
class Fault:
    """One fault. `line` is that of the file, or the row of the workbook; None where there is neither."""

    line: int | None
    key: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    place: Place = Place.FILE


def key_text(path: KeyPath) -> str:
    """A path for people; entries of a list are counted from 1: legs[2].body.unit."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those of the file first, then those of the workbook, each by line; the rest before."""
    return tuple(sorted(faults, key=lambda fault: (fault.place, fault.line or 0, fault.key, fault.code)))
