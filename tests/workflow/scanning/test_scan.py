"""Numbers hidden in every part of a file are found; what cannot be read says so; a bomb does not go off."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from services.workflow.domain.masking import Personal
from services.workflow.scanning.reading import Budget, PartKind, Unread, Why
from services.workflow.scanning.scan import Found, Scan, scan
from tests.workflow.scanning.files import (
    IDS,
    damaged,
    docx,
    locked_pdf,
    package,
    pdf,
    scanned_pdf,
    word,
    xlsx,
)

ID, MASKED = IDS[0], "35*************238"
SLIDE = '<p:notes xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:notes>'
CORE = '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:description>{}</dc:description></cp:coreProperties>'
CUSTOM = '<Properties xmlns:vt="v"><property name="n"><vt:lpwstr>{}</vt:lpwstr></property></Properties>'
NAMES = '<workbook><definedNames><definedName name="n">"{}"</definedName></definedNames></workbook>'


def found(content: bytes) -> list[tuple[str, str]]:
    return [(str(one.part), one.path) for one in scan(content).found]


@pytest.mark.parametrize(
    ("parts", "part", "path"),
    [
        ({"footnotes": word(ID)}, "footnotes", "word/footnotes.xml"),
        ({"endnotes": word(ID)}, "endnotes", "word/endnotes.xml"),
        ({"comments": word(ID)}, "comments", "word/comments.xml"),
        ({"header1": word(ID)}, "header", "word/header1.xml"),
        ({"footer2": word(ID)}, "footer", "word/footer2.xml"),
        ({"document": word("3501021990", "01011238")}, "body", "word/document.xml"),
        ({"document": word("３５０１０２１９９００１０１１２３８")}, "body", "word/document.xml"),
        ({"ppt__notesSlides__notesSlide1.xml": SLIDE.format(ID)}, "notes", "ppt/notesSlides/notesSlide1.xml"),
        ({"docProps__core.xml": CORE.format(ID)}, "metadata", "docProps/core.xml"),
        ({"docProps__custom.xml": CUSTOM.format(ID)}, "metadata", "docProps/custom.xml"),
        ({"xl__workbook.xml": NAMES.format(ID)}, "names", "xl/workbook.xml"),
        ({"word___rels__document.xml.rels": f'<R Target="tel:{ID}"/>'}, "other", "word/_rels/document.xml.rels"),
        ({"customXml__item1.xml": f"<a><b>{ID}</b></a>"}, "other", "customXml/item1.xml"),
        ({"word__embeddings__list.csv": f"张三,{ID}\n".encode("gb18030")}, "other", "word/embeddings/list.csv"),
        ({"word__embeddings__a.docx": docx(footnotes=word(ID))}, "footnotes",
         "word/embeddings/a.docx/word/footnotes.xml"),
        ({"word__embeddings__a.pdf": pdf(note=ID)}, "annotation", "word/embeddings/a.pdf/annotation"),
    ],
)  # fmt: skip
def test_a_number_is_found_in_every_part_of_a_document(parts: dict[str, str], part: str, path: str) -> None:
    assert found(docx(**parts)) == [(part, path)]


def test_a_find_shows_the_number_masked_only() -> None:
    told = scan(docx(footnotes=word(ID)))

    assert told == Scan((Found(PartKind.FOOTNOTES, "word/footnotes.xml", Personal.ID_NUMBER, MASKED),), (), 1)
    assert ID not in str(told.stored())


def test_a_hidden_sheet_names_its_cell() -> None:
    assert found(xlsx(hidden=f"身份证 {ID}")) == [
        ("hidden_sheet", "xl/worksheets/sheet2.xml!C5"),
        ("body", "xl/sharedStrings.xml"),
    ]


@pytest.mark.parametrize(
    ("number", "kind", "cell"), [(13812341234.0, "mobile", "!B2"), (350102199001011238.0, "id_number", "")]
)
def test_numbers_kept_as_numbers_are_found(number: float, kind: str, cell: str) -> None:
    told = scan(xlsx(number=number)).found

    assert [(str(one.kind), one.path) for one in told] == [(kind, f"xl/worksheets/sheet1.xml{cell}")]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (pdf(f"No. {ID}"), "page"),
        (pdf(note=ID), "annotation"),
        (pdf(field=ID), "form"),
        (pdf(author=ID), "metadata"),
    ],
)
def test_a_number_is_found_all_over_a_pdf(content: bytes, part: str) -> None:
    assert part in {part for part, _path in found(content)}


def test_a_file_within_a_pdf_is_read() -> None:
    assert ("footnotes", "embedded/word/footnotes.xml") in found(pdf(inner=docx(footnotes=word(ID))))


def test_clean_files_are_clean() -> None:
    assert [scan(content) for content in (docx(), xlsx(), pdf())] == [Scan((), (), 0)] * 3


def nested(depth: int) -> bytes:
    content = docx(footnotes=word(ID))
    for _ in range(depth):
        content = docx(**{"word__embeddings__a.docx": content})
    return content


def locked_zip() -> bytes:
    content = bytearray(docx())
    content[6] |= 1  # the flag of encryption, at both places where a member is described
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


PICTURE = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (scanned_pdf(), Unread("p1", Why.NO_TEXT)),
        (locked_pdf(), Unread("", Why.ENCRYPTED)),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Unread("", Why.ENCRYPTED)),
        (OLE, Unread("", Why.UNKNOWN)),
        (PICTURE, Unread("", Why.PICTURE)),
        (b"%PDF-1.7\nnothing of a PDF", Unread("", Why.BROKEN)),
        (docx(**{"word__media__image1.png": PICTURE}), Unread("word/media/image1.png", Why.PICTURE)),
        (docx(**{"word__vbaProject.bin": b"\0\1\2"}), Unread("word/vbaProject.bin", Why.UNKNOWN)),
        (docx(footnotes="<a><b></a>"), Unread("word/footnotes.xml", Why.BROKEN)),
        (docx(footnotes='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), Unread("word/footnotes.xml", Why.BROKEN)),
        (b"PK\x03\x04" + docx()[4:-30], Unread("", Why.UNKNOWN)),
    ],
)  # fmt: skip
def test_what_is_not_read_says_so(content: bytes, why: Unread) -> None:
    assert why in scan(content).unread


def test_an_encrypted_member_is_not_read() -> None:
    assert Why.ENCRYPTED in {one.why for one in scan(locked_zip()).unread}


def test_files_within_files_are_read_to_a_depth() -> None:
    assert found(nested(3)) != []
    assert [one.why for one in scan(nested(4)).unread] == [Why.TOO_DEEP]


def test_a_bomb_is_left_unopened() -> None:
    """One member says of itself that it is small and unpacks into a hundred thousand times as much."""
    bomb = package({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * 30_000_000})
    budget = Budget(bytes_left=10_000_000)

    assert scan(bomb, budget=budget).unread == (Unread("", Why.TOO_LARGE),)
    assert scan(bomb).unread == (Unread("", Why.TOO_LARGE),)


def test_many_members_are_too_many() -> None:
    many = package({f"word/part{n}.xml": "<a/>" for n in range(60)})

    assert scan(many, budget=Budget(members_left=50)).unread == (Unread("", Why.TOO_LARGE),)


def test_two_members_of_one_name_are_both_read() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as copy, pytest.warns(UserWarning, match="Duplicate name"):
        copy.writestr("word/document.xml", word(ID))
        copy.writestr("word/document.xml", word("甲"))

    assert Unread("word/document.xml", Why.BROKEN) in scan(target.getvalue()).unread


DAMAGED = [docx(footnotes=word(ID)), xlsx(ID), pdf("Notice", note=ID, field=ID, inner=docx())]


@pytest.mark.parametrize("content", DAMAGED, ids=["docx", "xlsx", "pdf"])
def test_a_damaged_file_is_scanned_as_far_as_it_goes(content: bytes) -> None:
    """No damage ends in an error: what cannot be had is told."""
    scans = [scan(damaged(content, seed)) for seed in range(400)]

    assert any(one.why is Why.BROKEN for each in scans for one in each.unread)


def test_a_member_that_cannot_be_unpacked_is_told() -> None:
    content = bytearray(docx(footnotes=word(*[ID] * 50)))
    at = content.index(b"word/footnotes.xml") + len("word/footnotes.xml")
    content[at : at + 8] = b"\xff" * 8

    assert scan(bytes(content)).unread == (Unread("", Why.BROKEN),)


@pytest.mark.parametrize(
    ("sound", "spoiled"), [(b"/T (id)", b"/T (id "), (b"/FT /Tx", b"/FT (Tx"), (b"/Widget", b"<zzz>")]
)
def test_what_stands_behind_the_damage_in_an_object_is_told(sound: bytes, spoiled: bytes) -> None:
    content = pdf(field=ID)
    assert sound in content

    scanned = scan(content.replace(sound, spoiled, 1))

    assert scanned.found or Unread("", Why.BROKEN) in scanned.unread
