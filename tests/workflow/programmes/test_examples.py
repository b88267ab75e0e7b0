"""The programmes that ship, with the workbooks beside them."""

from pathlib import Path

import pytest
from django.utils.translation import override

from services.workflow.documents.cells import first_sheet
from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.definition_file import read
from services.workflow.programmes.examples import FOLDER, WORKBOOK, example_rows

FILES = sorted(FOLDER.parent.glob("*/programme.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_shipped_programme_is_sound_and_named_as_its_folder(file: Path) -> None:
    assert read(file.read_text(encoding="utf-8")).code == file.parent.name


def test_the_example_workbook_fills_every_gap_of_document_000() -> None:
    sheet = standard_rows(WORKBOOK.read_bytes())

    definition = read((FOLDER / "programme.toml").read_text(encoding="utf-8"), sheet.rows)

    assert sheet.faults == ()
    assert definition.gaps == ()
    assert [str(indicator.points) for indicator in definition.indicators] == [
        "18",
        "16",
        "18",
        "16",
        "16",
        "16",
    ]
    assert len(definition.standard.criteria) == 30


def test_every_example_row_is_marked_as_one() -> None:
    rows = standard_rows(WORKBOOK.read_bytes()).rows

    assert len(rows) == 25
    assert all(row.criterion.example and "示例" in row.criterion.requirement for row in rows)


def test_the_example_workbook_is_what_its_rows_make() -> None:
    """Run python -m services.workflow.programmes.examples after changing the rows."""
    definition = read((FOLDER / "programme.toml").read_text(encoding="utf-8"))
    with override("zh-hans"):
        made = standard_workbook(definition, example_rows())

    assert first_sheet(WORKBOOK.read_bytes(), most_rows=99) == first_sheet(made, most_rows=99)
