"""What was read of a file, part by part, and what could not be read; within limits that a bomb does not pass."""

import lzma
import zipfile
import zlib
from dataclasses import dataclass, field
from enum import StrEnum

from pypdf.errors import PyPdfError

MEGABYTE = 1024 * 1024
# What the standard library raises on an archive that is damaged, or packed in a way it does not know. Each was met by
# the damaged files of the tests; a member packed by bzip2 or LZMA has its own two.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError, ValueError
)  # fmt: skip
# pypdf raises its own errors and, deep in a damaged file, whatever its arithmetic and its look-ups come to. The file
# then counts as unread and waits for somebody's word, so a family too many lets nothing out.
BROKEN_PDF = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip


class PartKind(StrEnum):
    """What a part of a file is, as people call it."""

    BODY = "body"
    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"
    COMMENTS = "comments"
    HEADER = "header"
    FOOTER = "footer"
    NOTES = "notes"
    SHEET = "sheet"
    HIDDEN_SHEET = "hidden_sheet"
    NAMES = "names"
    METADATA = "metadata"
    PAGE = "page"
    ANNOTATION = "annotation"
    FORM = "form"
    OTHER = "other"


class Why(StrEnum):
    """Why a part was not read."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    PICTURE = "picture"
    NO_TEXT = "no_text"
    UNKNOWN = "unknown"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Part:
    """Text of one part; `path` leads to it, through files within files. `cut` are numbers that a sheet kept cut."""

    kind: PartKind
    path: str
    text: str
    cut: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    path: str
    why: Why


class TooMuch(Exception):
    """The file unpacks into more than is ever read."""


@dataclass
class Budget:
    """How much may be unpacked from one file, all that lies within it counted."""

    bytes_left: int = 200 * MEGABYTE
    members_left: int = 5_000
    depth_most: int = 3
    ratio_most: int = 250

    def take(self, size: int, packed: int) -> None:
        """Count one unpacked member. Raises TooMuch for a bomb: too much in all, or out of next to nothing."""
        self.bytes_left -= size
        self.members_left -= 1
        swollen = size > MEGABYTE and size > self.ratio_most * max(packed, 1)
        if self.bytes_left < 0 or self.members_left < 0 or swollen:
            raise TooMuch


@dataclass
class Reading:
    """Everything that was read, and everything that was not."""

    parts: list[Part] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, kind: PartKind, path: str, text: str, cut: tuple[str, ...] = ()) -> None:
        if text.strip() or cut:
            self.parts.append(Part(kind, path, text, cut))

    def miss(self, path: str, why: Why) -> None:
        self.unread.append(Unread(path, why))
