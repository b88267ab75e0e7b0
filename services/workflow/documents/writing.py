"""Workbooks as we write them: worded headings over the column codes, choices as lists, faulty cells marked."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext

from services.workflow.documents.cells import Table
from services.workflow.documents.sheet_rows import HEADER_WITHIN, MOST_ROWS
from services.workflow.domain.faults import Fault, Place
from services.workflow.wording.faults import fault_sentence

# A fixed moment, so that the same content makes the same file.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
HEAD_ROWS = 2
WIDTH, WIDE = 12, 28
LONGEST_LIST = 255  # Excel takes no longer list of choices
MARKED = "#F9D4D1"
COMMENTED_ROWS = 300  # a comment takes ten times a cell; the last column tells of every row


def written(
    title: str,
    columns: Mapping[str, Promise],
    rows: Iterable[Sequence[object]],
    choices: Mapping[str, Sequence[str]],
    widths: Mapping[str, int] | None = None,
) -> bytes:
    """An XLSX with one sheet: headings, codes, rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": MADE})
        sheet = book.add_worksheet(title[:31])
        _head(book, sheet, columns, widths or {})
        _body(book, sheet, rows)
        for at, column in enumerate(columns):
            entries = choices.get(column, ())
            if entries and len(",".join(entries)) <= LONGEST_LIST:
                cells = (HEAD_ROWS, at, HEAD_ROWS + MOST_ROWS - 1, at)
                sheet.data_validation(*cells, {"validate": "list", "source": list(entries)})
    return target.getvalue()


def _head(book: Any, sheet: Any, columns: Mapping[str, Promise], widths: Mapping[str, int]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#EAF1F8", "border": 1, "text_wrap": True})
    codes = book.add_format({"font_color": "#55636F", "font_size": 9, "border": 1})
    sheet.freeze_panes(HEAD_ROWS, 0)
    for at, (column, label) in enumerate(columns.items()):
        sheet.set_column(at, at, widths.get(column, WIDE if column == "name" else WIDTH))
        sheet.write_string(0, at, str(label), head)
        sheet.write_string(1, at, column, codes)


def _body(book: Any, sheet: Any, rows: Iterable[Sequence[object]]) -> None:
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    number = book.add_format({"valign": "top", "border": 1, "num_format": "0.00"})
    for at, row in enumerate(rows, start=HEAD_ROWS):
        for column, value in enumerate(row):
            if isinstance(value, int | Decimal):
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_string(at, column, str(value or ""), text)


def returned(table: Table, faults: Sequence[Fault]) -> bytes:
    """The same cells as they were sent, every faulty one marked with what is wrong, and a last column that lists it.

    Corrected there, the workbook can be sent again: the added column has no code and is passed over.
    """
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        if fault.place is Place.WORKBOOK and fault.line is not None:
            found.setdefault(fault.line - 1, []).append(fault)
    head = _codes_row(table, {fault.key for fault in faults})
    width = max((len(row) for row in table), default=0)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": gettext("Returned for correction"), "created": MADE})
        sheet = book.add_worksheet(gettext("Returned for correction"))
        mark = book.add_format({"bg_color": MARKED, "border": 1, "text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        sheet.set_column(0, max(0, width - 1), WIDTH + 4)
        sheet.set_column(width, width, WIDE * 2)
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
        sheet.write_string(max(0, head - 1), width, gettext("What is wrong"), bold)
        for at, those in found.items():
            _mark(sheet, at, those, table, head, mark)
            sheet.write_string(at, width, "\n".join(_told(fault) for fault in those), mark)
    return target.getvalue()


def _mark(sheet: Any, at: int, faults: Sequence[Fault], table: Table, head: int, mark: Any) -> None:
    cells = table[at] if at < len(table) else []
    codes = table[head] if table else []
    for fault in faults:
        if fault.key in codes:
            column = codes.index(fault.key)
            sheet.write_string(at, column, cells[column] if column < len(cells) else "", mark)
            if at < COMMENTED_ROWS:
                sheet.write_comment(at, column, fault_sentence(fault))


def _told(fault: Fault) -> str:
    return f"{fault.key}: {fault_sentence(fault)}"


def _codes_row(table: Table, keys: set[str]) -> int:
    """The row of column codes, counted from 0: the one that most of the keys stand in."""
    rows = range(min(HEADER_WITHIN, len(table)))
    return max(rows, key=lambda at: len(keys & set(table[at])), default=0)
