"""The public copy says the same and tells nothing of who made it."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.workflow.scanning.cleaning import NotCleaned, cleaned
from services.workflow.scanning.scan import scan
from tests.workflow.scanning.files import damaged, docx, locked_pdf, pdf, word, xlsx

SECRET = "王秘书"
CORE = f"<p><creator>{SECRET}</creator></p>"
COMMENT = (
    f'<w:comments xmlns:w="w"><w:comment w:author="{SECRET}" w:initials="W" w:rsidR="00A1"/></w:comments>'
)
TYPES = '<Types><Override PartName="/docProps/core.xml"/><Override PartName="/word/document.xml"/></Types>'


def members(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_a_document_loses_its_properties_and_the_names_of_those_who_commented() -> None:
    given = docx(
        **{
            "docProps__core.xml": CORE,
            "comments": COMMENT,
            "[Content_Types]__xml": "<a/>",
            "document": word("正文"),
        }
    )
    kept = members(cleaned(given))

    assert "docProps/core.xml" not in kept
    assert "正文" in kept["word/document.xml"]
    assert not any(SECRET in part for part in kept.values())
    assert 'w:author=""' in kept["word/comments.xml"] and "rsid" not in kept["word/comments.xml"]


def test_nothing_points_to_what_was_left_out() -> None:
    given = {"word/document.xml": word("正文"), "docProps/core.xml": CORE, "[Content_Types].xml": TYPES}
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in given.items():
            package.writestr(name, part)

    kept = members(cleaned(target.getvalue()))

    assert "core.xml" not in kept["[Content_Types].xml"] and "document.xml" in kept["[Content_Types].xml"]


def test_a_workbook_opens_still_and_has_no_properties() -> None:
    kept = members(cleaned(xlsx(visible="名单")))

    assert not [name for name in kept if name.startswith("docProps")]
    assert "名单" in kept["xl/sharedStrings.xml"]


def test_a_pdf_keeps_its_pages_and_nothing_beside_them() -> None:
    given = pdf("Notice", note=SECRET, inner=docx(), author=SECRET)

    copy = cleaned(given)
    reader = PdfReader(BytesIO(copy))

    assert reader.pages[0].extract_text() == "Notice"
    assert (reader.metadata, dict(reader.attachments), reader.pages[0].get("/Annots")) == (None, {}, None)
    assert SECRET.encode("utf-16-be") not in copy and scan(copy).unread == ()


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    told = b"".join(struct.pack(">BBH", 0xFF, mark, len(said) + 2) + said for mark, said in segments)
    return b"\xff\xd8" + told + b"\xff\xda\x00\x02picture\xff\xd9"


def test_a_photo_loses_place_and_device() -> None:
    given = jpeg(
        (0xE0, b"JFIF\0"), (0xE1, b"Exif\0\0" + SECRET.encode()), (0xFE, SECRET.encode()), (0xDB, b"table")
    )

    assert cleaned(given) == jpeg((0xE0, b"JFIF\0"), (0xDB, b"table"))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(name: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))

    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in (*chunks, (b"IEND", b"")))


def test_a_picture_loses_its_texts() -> None:
    given = png((b"IHDR", b"h"), (b"tEXt", SECRET.encode()), (b"eXIf", b"x"), (b"IDAT", b"d"))

    assert cleaned(given) == png((b"IHDR", b"h"), (b"IDAT", b"d"))


@pytest.mark.parametrize(
    "content", [locked_pdf(), b"%PDF-1.7 nothing", b"text", b"\xff\xd8\xff\xe0", b"PK\x03\x04broken"]
)
def test_what_cannot_be_cleaned_says_so(content: bytes) -> None:
    with pytest.raises(NotCleaned):
        cleaned(content)


def test_the_same_file_gives_the_same_copy() -> None:
    given = docx(document=word("正文"))

    assert cleaned(given) == cleaned(given)


@pytest.mark.parametrize("content", [docx(document=word("正文")), pdf()], ids=["docx", "pdf"])
def test_a_damaged_file_is_cleaned_or_said_not_to_be(content: bytes) -> None:
    refused = 0
    for seed in range(300):
        try:
            cleaned(damaged(content, seed))
        except NotCleaned:
            refused += 1

    assert refused
