"""Workbooks of units and of people: read with every fault by row and column, and written as template or export."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from services.workflow.documents.cells import Table
from services.workflow.documents.sheet_rows import RowReader, filled_rows
from services.workflow.documents.writing import written
from services.workflow.domain.faults import Fault, in_order
from services.workflow.domain.person_rows import PersonRow, person_faults
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.unit_rows import UnitRow, unit_faults
from services.workflow.queries.registered import known_units, offices_held
from services.workflow.wording import registers as words

UNIT_COLUMNS = ("code", "name", "kind", "parent", "category")
UNITS_WANTED = UNIT_COLUMNS[:4]
PERSON_COLUMNS = ("username", "name", "unit", "role", "ended")
PEOPLE_WANTED = PERSON_COLUMNS[:4]
NAME_MOST, CATEGORY_MOST, PERSON_NAME_MOST = 80, 20, 60

Row = TypeVar("Row", UnitRow, PersonRow)


@dataclass(frozen=True)
class RegisterSheet(Generic[Row]):
    """The rows that could be read, the faults of the others, and what those others are called."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    unread: frozenset[str] = frozenset()


def units_in(table: Table) -> RegisterSheet[UnitRow]:
    """The units in a table of cells. Refused: workbook.no_header."""
    rows, faults, unread = [], [], set()
    for number, texts in filled_rows(table, UNIT_COLUMNS, UNITS_WANTED):
        reader = RowReader(number, texts)
        row = UnitRow(
            number,
            reader.required("code"),
            reader.short("name", NAME_MOST, required=True),
            reader.choice("kind", UnitKind, UnitKind.COMMUNITY) if reader.required("kind") else UnitKind.CITY,
            reader.code("parent"),
            reader.short("category", CATEGORY_MOST),
        )
        faults += reader.faults
        rows += [] if reader.faults else [row]
        unread |= {row.code} if reader.faults else set()
    return RegisterSheet(tuple(rows), in_order(faults), frozenset(unread))


def people_in(table: Table) -> RegisterSheet[PersonRow]:
    """The people and offices in a table of cells. Refused: workbook.no_header."""
    rows, faults, unread = [], [], set()
    for number, texts in filled_rows(table, PERSON_COLUMNS, PEOPLE_WANTED):
        reader = RowReader(number, texts)
        row = PersonRow(
            number,
            reader.required("username"),
            reader.short("name", PERSON_NAME_MOST, required=True),
            reader.code("unit"),
            reader.choice("role", Role, Role.DECLARANT) if reader.cell("role") else None,
            reader.yes("ended"),
        )
        faults += reader.faults
        rows += [] if reader.faults else [row]
        unread |= {row.username} if reader.faults else set()
    return RegisterSheet(tuple(rows), in_order(faults), frozenset(unread))


def units_of(table: Table) -> tuple[UnitRow, ...]:
    """The units of a table without a fault. Refused: workbook.no_header; workbook.faulty with every fault at once,
    those that only the units kept already show among them.
    """
    sheet = units_in(table)
    if sheet.faults:
        _refuse(sheet.faults, unit_faults(sheet.rows, known_units(), unread=sheet.unread))
    return sheet.rows


def people_of(table: Table) -> tuple[PersonRow, ...]:
    """The people and offices of a table without a fault. Refused as `units_of` does."""
    sheet = people_in(table)
    if sheet.faults:
        _refuse(sheet.faults, person_faults(sheet.rows, known_units().keys(), offices_held()))
    return sheet.rows


def _refuse(*faults: tuple[Fault, ...]) -> None:
    raise Refused("workbook.faulty", faults=in_order(chain(*faults)))


def units_workbook(rows: Sequence[UnitRow]) -> bytes:
    """An XLSX of units; without rows the empty template."""
    names = {row.code: row.name for row in rows}
    cells = [
        (
            row.code,
            row.name,
            _worded(row.kind, words.UNIT_KINDS[row.kind]),
            _named(row.parent, names),
            row.category,
        )
        for row in rows
    ]
    kinds = [_worded(kind, label) for kind, label in words.UNIT_KINDS.items()]
    return written(str(words.UNITS), words.UNIT_COLUMNS, cells, {"kind": kinds})


def people_workbook(rows: Sequence[PersonRow]) -> bytes:
    """An XLSX of people and offices; without rows the empty template. It holds no password."""
    cells = [
        (row.username, row.name, row.unit, _worded(row.role, words.ROLES[row.role]) if row.role else "", "")
        for row in rows
    ]
    choices = {"role": [_worded(role, label) for role, label in words.ROLES.items()], "ended": ["是", "否"]}
    return written(str(words.PEOPLE), words.PERSON_COLUMNS, cells, choices)


def _worded(code: str, label: object) -> str:
    return f"{code} {label}"


def _named(code: str, names: dict[str, str]) -> str:
    """A unit's code with the name it goes by, so that people can read it; the reader takes the code."""
    return f"{code} {names[code]}" if code in names else code
