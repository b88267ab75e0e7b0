"""Word, Excel and PowerPoint files: every part of the package, whether it is shown or not."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from services.workflow.scanning.markup import NotReadable, read_markup
from services.workflow.scanning.reading import BROKEN_ARCHIVE, Budget, PartKind, Reading, TooMuch, Why
from services.workflow.scanning.sheets import SHEET_AT, cells_of, hidden_sheets, related, shared_strings

MARKUP_ENDINGS = (".xml", ".rels", ".vml")
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
# Of these nothing is kept in the public copy, and nothing can be read: fonts, settings of a printer.
SPEECHLESS = re.compile(r"(fonts/.*\.(odttf|ttf|fntdata)|printerSettings/.*\.bin)$", re.IGNORECASE)
KINDS: tuple[tuple[str, PartKind], ...] = (
    (r"/footnotes\.xml$", PartKind.FOOTNOTES),
    (r"/endnotes\.xml$", PartKind.ENDNOTES),
    (r"comments?[^/]*/|comments[^/]*\.xml$|threadedComments/|persons/|people\.xml$", PartKind.COMMENTS),
    (r"/header\d*\.xml$", PartKind.HEADER),
    (r"/footer\d*\.xml$", PartKind.FOOTER),
    (r"/notesSlides/", PartKind.NOTES),
    (r"^xl/worksheets/", PartKind.SHEET),
    (r"^xl/workbook\.xml$", PartKind.NAMES),
    (r"^docProps/", PartKind.METADATA),
    (r"^word/document\.xml$|^ppt/slides/|^xl/sharedStrings\.xml$", PartKind.BODY),
)
Inner = Callable[[bytes, str, int], None]


def read_package(
    content: bytes, path: str, reading: Reading, budget: Budget, inner: Inner, depth: int
) -> None:
    """Read all members; what lies embedded is handed to `inner`. Raises TooMuch."""
    try:
        members = _unpacked(content, path, reading, budget)
    except BROKEN_ARCHIVE:
        reading.miss(path, Why.BROKEN)
        return
    strings = _strings(members)
    hidden = _hidden(members)
    for name, member in members.items():
        place = f"{path}/{name}"
        if not member or SPEECHLESS.search(name):
            continue
        if not name.lower().endswith(MARKUP_ENDINGS):
            inner(member, place, depth + 1)
            continue
        try:
            if SHEET_AT.search(name):
                kind = PartKind.HIDDEN_SHEET if name in hidden else PartKind.SHEET
                reading.add(kind, place, *cells_of(member, strings))
            else:
                reading.add(_kind(name), place, read_markup(member).all())
        except NotReadable:
            reading.miss(place, Why.BROKEN)


def _unpacked(content: bytes, path: str, reading: Reading, budget: Budget) -> dict[str, bytes]:
    """Every member by its name, each read no further than the budget: what a header promises is not believed."""
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(content)) as package:
        for info in package.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 0x1:
                reading.miss(f"{path}/{info.filename}", Why.ENCRYPTED)
                continue
            with package.open(info) as member:
                unpacked = member.read(max(budget.bytes_left, 0) + 1)
            budget.take(len(unpacked), info.compress_size)
            if info.filename in members:
                # Two members of one name: readers differ in which they show, so both count.
                reading.miss(f"{path}/{info.filename}", Why.BROKEN)
            members[info.filename] = unpacked
    return members


def _kind(name: str) -> PartKind:
    return next((kind for pattern, kind in KINDS if re.search(pattern, name)), PartKind.OTHER)


def _strings(members: dict[str, bytes]) -> list[str]:
    try:
        return shared_strings(members[STRINGS]) if STRINGS in members else []
    except NotReadable:
        return []


def _hidden(members: dict[str, bytes]) -> set[str]:
    """The names of members that are hidden sheets."""
    if WORKBOOK not in members or RELATIONS not in members:
        return set()
    try:
        ids, targets = hidden_sheets(members[WORKBOOK]), related(members[RELATIONS])
    except NotReadable:
        return set()
    return {f"xl/{targets[one]}" for one in ids if one in targets}


__all__ = ["TooMuch", "read_package"]
