"""Rows of a filled-in workbook: found under the row of column codes, read cell by cell, every fault kept.

One row carries the codes of the columns, whatever heading stands above it in whatever language. A cell with a
choice begins with the choice's code ("dep-civil 区民政局"), so that people read words and the reader needs no
language.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from services.workflow.documents.cells import (
    MOST_MB,
    Table,
    UnreadableWorkbook,
    WorkbookTooLarge,
    WorkbookTooLong,
    first_sheet,
)
from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import FULL_WIDTH, PLAIN_DECIMAL

YES = {"1", "true", "yes", "y", "是"}
NO = {"", "0", "false", "no", "n", "否"}
MOST_ROWS = 5000
HEADER_WITHIN = 10

Choice = TypeVar("Choice", bound=StrEnum)


def table_of(content: bytes) -> Table:
    """The cells of a workbook's first sheet.

    Refused: workbook.unreadable, workbook.too_large, workbook.too_many_rows.
    """
    try:
        return first_sheet(content, most_rows=MOST_ROWS + HEADER_WITHIN)
    except WorkbookTooLarge as error:
        raise Refused("workbook.too_large", limit=MOST_MB) from error
    except WorkbookTooLong as error:
        raise Refused("workbook.too_many_rows", limit=MOST_ROWS) from error
    except UnreadableWorkbook as error:
        raise Refused("workbook.unreadable") from error


def columns_of(table: Table, known: Collection[str], wanted: Collection[str]) -> tuple[int, dict[str, int]]:
    """The row of column codes, counted from 0, and the place of each known one. Refused: workbook.no_header."""
    heads = [at for at, cells in enumerate(table[:HEADER_WITHIN]) if set(wanted) <= set(cells)]
    if not heads:
        raise Refused("workbook.no_header", wanted=", ".join(wanted))
    return heads[0], {code: at for at, code in enumerate(table[heads[0]]) if code in known}


def filled_rows(
    table: Table, known: Collection[str], wanted: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row below the codes that is not empty, by its number in the spreadsheet, as text by column code."""
    head, places = columns_of(table, known, wanted)
    for number, cells in enumerate(table[head + 1 :], start=head + 2):
        texts = {code: cells[at].strip() for code, at in places.items() if at < len(cells)}
        if any(texts.values()):
            yield number, texts


class RowReader:
    """Reads one row and gathers its faults."""

    def __init__(self, number: int, texts: Mapping[str, str]) -> None:
        self.number = number
        self.texts = texts
        self.faults: list[Fault] = []

    def cell(self, key: str) -> str:
        return self.texts.get(key, "")

    def code(self, key: str) -> str:
        """The code a cell begins with, whatever words follow it."""
        return (self.cell(key).split() or [""])[0]

    def required(self, key: str) -> str:
        text = self.cell(key)
        if not text:
            self.fault(key, "workbook.missing_value")
        return text

    def short(self, key: str, most: int, *, required: bool = False) -> str:
        """A text of at most so many characters."""
        text = self.required(key) if required else self.cell(key)
        if len(text) > most:
            self.fault(key, "workbook.too_long", limit=most, length=len(text))
        return text

    def number_in(self, key: str, *, required: bool = False) -> Decimal | None:
        text = self.required(key) if required else self.cell(key)
        return self.decimal(key, text) if text else None

    def decimal(self, key: str, text: str) -> Decimal | None:
        cleaned = text.translate(FULL_WIDTH)
        if not PLAIN_DECIMAL.fullmatch(cleaned):
            self.fault(key, "workbook.not_a_number", given=text[:40])
            return None
        return Decimal(cleaned)

    def whole(self, key: str, default: int) -> int:
        text = self.cell(key).translate(FULL_WIDTH)
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            self.fault(key, "workbook.not_whole", given=text[:40])
            return default
        return int(text) if text else default

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        return self.chosen(key, self.code(key) or default.value, kind, default)

    def chosen(self, key: str, code: str, kind: type[Choice], default: Choice) -> Choice:
        known = {member.value: member for member in kind}
        if code not in known:
            self.fault(key, "workbook.unknown_value", given=code[:40], known=", ".join(known))
        return known.get(code, default)

    def yes(self, key: str) -> bool:
        text = self.cell(key).lower()
        if text not in YES | NO:
            self.fault(key, "workbook.unknown_value", given=text[:40], known="是, 否")
        return text in YES

    def fault(self, key: str, code: str, **params: object) -> None:
        self.faults.append(Fault(self.number, key, code, params, Place.WORKBOOK))
