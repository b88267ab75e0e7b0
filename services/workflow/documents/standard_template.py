"""The workbook that a programme's gaps are filled in with: worded headings, choices as lists."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from services.workflow.documents.spreadsheets import cells_of
from services.workflow.documents.writing import written
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import RELATIVE_UNITS
from services.workflow.domain.stages import Mode, UnitKind
from services.workflow.domain.standard import Criterion, Indicator, Standard
from services.workflow.domain.standard_rows import StandardRow
from services.workflow.wording import standard as words

WIDTHS = {"indicator_name": 22, "name": 26, "requirement": 44, "evidence": 24, "rule": 26, "scorer": 22}


def standard_workbook(definition: Definition, rows: Sequence[StandardRow] = ()) -> bytes:
    """An XLSX with the rows given, or with the open lines and indicators to begin with."""
    title = gettext("Standard")
    return written(title, words.COLUMNS, _cells(definition, rows), _choices(definition), WIDTHS)


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
    return {
        "scorer": [
            *(f"{unit.code} {unit.name}" for unit in departments),
            *sorted(scoring & {*RELATIVE_UNITS}),
        ],
        "rule": _worded(words.RULES),
        "method": _worded(words.METHODS),
        "figure_kind": _worded(words.FIGURES),
        "bound": _worded(words.BOUNDS),
        "track": [f"{track.key} {track.name}" for track in definition.tracks if track.standard],
    }


def _legs(definition: Definition) -> Iterator[Leg]:
    yield from definition.legs
    for track in definition.tracks:
        yield from track.legs


def _worded(labels: Mapping[Any, Promise]) -> list[str]:
    return [f"{code.value} {label}" for code, label in labels.items() if isinstance(code, StrEnum)]
