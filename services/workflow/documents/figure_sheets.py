"""The workbook of a scoring body's figures: a row for each unit and figure, read with every fault by row and column."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from services.workflow.documents.cells import Table
from services.workflow.documents.sheet_rows import RowReader, filled_rows
from services.workflow.documents.writing import written
from services.workflow.domain.faults import Fault, in_order
from services.workflow.domain.standard import FigureKind
from services.workflow.wording.figures import COLUMNS

WANTED = ("unit", "criterion", "measure", "value", "numerator", "denominator", "source")
PARTS = ("value", "numerator", "denominator")
WIDTHS = {"unit_name": 20, "name": 30, "figure": 30, "source": 30}
SOURCE_MOST = 200
Target = tuple[str, str, str]  # unit, criterion, measure


@dataclass(frozen=True)
class Asked:
    """A figure that is asked for, with what is kept of it."""

    target: Target
    unit_name: str
    criterion_name: str
    figure_name: str
    kind: FigureKind
    kept: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
    source: str = ""
    on: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One filled row."""

    number: int
    target: Target
    parts: dict[str, str]
    source: str
    on: str


def figure_workbook(asked: Sequence[Asked]) -> bytes:
    """An XLSX with a row for each figure, those that are known filled in."""
    rows = [
        (
            *(one.target[0], one.unit_name, one.target[1], one.criterion_name, one.target[2]),
            *(one.figure_name, *("" if part is None else part for part in one.kept), one.source, one.on),
        )
        for one in asked
    ]
    return written(gettext("Figures"), COLUMNS, rows, {}, WIDTHS)


def figures_in(table: Table, asked: Sequence[Asked]) -> tuple[tuple[FigureRow, ...], tuple[Fault, ...]]:
    """The rows with a figure in them, and every fault. Refused: workbook.no_header."""
    known = {one.target: one for one in asked}
    units = {one.target[0] for one in asked}
    rows, faults, first = [], [], dict[Target, int]()
    for number, texts in filled_rows(table, COLUMNS, WANTED):
        reader = RowReader(number, texts)
        if not any(reader.cell(part) for part in PARTS):
            continue
        row = _row(reader, known, units)
        if row.target in first:
            given = " ".join(row.target)
            reader.fault("measure", "workbook.duplicate", given=given, first=first[row.target])
        first.setdefault(row.target, number)
        faults += reader.faults
        rows += [] if reader.faults else [row]
    return tuple(rows), in_order(faults)


def _row(reader: RowReader, known: dict[Target, Asked], units: set[str]) -> FigureRow:
    target = (reader.code("unit"), reader.code("criterion"), reader.code("measure"))
    one = known.get(target)
    if target[0] not in units:
        reader.fault("unit", "workbook.unknown_value", given=target[0], known=", ".join(sorted(units)[:20]))
    elif one is None:
        own = sorted({f"{c} {m}" for unit, c, m in known if unit == target[0]})
        reader.fault(
            "measure", "workbook.unknown_value", given=" ".join(target[1:]), known=", ".join(own[:20])
        )
    wanted = ("value",) if one is None or one.kind is not FigureKind.RATIO else ("numerator", "denominator")
    numbers = {part: reader.number_in(part, required=one is not None) for part in wanted}
    source = reader.short("source", SOURCE_MOST, required=True)
    parts = {part: str(number) for part, number in numbers.items() if number is not None}
    return FigureRow(reader.number, target, parts, source, reader.cell("on"))
