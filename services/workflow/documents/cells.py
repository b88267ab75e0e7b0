"""The cells of a workbook's first sheet, read in a process of its own.

A workbook of a few kilobytes can name a cell so far out that the reader asks for terabytes; the library then ends
its process instead of raising. So a child with a limit on memory and time reads it, and only the child ends.
"""

import io
import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

MB = 1024 * 1024
MOST_MB = 5
MOST_UNPACKED_MB = 50
MEMORY_MB = 768
SECONDS = 10
TOO_MANY_ROWS = 3

Table = list[list[str]]


class UnreadableWorkbook(Exception):
    """The content is no workbook, or one that nobody filled in by hand."""


class WorkbookTooLarge(UnreadableWorkbook):
    """Too many bytes, packed or unpacked."""


class WorkbookTooLong(UnreadableWorkbook):
    """Too many rows."""


def first_sheet(content: bytes, *, most_rows: int) -> Table:
    """The cells of the first sheet as people see them, row by row from the first."""
    _check_size(content)
    command = [sys.executable, "-I", str(Path(__file__)), str(most_rows)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS * 2, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbook from error
    if child.returncode == TOO_MANY_ROWS:
        raise WorkbookTooLong
    if child.returncode != 0:
        raise UnreadableWorkbook
    table: Table = json.loads(child.stdout)
    return table


def _check_size(content: bytes) -> None:
    if len(content) > MOST_MB * MB:
        raise WorkbookTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableWorkbook from error
    if unpacked > MOST_UNPACKED_MB * MB:
        raise WorkbookTooLarge


def text_of(cell: object) -> str:
    """A cell as people see it; a whole number has no point, though a spreadsheet keeps it as a float."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _child(most_rows: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * MB, MEMORY_MB * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
    except CalamineError:
        return 1
    # With the empty rows and columns at the top and left, so that rows count as the spreadsheet counts them.
    cells = sheet.to_python(skip_empty_area=False)
    if len(cells) > most_rows:
        return TOO_MANY_ROWS
    json.dump([[text_of(cell) for cell in row] for row in cells], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_child(int(sys.argv[1])))
