"""A year's holidays and make-up working days as a workbook or as CSV: read with every fault, written as template."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from services.workflow.documents.cells import Table
from services.workflow.documents.sheet_rows import MOST_ROWS, RowReader, filled_rows, table_of
from services.workflow.documents.writing import written
from services.workflow.domain.calendar_rows import NAME_MOST, DayRow, DaySort, calendar_faults, day_in
from services.workflow.domain.faults import in_order
from services.workflow.domain.refused import Refused
from services.workflow.wording import registers as words

COLUMNS = ("from", "until", "kind", "name")
WANTED = ("from", "kind", "name")
ZIPPED = b"PK"
ENCODINGS = ("utf-8-sig", "gb18030")


def calendar_table(content: bytes) -> Table:
    """The cells of a workbook, or of CSV text in UTF-8 or GB18030. Refused: workbook.*."""
    if content.startswith(ZIPPED):
        return table_of(content)
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        table = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
        if len(table) > MOST_ROWS:
            raise Refused("workbook.too_many_rows", limit=MOST_ROWS)
        return table
    raise Refused("workbook.unreadable")


def days_in(table: Table, year: int) -> tuple[DayRow, ...]:
    """The rows of a table. Refused: workbook.no_header; workbook.faulty with every fault by its row."""
    rows, faults = [], []
    for number, texts in filled_rows(table, COLUMNS, WANTED):
        reader = RowReader(number, texts)
        first = _day(reader, "from", reader.required("from"))
        last = _day(reader, "until", reader.cell("until")) if reader.cell("until") else first
        sort = reader.choice("kind", DaySort, DaySort.REST) if reader.required("kind") else DaySort.REST
        name = reader.short("name", NAME_MOST, required=True)
        faults += reader.faults
        if first is not None and last is not None and not reader.faults:
            rows.append(DayRow(number, first, last, sort, name))
    if faults:
        raise Refused("workbook.faulty", faults=in_order(faults))
    if found := calendar_faults(rows, year):
        raise Refused("workbook.faulty", faults=found)
    return tuple(rows)


def _day(reader: RowReader, key: str, text: str) -> date | None:
    day = day_in(text)
    if day is None and text:
        reader.fault(key, "calendar.no_day", given=text[:40])
    return day


def calendar_workbook(rows: Sequence[DayRow]) -> bytes:
    """An XLSX of a year's days; without rows the empty template."""
    sorts = {sort: f"{sort} {label}" for sort, label in words.DAY_SORTS.items()}
    cells = [(row.first.isoformat(), row.last.isoformat(), sorts[row.sort], row.name) for row in rows]
    return written(str(words.CALENDAR), words.DAY_COLUMNS, cells, {"kind": list(sorts.values())})


def calendar_csv(rows: Sequence[DayRow]) -> str:
    """The same rows as CSV, for a page that asks before it writes."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows((row.first.isoformat(), row.last.isoformat(), row.sort, row.name) for row in rows)
    return target.getvalue()
