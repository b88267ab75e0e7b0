"""Example rows (示例) for what the documents are cut off at or silent about, as demonstration and journeys import them.

Invented, marked as examples on every page, never a document's text. A line that a document names and gives no points
to keeps its words and gets points only. Writes the workbook beside each file:
python -m services.workflow.programmes.examples
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import django

from services.workflow.domain.definition_file import read
from services.workflow.domain.programme import Definition
from services.workflow.domain.standard import Criterion, Indicator, Method, Standard
from services.workflow.domain.standard_rows import StandardRow
from services.workflow.programmes.example_lines import LINES, Group

FOLDERS = Path(__file__).parent
WORKBOOK = "standard-example.xlsx"
FIRST_ROW = 3
REQUIREMENT = "示例：演示用条目，非来源文件原文。"


def definition_file(code: str) -> Definition:
    """A shipped programme as its file has it, gaps still open."""
    return read((FOLDERS / code / "programme.toml").read_text(encoding="utf-8"))


def example_rows(code: str) -> list[StandardRow]:
    """The rows for a programme's gaps in the order of the workbook."""
    definition = definition_file(code)
    standards = {"": definition.standard} | {t.key: t.standard for t in definition.tracks if t.standard}
    rows = [row for group in LINES[code] for row in _rows(group, standards[group.track])]
    return [replace(row, row=number) for number, row in enumerate(rows, start=FIRST_ROW)]


def _rows(group: Group, standard: Standard) -> Iterator[StandardRow]:
    indicator = next(one for one in standard.indicators if one.code == group.indicator)
    name = indicator.name or group.name
    for criterion in _criteria(group, indicator):
        yield StandardRow(0, indicator.code, name, Decimal(group.points), criterion, group.track)


def _criteria(group: Group, indicator: Indicator) -> Iterator[Criterion]:
    named = [line for line in indicator.criteria if line.is_open]
    for line, points in zip(named, group.named_points, strict=True):
        yield replace(line, points=Decimal(points), example=True)
    for n, (name, points, method) in enumerate(group.lines, start=len(named) + 1):
        code = f"{indicator.code}.{n}"
        yield Criterion(
            code,
            name,
            Decimal(points),
            group.scorer,
            method=Method(method),
            requirement=REQUIREMENT,
            evidence=_evidence(group, code),
            example=True,
        )


def _evidence(group: Group, code: str) -> tuple[str, ...]:
    return tuple(name for of, name in group.evidence if of == code)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "services.settings")
    django.setup()
    from services.workflow.documents.standard_template import standard_workbook  # app ready

    for code in LINES:
        content = standard_workbook(definition_file(code), example_rows(code))
        (FOLDERS / code / WORKBOOK).write_bytes(content)


if __name__ == "__main__":
    main()
