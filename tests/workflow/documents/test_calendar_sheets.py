"""A year's days as workbook and CSV: what is written is read again, what cannot be read is said by its row."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.documents.calendar_sheets import (
    calendar_csv,
    calendar_table,
    calendar_workbook,
    days_in,
)
from services.workflow.domain.refused import Refused
from tests.workflow.domain.test_calendar_rows import YEAR


def without_rows(days):
    return [replace(day, row=0) for day in days]


def refused(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        days_in(calendar_table(content), 2027)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_as_offices_save_it(encoding):
    read = days_in(calendar_table(calendar_csv(YEAR).encode(encoding)), 2027)

    assert without_rows(read) == without_rows(YEAR)


def test_a_workbook_is_read_as_it_was_written():
    read = days_in(calendar_table(calendar_workbook(YEAR)), 2027)

    assert without_rows(read) == without_rows(YEAR)


def test_a_row_that_is_no_day_is_named():
    refusal = refused(calendar_csv(YEAR).replace("2027-02-14", "2027-02-30", 1).encode())

    assert refusal.code == "workbook.faulty"
    faults: Any = refusal.params["faults"]
    assert [(fault.line, fault.key, fault.code) for fault in faults] == [(4, "from", "calendar.no_day")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00\x00", "workbook.unreadable"),
        (b"PK\x03\x04 not a workbook", "workbook.unreadable"),
        ("日期,说明\n2027-01-01,元旦\n".encode(), "workbook.no_header"),
    ],
)
def test_what_is_no_table_of_days_is_refused(content, code):
    assert refused(content).code == code
