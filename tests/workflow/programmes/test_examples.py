"""The programmes that ship, with the workbooks beside them."""

from pathlib import Path

import pytest
from django.utils.translation import override

from services.workflow.documents.cells import first_sheet
from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.definition_file import read
from services.workflow.domain.resolving import resolved
from services.workflow.programmes.example_lines import LINES
from services.workflow.programmes.examples import FOLDERS, WORKBOOK, definition_file, example_rows

FILES = sorted(FOLDERS.glob("*/programme.toml"))
OPEN = {
    "wenming-000": ("2", "3", "4", "5", "6"),
    "wenming-001": (),
    "hexie-002": ("1", "2", "3", "town/1", "department/1", "working-group/1", "party/1", "person/1"),
    "meili-003": ("1", "2", "3", "4", "5", "6"),
    "dangjian-004": (),
    "zuimei-005": (),
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_shipped_programme_is_sound_and_named_as_its_folder(file: Path) -> None:
    definition = read(file.read_text(encoding="utf-8"))

    assert definition.code == file.parent.name
    assert definition.gaps == OPEN[definition.code]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_what_carries_a_source_names_the_document_of_its_programme(file: Path) -> None:
    """The sixth programme is taken from no document and names none."""
    text = file.read_text(encoding="utf-8")
    sources = {
        line.partition("=")[2].strip(' "') for line in text.splitlines() if line.startswith("source =")
    }

    number = file.parent.name.rpartition("-")[2]
    assert sources == (set() if number == "005" else {number})


@pytest.mark.parametrize("code", LINES)
def test_the_example_workbook_fills_every_gap(code: str) -> None:
    sheet = standard_rows((FOLDERS / code / WORKBOOK).read_bytes())

    definition = read((FOLDERS / code / "programme.toml").read_text(encoding="utf-8"), sheet.rows)

    assert sheet.faults == ()
    assert definition.gaps == ()
    assert all(row.criterion.example for row in sheet.rows)


def test_the_reference_programme_is_filled_to_thirty_criteria_and_a_hundred_points() -> None:
    rows = example_rows("wenming-000")

    definition = read((FOLDERS / "wenming-000/programme.toml").read_text(encoding="utf-8"), rows)

    points = [str(indicator.points) for indicator in definition.indicators]
    assert points == ["18", "16", "18", "16", "16", "16"]
    assert len(definition.standard.criteria) == 30
    assert all("示例" in row.criterion.requirement for row in rows)


@pytest.mark.parametrize(("category", "lines"), [("old", {"3.1"}), ("new", {"3.2"})])
def test_an_old_and_a_new_community_are_measured_by_their_own_station(category: str, lines: set[str]) -> None:
    definition = read(
        (FOLDERS / "meili-003/programme.toml").read_text(encoding="utf-8"), example_rows("meili-003")
    )

    own = resolved(definition, kind="community", category=category)

    assert {"3.1", "3.2"} & own.standard.by_code.keys() == lines
    assert sum(criterion.points for criterion in own.standard.criteria) == own.standard.total == 100


@pytest.mark.parametrize("code", LINES)
def test_the_example_workbook_is_what_its_rows_make(code: str) -> None:
    """Run python -m services.workflow.programmes.examples after changing the rows."""
    with override("zh-hans"):
        made = standard_workbook(definition_file(code), example_rows(code))

    kept = (FOLDERS / code / WORKBOOK).read_bytes()
    assert first_sheet(kept, most_rows=99) == first_sheet(made, most_rows=99)
