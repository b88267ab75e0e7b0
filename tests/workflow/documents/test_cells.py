"""Reading cells, and surviving workbooks that nobody filled in by hand."""

import io
import zipfile

import pytest

from services.workflow.documents.cells import (
    UnreadableWorkbook,
    WorkbookTooLarge,
    WorkbookTooLong,
    first_sheet,
)
from tests.workflow.documents.workbooks import with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"


def test_cells_come_as_people_see_them_and_rows_from_the_first() -> None:
    content = workbook([], ["项号", 2, 2.5, True], [" 示例 ", 0.1])

    assert first_sheet(content, most_rows=9) == [
        ["", "", "", ""],
        ["项号", "2", "2.5", "True"],
        ["示例", "0.1", "", ""],
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"[programme]\ncode = 1", workbook(["a"])[:-200]])
def test_what_is_no_workbook_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableWorkbook):
        first_sheet(content, most_rows=9)


def test_an_archive_of_something_else_is_unreadable() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "not a workbook")

    with pytest.raises(UnreadableWorkbook):
        first_sheet(target.getvalue(), most_rows=9)


def test_a_cell_far_outside_ends_the_reader_and_not_this_process() -> None:
    far = with_part(workbook(["a"], ["b"]), SHEET, b'r="A2"', b'r="XFD1048576"')

    with pytest.raises(UnreadableWorkbook):
        first_sheet(far, most_rows=9)


def test_too_many_rows_are_refused() -> None:
    content = workbook(*[["a"]] * 10)

    assert len(first_sheet(content, most_rows=10)) == 10
    with pytest.raises(WorkbookTooLong):
        first_sheet(content, most_rows=9)


def test_too_many_bytes_are_refused_packed_and_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, b" " * (51 * 1024 * 1024))

    assert len(target.getvalue()) < 100_000
    for content in (target.getvalue(), b"PK" + b"0" * (5 * 1024 * 1024)):
        with pytest.raises(WorkbookTooLarge):
            first_sheet(content, most_rows=9)
