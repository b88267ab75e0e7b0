"""The workbook that a programme's gaps are filled in with: worded headings, choices as lists."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext

from services.workflow.documents.sheet_rows import MOST_ROWS
from services.workflow.documents.spreadsheets import COLUMNS, cells_of
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.stages import Mode, UnitKind
from services.workflow.domain.standard import Criterion, Indicator, Standard
from services.workflow.domain.standard_rows import StandardRow
from services.workflow.wording import standard as words

# A fixed moment, so that the same content makes the same file.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
WIDTHS = {"indicator_name": 22, "name": 26, "requirement": 44, "evidence": 24, "rule": 26, "scorer": 22}
HEAD_ROWS = 2
LONGEST_LIST = 255  # Excel takes no longer list of choices


def standard_workbook(definition: Definition, rows: Sequence[StandardRow] = ()) -> bytes:
    """An XLSX with the rows given, or with one row for each open indicator to begin with."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": definition.name, "created": MADE})
        _fill(book, definition, rows)
    return target.getvalue()


def _fill(book: Any, definition: Definition, rows: Sequence[StandardRow]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#EAF1F8", "border": 1, "text_wrap": True})
    codes = book.add_format({"font_color": "#55636F", "font_size": 9, "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    number = book.add_format({"valign": "top", "border": 1, "num_format": "0.00"})
    sheet = book.add_worksheet(gettext("Standard"))
    sheet.freeze_panes(HEAD_ROWS, 0)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, WIDTHS.get(column, 12))
        sheet.write_string(0, at, str(words.COLUMNS[column]), head)
        sheet.write_string(1, at, column, codes)
    for at, column in enumerate(COLUMNS):
        for number_of_row, cell in enumerate(_cells(definition, rows), start=HEAD_ROWS):
            value = cell[at]
            if isinstance(value, int | Decimal):
                sheet.write_number(number_of_row, at, value, number)
            else:
                sheet.write_string(number_of_row, at, str(value or ""), text)
        if choices := _choices(definition).get(column):
            cells = (HEAD_ROWS, at, HEAD_ROWS + MOST_ROWS - 1, at)
            sheet.data_validation(*cells, {"validate": "list", "source": choices})


def _cells(definition: Definition, rows: Sequence[StandardRow]) -> list[Sequence[object]]:
    return [cells_of(row) for row in rows or open_rows(definition)]


def open_rows(definition: Definition) -> list[StandardRow]:
    """A row for each line that the document leaves open, and one for each open indicator without such a line."""
    found = _open_in(definition.standard, "")
    for track in definition.tracks:
        if track.standard:
            found += _open_in(track.standard, track.key)
    return found


def _open_in(standard: Standard, track: str) -> list[StandardRow]:
    return [
        StandardRow(0, indicator.code, indicator.name, indicator.points or Decimal(0), line, track)
        for indicator in standard.indicators
        if indicator.gap
        for line in _lines(indicator)
    ]


def _lines(indicator: Indicator) -> list[Criterion]:
    return [line for line in indicator.criteria if line.is_open] or [Criterion("", "")]


def _choices(definition: Definition) -> dict[str, list[str]]:
    """Lists to choose from; each entry begins with the code that the reader takes."""
    scoring = {body.unit for leg in _legs(definition) if leg.mode is Mode.SCORING for body in leg.bodies}
    departments = [
        unit for unit in definition.units if unit.kind is UnitKind.DEPARTMENT or unit.code in scoring
    ]
    found = {
        "scorer": [f"{unit.code} {unit.name}" for unit in departments],
        "rule": _worded(words.RULES),
        "method": _worded(words.METHODS),
        "figure_kind": _worded(words.FIGURES),
        "bound": _worded(words.BOUNDS),
        "track": [f"{track.key} {track.name}" for track in definition.tracks if track.standard],
    }
    return {
        column: entries
        for column, entries in found.items()
        if entries and len(",".join(entries)) <= LONGEST_LIST
    }


def _legs(definition: Definition) -> Iterator[Leg]:
    yield from definition.legs
    for track in definition.tracks:
        yield from track.legs


def _worded(labels: Mapping[Any, Promise]) -> list[str]:
    return [f"{code.value} {label}" for code, label in labels.items() if isinstance(code, StrEnum)]
