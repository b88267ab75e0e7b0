"""Units out of a workbook: what one row says, what speaks against it, and in which order they are made."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.stages import UnitKind

UNIT_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# Where a kind may stand; what is not named here may stand anywhere.
ABOVE: dict[UnitKind, frozenset[str]] = {
    UnitKind.CITY: frozenset({""}),
    UnitKind.DISTRICT: frozenset({"", str(UnitKind.CITY)}),
    UnitKind.TOWN: frozenset({str(UnitKind.DISTRICT)}),
    UnitKind.COMMUNITY: frozenset({str(UnitKind.TOWN)}),
}


@dataclass(frozen=True)
class UnitRow:
    """One unit; `row` is counted as the spreadsheet does."""

    row: int
    code: str
    name: str
    kind: UnitKind
    parent: str = ""
    category: str = ""


@dataclass(frozen=True)
class KnownUnit:
    """What is kept of a unit already."""

    kind: str
    parent: str = ""


def unit_faults(
    rows: Sequence[UnitRow], known: Mapping[str, KnownUnit], *, unread: Collection[str] = ()
) -> tuple[Fault, ...]:
    """Everything that speaks against making or changing these units; `unread` are codes of rows with faults of
    their own, which count as known.
    """
    first = {row.code: row.row for row in reversed(rows)}
    kinds = {code: unit.kind for code, unit in known.items()} | {row.code: str(row.kind) for row in rows}
    parents = {code: unit.parent for code, unit in known.items()} | {row.code: row.parent for row in rows}
    faults: list[Fault] = []
    for row in rows:
        if row.code not in known and not UNIT_CODE.fullmatch(row.code):
            faults.append(_fault(row, "code", "workbook.bad_code", given=row.code[:40]))
        if first[row.code] != row.row:
            faults.append(_fault(row, "code", "workbook.duplicate", given=row.code, first=first[row.code]))
        if row.code in known and known[row.code].kind != row.kind:
            faults.append(_fault(row, "kind", "workbook.kind_fixed", given=known[row.code].kind))
        if row.parent and row.parent not in kinds and row.parent not in unread:
            faults.append(_fault(row, "parent", "workbook.unknown_unit", given=row.parent[:40]))
        elif row.parent not in unread:
            faults.extend(_place_fault(row, kinds.get(row.parent, "")))
        if _in_circle(row.code, parents):
            faults.append(_fault(row, "parent", "workbook.parents_in_circle", given=row.code))
    return tuple(faults)


def _place_fault(row: UnitRow, above: str) -> Iterator[Fault]:
    allowed = ABOVE.get(row.kind)
    if allowed is None and not above:
        yield _fault(row, "parent", "workbook.missing_value")
    elif allowed is not None and above not in allowed:
        kinds = ", ".join(sorted(filter(None, allowed))) or "-"
        yield _fault(row, "parent", "workbook.parent_kind", known=kinds)


def _in_circle(code: str, parents: Mapping[str, str]) -> bool:
    seen, at = {code}, parents.get(code, "")
    while at and at not in seen:
        seen.add(at)
        at = parents.get(at, "")
    return at == code


def from_the_top(rows: Sequence[UnitRow]) -> Iterator[tuple[UnitRow, ...]]:
    """The rows in layers: whatever a unit stands under comes in a layer before it. They stand in no circle."""
    left = {row.code: row for row in rows}
    while left:
        layer = tuple(row for row in left.values() if row.parent not in left)
        assert layer
        yield layer
        for row in layer:
            del left[row.code]


def _fault(row: UnitRow, key: str, code: str, **params: object) -> Fault:
    return Fault(row.row, key, code, params, Place.WORKBOOK)
