"""Workbooks as people might send them."""

import io
import zipfile
from collections.abc import Sequence

import xlsxwriter


def workbook(*rows: Sequence[object]) -> bytes:
    """An XLSX with these cells on its first sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return target.getvalue()


def with_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same archive with something replaced inside one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            inner = source.read(name)
            archive.writestr(name, inner.replace(old, new) if name == part else inner)
    return target.getvalue()
