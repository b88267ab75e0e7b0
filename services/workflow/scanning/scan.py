"""What a file holds that must not be public, wherever in it that lies, and what in it nobody has read."""

import zipfile
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from services.workflow.domain.masking import Find, Personal, finds_in, mask
from services.workflow.scanning.office import read_package
from services.workflow.scanning.pdf import read_pdf
from services.workflow.scanning.reading import Budget, Part, PartKind, Reading, TooMuch, Unread, Why

ZIP, PDF, OLE = b"PK\x03\x04", b"%PDF-", bytes.fromhex("D0CF11E0A1B11AE1")
PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"\x01\x00\x00\x00",
    b"\xd7\xcd\xc6\x9a",
)
SHOWN_MOST = 200
HEADER_WITHIN = 1024  # where a PDF's own sign may stand


@dataclass(frozen=True)
class Found:
    """One find in a file: in what, at which path, and how it looks masked."""

    part: PartKind
    path: str
    kind: Personal
    masked: str


@dataclass(frozen=True)
class Scan:
    """All finds up to SHOWN_MOST (`count` is of all), and what was not read."""

    found: tuple[Found, ...]
    unread: tuple[Unread, ...]
    count: int

    def stored(self) -> dict[str, Any]:
        return {
            "found": [asdict(one) for one in self.found],
            "unread": [asdict(one) for one in self.unread],
            "count": self.count,
        }


def scan(content: bytes, *, budget: Budget | None = None) -> Scan:
    """Read every part of a docx, xlsx, pptx or PDF, files within files too, and look for personal numbers.

    A picture, a part that is encrypted, broken, of an unknown kind, too deep within others or a bomb is unread.
    """
    reading, budget = Reading(), budget or Budget()
    try:
        _read(content, "", 0, reading, budget)
    except TooMuch:
        reading.miss("", Why.TOO_LARGE)
    found = [one for part in reading.parts for one in _found_in(part)]
    distinct = tuple(dict.fromkeys(found))
    unread = tuple(dict.fromkeys(Unread(one.path.lstrip("/"), one.why) for one in reading.unread))
    return Scan(distinct[:SHOWN_MOST], unread[:SHOWN_MOST], len(distinct))


def _found_in(part: Part) -> list[Found]:
    path = part.path.lstrip("/")
    cut = [
        Found(part.kind, path, Personal.ID_NUMBER, mask(Personal.ID_NUMBER, number)) for number in part.cut
    ]
    return [
        *cut,
        *(Found(part.kind, _at(part, find, path), find.kind, find.masked) for find in finds_in(part.text)),
    ]


def _at(part: Part, find: Find, path: str) -> str:
    """In a sheet, the cell: its place stands before what it says."""
    if part.kind not in {PartKind.SHEET, PartKind.HIDDEN_SHEET}:
        return path
    line = part.text[part.text.rfind("\n", 0, find.start) + 1 : find.start]
    cell, mark, _ = line.partition(":\t")
    return f"{path}!{cell}" if mark else path


def _read(content: bytes, path: str, depth: int, reading: Reading, budget: Budget) -> None:
    """By its first bytes, never by its name."""

    def inner(member: bytes, place: str, level: int) -> None:
        _read(member, place, level, reading, budget)

    if depth > budget.depth_most:
        reading.miss(path, Why.TOO_DEEP)
    elif content.startswith(ZIP) and zipfile.is_zipfile(BytesIO(content)):
        read_package(content, path, reading, budget, inner, depth)
    elif PDF in content[:HEADER_WITHIN]:
        read_pdf(content, path, reading, budget, inner, depth)
    elif content.startswith(OLE):
        # An office file with a password is packed like this, and so is what older programs embed.
        reading.miss(
            path, Why.ENCRYPTED if "E\0n\0c\0r\0y\0p\0t" in content[:65536].decode("latin-1") else Why.UNKNOWN
        )
    elif content.startswith(PICTURES):
        reading.miss(path, Why.PICTURE)
    else:
        _plain(content, path, reading)


def _plain(content: bytes, path: str, reading: Reading) -> None:
    """Plain text in the two codes that are written here; anything else is not known."""
    for code in ("utf-8", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            reading.add(PartKind.OTHER, path, text)
            return
    reading.miss(path, Why.UNKNOWN)
