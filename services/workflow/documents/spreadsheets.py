"""The workbook that fills the gaps of a standard: read with every fault by row and column.

A cell that may say several things has one a line: evidence, tiers ("60 = 8"), and the figures of a criterion, whose
kinds, bounds, thresholds and units stand on the same line of their own cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.workflow.documents.cells import Table
from services.workflow.documents.sheet_rows import RowReader, filled_rows, table_of
from services.workflow.domain.faults import Fault, in_order
from services.workflow.domain.scoring import plain
from services.workflow.domain.standard import (
    WORD_LIMIT,
    Bound,
    Criterion,
    FigureKind,
    Measure,
    Method,
    RuleKind,
    Tier,
)
from services.workflow.domain.standard_rows import StandardRow

COLUMNS = (
    *("indicator", "indicator_name", "indicator_points", "criterion", "name", "points", "scorer", "rule"),
    *("method", "requirement", "evidence", "word_limit", "figure", "figure_kind", "bound", "needed", "unit"),
    *("per_miss", "bars_commendation", "mark", "tiers", "categories", "due_on", "programme", "track"),
)
WANTED = ("indicator", "indicator_name", "indicator_points", "criterion", "name", "points", "scorer")
FIGURE_COLUMNS = ("figure_kind", "bound", "needed", "unit")
EXAMPLE = "示例"


@dataclass(frozen=True)
class StandardSheet:
    """What a workbook holds: the rows that could be read, and every fault of the others."""

    rows: tuple[StandardRow, ...]
    faults: tuple[Fault, ...] = ()


def standard_rows(content: bytes) -> StandardSheet:
    """The criteria on a workbook's first sheet.

    Refused: workbook.unreadable, workbook.too_large, workbook.too_many_rows, workbook.no_header.
    """
    return rows_in(table_of(content))


def rows_in(table: Table) -> StandardSheet:
    """The criteria in a table of cells; empty rows are passed over. Refused: workbook.no_header."""
    rows, faults = [], []
    for number, texts in filled_rows(table, COLUMNS, WANTED):
        reader = _CriterionReader(number, texts)
        row = reader.row()
        faults.extend(reader.faults)
        rows.extend([] if reader.faults else [row])
    return StandardSheet(tuple(rows), in_order(faults))


class _CriterionReader(RowReader):
    """Reads one row as a criterion."""

    def row(self) -> StandardRow:
        points = self.number_in("indicator_points", required=True)
        return StandardRow(
            self.number,
            self.required("indicator"),
            self.required("indicator_name"),
            points or Decimal(0),
            self._criterion(),
            self.code("track"),
        )

    def _criterion(self) -> Criterion:
        self.required("scorer")
        return Criterion(
            code=self.required("criterion"),
            name=self.required("name"),
            points=self.number_in("points", required=True) or Decimal(0),
            scorer=self.code("scorer"),
            rule=self.choice("rule", RuleKind, RuleKind.JUDGED),
            per_miss=self.number_in("per_miss"),
            tiers=tuple(self._tiers()),
            measures=tuple(self._measures()),
            method=self.choice("method", Method, Method.PAPERS),
            requirement=self.cell("requirement"),
            evidence=tuple(line.strip() for line in self.cell("evidence").splitlines() if line.strip()),
            word_limit=self.whole("word_limit", WORD_LIMIT),
            bars_commendation=self.yes("bars_commendation"),
            categories=tuple(self.cell("categories").replace(",", " ").replace("、", " ").split()),
            programme=self.code("programme"),
            due_on=self.cell("due_on"),
            example=self.cell("mark") == EXAMPLE,
        )

    def _tiers(self) -> Iterator[Tier]:
        for line in filter(None, map(str.strip, self.cell("tiers").splitlines())):
            reached, _, points = line.replace("＝", "=").partition("=")
            parts = [self.decimal("tiers", part.strip()) for part in (reached, points)]
            if parts[0] is not None and parts[1] is not None:
                yield Tier(parts[0], parts[1])

    def _measures(self) -> Iterator[Measure]:
        names = [line.strip() for line in self.cell("figure").splitlines()]
        if not names:
            if self.cell("needed"):
                self.fault("figure", "workbook.missing_value")
            return
        for n, name in enumerate(names):
            kind, bound, needed, unit = (self._line(key, n) for key in FIGURE_COLUMNS)
            yield Measure(
                f"figure{n + 1}" if n else "figure",
                name,
                self.chosen("figure_kind", kind or FigureKind.VALUE, FigureKind, FigureKind.VALUE),
                unit,
                self.decimal("needed", needed) if needed else None,
                self.chosen("bound", bound or Bound.AT_LEAST, Bound, Bound.AT_LEAST),
            )

    def _line(self, key: str, n: int) -> str:
        """What a cell says of figure number `n`; of a choice its code."""
        lines = self.cell(key).splitlines()
        text = lines[n].strip() if n < len(lines) else ""
        return (text.split() or [""])[0] if key in {"figure_kind", "bound"} else text


def cells_of(row: StandardRow) -> Sequence[object]:
    """A row as the cells of a workbook, in the order of COLUMNS; points that are open stay empty."""
    criterion = row.criterion
    return (
        *(row.indicator, row.indicator_name, row.indicator_points or "", criterion.code, criterion.name),
        *("" if criterion.is_open else criterion.points, criterion.scorer, criterion.rule.value),
        *(criterion.method.value, criterion.requirement, "\n".join(criterion.evidence), criterion.word_limit),
        *_figure_cells(criterion.measures),
        criterion.per_miss,
        "是" if criterion.bars_commendation else "",
        EXAMPLE if criterion.example else "",
        "\n".join(f"{plain(tier.reached_at)} = {plain(tier.points)}" for tier in criterion.tiers),
        *(" ".join(criterion.categories), criterion.due_on, criterion.programme, row.track),
    )


def _figure_cells(measures: Sequence[Measure]) -> tuple[object, ...]:
    """One figure as it is, a number as a number; several of them one a line."""
    if len(measures) == 1:
        (one,) = measures
        return one.name, one.kind.value, one.bound.value, one.needed, one.unit
    lines = [
        (one.name, one.kind.value, one.bound.value, "" if one.needed is None else plain(one.needed), one.unit)
        for one in measures
    ]
    return tuple("\n".join(column) for column in zip(*lines, strict=True)) or ("",) * 5
