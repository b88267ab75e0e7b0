"""Rows of a workbook that fill the gaps of a standard, and never what its source document gives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from services.workflow.domain.faults import Fault, KeyPath, Place
from services.workflow.domain.programme import Definition
from services.workflow.domain.standard import Criterion, Indicator


@dataclass(frozen=True)
class StandardRow:
    """One criterion of a workbook, with the indicator it belongs to. `row` is counted as the spreadsheet
    does.
    """

    row: int
    indicator: str
    indicator_name: str
    indicator_points: Decimal
    criterion: Criterion


def filled_in(
    definition: Definition, rows: Sequence[StandardRow]
) -> tuple[Definition, dict[KeyPath, int], tuple[Fault, ...]]:
    """The definition with its open indicators filled; the row behind each key; the faults of the rows.

    An indicator that no row fills stays a gap. Only an indicator marked as a gap takes rows.
    """
    faults: list[Fault] = []
    rows_at: dict[KeyPath, int] = {}
    indicators = []
    for i, indicator in enumerate(definition.indicators):
        own = [row for row in rows if row.indicator == indicator.code]
        if own and indicator.gap:
            faults.extend(_disagreements(own))
            begin = len(indicator.criteria)
            at: KeyPath = ("standard", "indicators", i)
            rows_at[at] = own[0].row
            rows_at.update({(*at, "criteria", begin + n): row.row for n, row in enumerate(own)})
            indicators.append(_filled(indicator, own))
        else:
            faults.extend(_row_fault(row, "indicator", "standard.not_a_gap") for row in own)
            indicators.append(indicator)
    known = {indicator.code for indicator in definition.indicators}
    strangers = [row for row in rows if row.indicator not in known]
    faults.extend(_row_fault(row, "indicator", "standard.unknown_indicator") for row in strangers)
    standard = replace(definition.standard, indicators=tuple(indicators))
    return replace(definition, standard=standard), rows_at, tuple(faults)


def _filled(indicator: Indicator, rows: Sequence[StandardRow]) -> Indicator:
    first = rows[0]
    return replace(
        indicator,
        name=first.indicator_name,
        points=first.indicator_points,
        criteria=(*indicator.criteria, *(row.criterion for row in rows)),
        gap=False,
        example=any(row.criterion.example for row in rows),
    )


def _disagreements(rows: Sequence[StandardRow]) -> list[Fault]:
    """Rows that call their indicator otherwise than its first row does."""
    first = rows[0]
    faults = []
    for row in rows[1:]:
        if row.indicator_name != first.indicator_name:
            faults.append(_row_fault(row, "indicator_name", "standard.rows_disagree"))
        if row.indicator_points != first.indicator_points:
            faults.append(_row_fault(row, "indicator_points", "standard.rows_disagree"))
    return faults


def _row_fault(row: StandardRow, key: str, code: str) -> Fault:
    return Fault(row.row, key, code, {"indicator": row.indicator}, Place.WORKBOOK)
