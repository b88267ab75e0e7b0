"""The workbook that fills the gaps of a standard: read with every fault by row and column, and its empty
template.

One row carries the codes of the columns, whatever heading stands above it in whatever language. A cell with a
choice begins with the choice's code ("dep-civil 区民政局"), so that people read words and the reader needs no
language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from services.workflow.domain.faults import Fault, Place, in_order
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import FULL_WIDTH, PLAIN_DECIMAL
from services.workflow.domain.standard import (
    WORD_LIMIT,
    Bound,
    Criterion,
    FigureKind,
    Measure,
    Method,
    RuleKind,
)
from services.workflow.domain.standard_rows import StandardRow

COLUMNS = (
    *(
        "indicator",
        "indicator_name",
        "indicator_points",
        "criterion",
        "name",
        "points",
        "scorer",
        "rule",
        "method",
    ),
    *(
        "requirement",
        "evidence",
        "word_limit",
        "figure",
        "figure_kind",
        "bound",
        "needed",
        "unit",
        "per_miss",
    ),
    *("bars_commendation", "mark"),
)
WANTED = ("indicator", "indicator_name", "indicator_points", "criterion", "name", "points", "scorer")
EXAMPLE = "示例"
YES = {"1", "true", "yes", "y", "是"}
NO = {"", "0", "false", "no", "n", "否"}
MOST_ROWS = 5000
HEADER_WITHIN = 10

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class StandardSheet:
    """What a workbook holds: the rows that could be read, and every fault of the others."""

    rows: tuple[StandardRow, ...]
    faults: tuple[Fault, ...] = ()


def standard_rows(content: bytes) -> StandardSheet:
    """The criteria on a workbook's first sheet.

    Refused: workbook.unreadable, workbook.too_large, workbook.too_many_rows, workbook.no_header.
    """
    return rows_in(_table(content))


def rows_in(table: Table) -> StandardSheet:
    """The criteria in a table of cells; empty rows are passed over. Refused: workbook.no_header."""
    heads = [at for at, cells in enumerate(table[:HEADER_WITHIN]) if set(WANTED) <= set(cells)]
    if not heads:
        raise Refused("workbook.no_header", wanted=", ".join(WANTED))
    head = heads[0]
    places = {code: at for at, code in enumerate(table[head]) if code in COLUMNS}
    rows, faults = [], []
    for number, cells in enumerate(table[head + 1 :], start=head + 2):
        texts = {code: cells[at].strip() for code, at in places.items() if at < len(cells)}
        if any(texts.values()):
            reader = _RowReader(number, texts)
            row = reader.row()
            faults.extend(reader.faults)
            rows.extend([] if reader.faults else [row])
    return StandardSheet(tuple(rows), in_order(faults))


def _table(content: bytes) -> Table:
    try:
        return first_sheet(content, most_rows=MOST_ROWS + HEADER_WITHIN)
    except WorkbookTooLarge as error:
        raise Refused("workbook.too_large", limit=MOST_MB) from error
    except WorkbookTooLong as error:
        raise Refused("workbook.too_many_rows", limit=MOST_ROWS) from error
    except UnreadableWorkbook as error:
        raise Refused("workbook.unreadable") from error


class _RowReader:
    """Reads one row and gathers its faults."""

    def __init__(self, number: int, texts: Mapping[str, str]) -> None:
        self.number = number
        self.texts = texts
        self.faults: list[Fault] = []

    def row(self) -> StandardRow:
        points = self._number("indicator_points", required=True)
        return StandardRow(
            self.number,
            self._required("indicator"),
            self._required("indicator_name"),
            points or Decimal(0),
            self._criterion(),
        )

    def _criterion(self) -> Criterion:
        return Criterion(
            code=self._required("criterion"),
            name=self._required("name"),
            points=self._number("points", required=True) or Decimal(0),
            scorer=(self._required("scorer").split() or [""])[0],
            rule=self._choice("rule", RuleKind, RuleKind.JUDGED),
            per_miss=self._number("per_miss"),
            measures=tuple(self._measures()),
            method=self._choice("method", Method, Method.PAPERS),
            requirement=self._cell("requirement"),
            evidence=tuple(line.strip() for line in self._cell("evidence").splitlines() if line.strip()),
            word_limit=self._whole("word_limit", WORD_LIMIT),
            bars_commendation=self._yes("bars_commendation"),
            example=self._cell("mark") == EXAMPLE,
        )

    def _measures(self) -> Iterator[Measure]:
        name = self._cell("figure")
        needed = self._number("needed")
        if name:
            kind = self._choice("figure_kind", FigureKind, FigureKind.VALUE)
            bound = self._choice("bound", Bound, Bound.AT_LEAST)
            yield Measure("figure", name, kind, self._cell("unit"), needed, bound)
        elif needed is not None:
            self._fault("figure", "workbook.missing_value")

    def _cell(self, key: str) -> str:
        return self.texts.get(key, "")

    def _required(self, key: str) -> str:
        text = self._cell(key)
        if not text:
            self._fault(key, "workbook.missing_value")
        return text

    def _number(self, key: str, *, required: bool = False) -> Decimal | None:
        text = self._required(key) if required else self._cell(key)
        cleaned = text.translate(FULL_WIDTH)
        if not text:
            return None
        if not PLAIN_DECIMAL.fullmatch(cleaned):
            self._fault(key, "workbook.not_a_number", given=text[:40])
            return None
        return Decimal(cleaned)

    def _whole(self, key: str, default: int) -> int:
        text = self._cell(key).translate(FULL_WIDTH)
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            self._fault(key, "workbook.not_whole", given=text[:40])
            return default
        return int(text) if text else default

    def _choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        code = (self._cell(key).split() or [default.value])[0]
        known = {member.value: member for member in kind}
        if code not in known:
            self._fault(key, "workbook.unknown_value", given=code[:40], known=", ".join(known))
        return known.get(code, default)

    def _yes(self, key: str) -> bool:
        text = self._cell(key).lower()
        if text not in YES | NO:
            self._fault(key, "workbook.unknown_value", given=text[:40], known="是, 否")
        return text in YES

    def _fault(self, key: str, code: str, **params: object) -> None:
        self.faults.append(Fault(self.number, key, code, params, Place.WORKBOOK))


def cells_of(row: StandardRow) -> Sequence[object]:
    """A row as the cells of a workbook, in the order of COLUMNS."""
    criterion = row.criterion
    measure = criterion.measures[0] if criterion.measures else None
    figure: tuple[object, ...] = ("", "", "", "", "")
    if measure:
        figure = (measure.name, measure.kind.value, measure.bound.value, measure.needed, measure.unit)
    return (
        *(row.indicator, row.indicator_name, row.indicator_points, criterion.code, criterion.name),
        *(criterion.points, criterion.scorer, criterion.rule.value, criterion.method.value),
        *(criterion.requirement, "\n".join(criterion.evidence), criterion.word_limit, *figure),
        *(
            criterion.per_miss,
            "是" if criterion.bars_commendation else "",
            EXAMPLE if criterion.example else "",
        ),
    )
