"""The copy of a file that the public gets: without who wrote it, when, with what and where."""

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import IndirectObject, NameObject

from services.workflow.scanning.markup import NotReadable, local, parse
from services.workflow.scanning.reading import BROKEN_ARCHIVE, BROKEN_PDF

WHEN = (2026, 1, 1, 0, 0, 0)
DROPPED = re.compile(
    r"^(docProps/|customXml/|(word|xl|ppt)/(people|commentsExtended|commentsIds|commentsExtensible)\.xml|xl/persons/"
    r"|xl/threadedComments/|(word|xl|ppt)/(printerSettings|vbaProject)|.*/printerSettings/)",
)
OWN = re.compile(
    rb"""\s(?:w|w14|w15|xr|xr2|xr3|mc)?:?(?:author|initials|rsid\w*|lastModifiedBy|userName|userId)=("[^"]*"|'[^']*')"""
)
AUTHORS = re.compile(rb"<author>[^<]*</author>")
RELATED = re.compile(rb"<Relationship\b[^>]*?/>|<Override\b[^>]*?/>", re.DOTALL)
TARGET = re.compile(rb"""(?:Target|PartName)=["']([^"']*)["']""")
PNG_KEPT = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs")
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


class NotCleaned(Exception):
    """No copy can be made of this file."""


def cleaned(content: bytes) -> bytes:
    """The same file without its metadata. Raises NotCleaned for one that is broken, encrypted or of another kind."""
    try:
        if content.startswith(b"PK\x03\x04"):
            return _package(content)
        if b"%PDF-" in content[:1024]:
            return _pdf(content)
        if content.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg(content))
        if content.startswith(PNG_HEAD):
            return PNG_HEAD + b"".join(_png(content))
    except (*BROKEN_PDF, *BROKEN_ARCHIVE, struct.error, NotReadable) as error:
        raise NotCleaned from error
    raise NotCleaned


def _package(content: bytes) -> bytes:
    """Every member anew under one date, those that tell of people or programs left out with what points to them."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for info in package.infolist():
            if info.is_dir() or DROPPED.match(info.filename):
                continue
            member = package.read(info)
            if info.filename.endswith((".xml", ".rels")):
                member = _markup(member)
            copy.writestr(zipfile.ZipInfo(info.filename, WHEN), member, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _markup(member: bytes) -> bytes:
    """Names of authors become empty, as do marks of revisions; nothing points to what was left out."""
    if member[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        member = member.decode("utf-16").replace("UTF-16", "UTF-8", 1).encode()
    member = AUTHORS.sub(b"<author></author>", member)
    member = OWN.sub(_emptied, member)
    member = RELATED.sub(lambda found: b"" if _to_dropped(found.group()) else found.group(), member)
    parse(member, lambda name, attributes: local(name), lambda name: None, lambda text: None)
    return member


def _emptied(found: re.Match[bytes]) -> bytes:
    """A comment must have an author, so the value goes and its name stays; revision marks go whole."""
    text = found.group()
    return b"" if b"rsid" in text else text[: text.index(b"=") + 1] + b'""'


def _to_dropped(element: bytes) -> bool:
    target = TARGET.search(element)
    if target is None or b"TargetMode" in element:
        return False
    name = target.group(1).decode("utf-8", "replace").lstrip("/").removeprefix("../")
    return any(DROPPED.match(f"{folder}{name}") for folder in ("", "word/", "xl/", "ppt/"))


def _pdf(content: bytes) -> bytes:
    """The pages in a new file: no metadata, no files within, no scripts, and nothing of earlier versions."""
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotCleaned
    writer = PdfWriter()
    for page in reader.pages:
        # Taken from the page before it is copied, so that what hung on it is not copied either.
        for name in ("/Metadata", "/PieceInfo", "/AA", "/LastModified", "/Annots", "/B"):
            page.pop(NameObject(name), None)
        writer.add_page(page)
    writer.metadata = None
    root = writer._root_object
    for name in ("/Metadata", "/Names", "/OpenAction", "/AA", "/AcroForm", "/AF", "/PieceInfo"):
        root.pop(NameObject(name), None)
    for one in list(writer._objects):
        if one is not None and not isinstance(one, IndirectObject) and hasattr(one, "pop"):
            one.pop(NameObject("/Metadata"), None)
            one.pop(NameObject("/PieceInfo"), None)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _jpeg(content: bytes) -> Iterator[bytes]:
    """All segments but those of programs (APP1 and up hold place, time and device) and comments."""
    yield content[:2]
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise NotCleaned
        marker = content[at + 1]
        if marker == 0xDA:
            yield content[at:]
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        segment = content[at : at + 2 + length]
        # APP14 says how colours are kept: without it a picture of four colours turns out inverted.
        if marker != 0xFE and not (0xE1 <= marker <= 0xEF and marker != 0xEE):
            yield segment
        at += 2 + length
    raise NotCleaned


def _png(content: bytes) -> Iterator[bytes]:
    """The chunks that draw the picture, and none that tell of it."""
    at = len(PNG_HEAD)
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, end = content[at + 4 : at + 8], at + 12 + length
        if name in PNG_KEPT:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
    raise NotCleaned
