"""PDF files: the text of the pages, and every string that lies anywhere in them.

Notes, fields of forms, bookmarks and the like are strings of objects, so all objects are walked rather than a list of
the places that are known; files within are read as files.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from services.workflow.scanning.reading import BROKEN_PDF, Budget, PartKind, Reading, TooMuch, Why

PAGES_MOST = 600
OBJECTS_MOST = 200_000
PICTURES = ("/Image",)
Inner = Callable[[bytes, str, int], None]


def read_pdf(content: bytes, path: str, reading: Reading, budget: Budget, inner: Inner, depth: int) -> None:
    """Read pages, objects, metadata and embedded files. Raises TooMuch."""
    try:
        with complaints() as heard:
            reader = PdfReader(BytesIO(content), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                reading.miss(path, Why.ENCRYPTED)
                return
            _pages(reader, path, reading, budget)
            _objects(reader, path, reading, budget, inner, depth)
    except BROKEN_PDF:
        reading.miss(path, Why.BROKEN)
        return
    if heard.any:
        reading.miss(path, Why.BROKEN)


class _Complaints(logging.Handler):
    """Whether pypdf has complained in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.any, self._thread = False, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        self.any = self.any or record.thread == self._thread


@contextmanager
def complaints() -> Iterator[_Complaints]:
    """Listen to pypdf: of an object damaged half-way it gives what stands before the damage, and only logs it."""
    heard, log = _Complaints(), logging.getLogger("pypdf")
    log.addHandler(heard)
    try:
        yield heard
    finally:
        log.removeHandler(heard)


def _pages(reader: PdfReader, path: str, reading: Reading, budget: Budget) -> None:
    if len(reader.pages) > PAGES_MOST:
        reading.miss(path, Why.TOO_LARGE)
        return
    for number, page in enumerate(reader.pages, start=1):
        place = f"{path}/p{number}"
        try:
            text = page.extract_text()
        except BROKEN_PDF:
            reading.miss(place, Why.BROKEN)
            continue
        budget.take(len(text), len(text))
        reading.add(PartKind.PAGE, place, text)
        if not text.strip() and page.get_contents() is not None:
            reading.miss(place, Why.NO_TEXT)


def _objects(
    reader: PdfReader, path: str, reading: Reading, budget: Budget, inner: Inner, depth: int
) -> None:
    """Each object once: its strings by what they belong to, its stream where it is a file, metadata or a picture."""
    said: dict[PartKind, list[str]] = {}
    for number, one in enumerate(_all(reader, path, reading)):
        if number > OBJECTS_MOST:
            reading.miss(path, Why.TOO_LARGE)
            break
        kind = _kind(one)
        for text in _strings(one):
            said.setdefault(kind, []).append(text)
        if isinstance(one, StreamObject):
            _stream(one, path, reading, budget, inner, depth)
    said.setdefault(PartKind.METADATA, []).extend(str(value) for value in (reader.metadata or {}).values())
    for kind, texts in said.items():
        reading.add(kind, f"{path}/{kind}", "\n".join(texts))


def _all(reader: PdfReader, path: str, reading: Reading) -> Iterator[Any]:
    """Every object that the file lists; one that cannot be had is told as unread, for it may hold anything."""
    places = [(number, generation) for generation, table in reader.xref.items() for number in table]
    for number, generation in [*places, *((number, 0) for number in reader.xref_objStm)]:
        try:
            yield reader.get_object(IndirectObject(number, generation, reader))
        except BROKEN_PDF:
            reading.miss(f"{path}/object", Why.BROKEN)


def _strings(one: Any) -> Iterator[str]:
    """Strings of an object and of what lies directly in it; what it only points to is an object of its own."""
    waiting = [one]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            continue
        if isinstance(value, DictionaryObject):
            waiting.extend(value.values())
        elif isinstance(value, ArrayObject):
            waiting.extend(value)
        elif isinstance(value, TextStringObject):
            yield str(value)
        elif isinstance(value, ByteStringObject):
            yield bytes(value).decode(
                "utf-16" if value[:2] in {b"\xfe\xff", b"\xff\xfe"} else "latin-1", "ignore"
            )


def _kind(one: Any) -> PartKind:
    if not isinstance(one, DictionaryObject):
        return PartKind.OTHER
    if "/FT" in one or one.get("/Subtype") == "/Widget":
        return PartKind.FORM
    if one.get("/Type") == "/Annot" or ("/Subtype" in one and "/Rect" in one):
        return PartKind.ANNOTATION
    return PartKind.OTHER


def _stream(one: StreamObject, path: str, reading: Reading, budget: Budget, inner: Inner, depth: int) -> None:
    name, kind = str(one.get("/Type", "")), str(one.get("/Subtype", ""))
    if kind in PICTURES:
        reading.miss(f"{path}/picture", Why.PICTURE)
        return
    if (
        name not in {"", "/EmbeddedFile", "/Metadata"}
        or "/Length1" in one
        or (not name and kind not in {"", "/XML"})
    ):
        return
    try:
        content = one.get_data()
    except BROKEN_PDF:
        reading.miss(f"{path}/{name.strip('/') or 'stream'}", Why.BROKEN)
        return
    packed = len(getattr(one, "_data", b"") or b"")
    budget.take(len(content), packed)
    if name == "/EmbeddedFile":
        inner(content, f"{path}/embedded", depth + 1)
    elif name == "/Metadata":
        reading.add(PartKind.METADATA, f"{path}/xmp", content.decode("utf-8", "replace"))
    elif content.lstrip()[:1] == b"<":
        # Forms of the XFA kind are XML in streams that say of themselves nothing at all.
        reading.add(PartKind.FORM, f"{path}/xfa", content.decode("utf-8", "replace"))


__all__ = ["TooMuch", "read_pdf"]
