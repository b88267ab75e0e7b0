"""Files made up for the scan: small office packages and PDFs, with something hidden where it is wanted."""

import random
import zipfile
from io import BytesIO

import xlsxwriter
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

# Made up, each with its checksum: place 350102, born 1990-01-01 to 03.
IDS = ("350102199001011238", "350102199001021241", "350102199001031255")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(members: dict[str, str | bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, member in members.items():
            copy.writestr(name, member)
    return target.getvalue()


def word(*runs: str) -> str:
    """A part with one paragraph of these runs."""
    said = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f'<w:document xmlns:w="{W}"><w:body><w:p>{said}</w:p></w:body></w:document>'


def docx(**parts: str | bytes) -> bytes:
    """A document that says nothing, with further parts: footnotes=…, header1=…; a value is text or a whole part."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": word("现予公示"),
    }
    for name, part in parts.items():
        path = name.replace("__", "/")
        members[path if "/" in path else f"word/{path}.xml"] = part
    return package(members)


def xlsx(hidden: str = "", *, visible: str = "甲", number: float | None = None) -> bytes:
    """A workbook with a sheet that is shown and one that is not, as a spreadsheet program writes it."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_string(0, 0, visible)
        if number is not None:
            sheet.write_number(1, 1, number)
        if hidden:
            away = book.add_worksheet("底稿")
            away.write_string(4, 2, hidden)
            away.hide()
    return target.getvalue()


def pdf(
    text: str = "Notice", *, note: str = "", field: str = "", inner: bytes = b"", author: str = ""
) -> bytes:
    """One page with a line of text; a note, a form field, a file within and an author where they are wanted."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    if text:
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if note:
        writer.add_annotation(0, FreeText(text=note, rect=(10, 10, 90, 40)))
    if field:
        widget = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject("id"),
                NameObject("/V"): TextStringObject(field),
                NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            }
        )
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(widget)])
    if inner:
        writer.add_attachment("within.docx", inner)
    if author:
        writer.add_metadata({"/Author": author})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def scanned_pdf() -> bytes:
    """A page that holds a drawing and no letter, as a scan does."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 300 200 re f")
    page[NameObject("/Contents")] = writer._add_object(stream)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(300, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def damaged(content: bytes, seed: int) -> bytes:
    """The file with a few of its bytes changed, lost or said twice, by chance."""
    chance, spoiled = random.Random(seed), bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(spoiled) or 1), chance.randint(1, 20)
        match chance.randrange(3):
            case 0:
                spoiled[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoiled[at : at + length]
            case _:
                spoiled[at:at] = spoiled[at : at + length]
    return bytes(spoiled)
