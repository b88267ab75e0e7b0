"""Rows under a row of codes, and cells read with every fault kept."""

import pytest

from services.workflow.documents.sheet_rows import RowReader, columns_of, filled_rows, table_of
from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.refused import Refused
from tests.workflow.documents.workbooks import workbook

KNOWN = ("code", "name", "parent")


def test_rows_are_found_under_the_codes_and_numbered_as_the_spreadsheet_does() -> None:
    table = [["编码", "名称"], ["code", "name", "备注"], ["a", " 甲 ", "x"], ["", ""], ["b"]]

    assert list(filled_rows(table, KNOWN, ("code", "name"))) == [
        (3, {"code": "a", "name": "甲"}),
        (5, {"code": "b"}),
    ]
    assert columns_of(table, KNOWN, ("code",)) == (1, {"code": 0, "name": 1})


def test_a_table_without_the_codes_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        list(filled_rows([["编码", "名称"]], KNOWN, ("code", "name")))

    assert (refused.value.code, refused.value.params) == ("workbook.no_header", {"wanted": "code, name"})


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        table_of(b"code,name")

    assert refused.value.code == "workbook.unreadable"
    assert table_of(workbook(["code"], ["a"])) == [["code"], ["a"]]


def test_a_reader_keeps_every_fault_of_its_row() -> None:
    reader = RowReader(7, {"name": "很长的名称", "parent": "songxi 松溪街道"})

    assert reader.code("parent") == "songxi"
    assert reader.required("code") == ""
    assert reader.short("name", 3) == "很长的名称"
    assert reader.faults == [
        Fault(7, "code", "workbook.missing_value", {}, Place.WORKBOOK),
        Fault(7, "name", "workbook.too_long", {"limit": 3, "length": 5}, Place.WORKBOOK),
    ]
