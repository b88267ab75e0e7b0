"""A workbook that comes back with its faulty cells marked."""

import io
import zipfile

from django.utils.translation import override

from services.workflow.documents.sheet_rows import table_of
from services.workflow.documents.writing import MARKED, returned
from services.workflow.domain.faults import Fault, Place

TABLE = [["编码", "名称"], ["code", "name"], ["a", "甲"], ["B", ""]]
FAULTS = (
    Fault(4, "code", "workbook.bad_code", {"given": "B"}, Place.WORKBOOK),
    Fault(4, "name", "workbook.missing_value", {}, Place.WORKBOOK),
)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_cells_come_back_as_they_were_with_a_column_of_what_is_wrong() -> None:
    with override("zh-hans"):
        table = table_of(returned(TABLE, FAULTS))

    assert [row[:2] for row in table] == TABLE
    assert [row[2] for row in table[:3]] == ["问题", "", ""]
    assert table[3][2].splitlines() == [
        "code: “B”不是有效代码：须以小写字母或数字开头，由小写字母、数字、连字符组成，最多 40 个字符。",
        "name: 单元格不能为空。",
    ]


def test_each_faulty_cell_is_marked_and_says_why() -> None:
    with override("zh-hans"):
        content = returned(TABLE, FAULTS)

    sheet = part(content, "xl/worksheets/sheet1.xml")
    comments = part(content, "xl/comments1.xml")
    assert MARKED.strip("#") in part(content, "xl/styles.xml")
    assert [cell in sheet for cell in ('r="A4" s="', 'r="B4" s="', 'r="A3" s="')] == [True, True, False]
    assert ['ref="A4"' in comments, 'ref="B4"' in comments, comments.count("<comment ")] == [True, True, 2]


def test_an_empty_table_comes_back_empty() -> None:
    assert table_of(returned([], ())) == [[returned_heading()]]


def returned_heading() -> str:
    with override("zh-hans"):
        return table_of(returned(TABLE, ()))[0][2]
