"""Papers to go on writing in: the words of their PDFs, as Word and WPS read them."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from services.workflow.documents.official_docx import official_docx
from services.workflow.documents.papers import NoticePaper, OfficialPaper
from tests.workflow.documents import cast

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPERS: dict[str, OfficialPaper | NoticePaper] = {
    "resolution": cast.RESOLUTION,
    "order": cast.ORDER,
    "revocation": cast.REVOCATION,
    "notice": cast.NOTICE,
}


def words_of(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read("word/document.xml"))
    return ["".join(run.text or "" for run in line.iter(f"{W}t")) for line in root.iter(f"{W}p")]


@pytest.mark.parametrize("kind", PAPERS)
def test_head_number_text_and_signature_stand_in_their_order(kind):
    paper = PAPERS[kind]
    lines = words_of(official_docx(paper))

    title = paper.title if isinstance(paper.title, str) else paper.title[-1]
    places = [lines.index(part) for part in (paper.number, title, paper.paragraphs[0])]
    day = paper.dated
    assert places == sorted(places)
    assert f"{day.year}年{day.month}月{day.day}日" in lines


def test_a_joint_decision_has_every_issuer_in_red_and_every_signer():
    content = official_docx(cast.RESOLUTION)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = book.read("word/document.xml").decode()

    red = re.findall(
        r'<w:color w:val="D0000B"/><w:sz w:val="56"/></w:rPr><w:t xml:space="preserve">([^<]*)', text
    )
    assert red == list(cast.RESOLUTION.issuers)
    assert [one for one in cast.RESOLUTION.signers if one not in words_of(content)] == []


def test_the_annex_begins_a_page_and_lists_every_unit_with_its_exact_points():
    assert cast.RESOLUTION.annex is not None
    lines = words_of(official_docx(cast.RESOLUTION))

    assert lines[lines.index("附件") + 1] == cast.RESOLUTION.annex.title
    assert [row.unit for row in cast.ROWS if row.unit not in lines] == [] and "89.995" in lines


def test_an_order_tells_what_to_put_right_and_until_when():
    text = "\n".join(words_of(official_docx(cast.ORDER)))

    assert "两个季度未公示。" in text and "30个工作日内（2028年12月18日前）" in text


def test_what_people_typed_is_text_and_no_markup():
    spoiled = replace(cast.ORDER, paragraphs=("<w:p/>&amp; <script>",))

    assert "<w:p/>&amp; <script>" in words_of(official_docx(spoiled))


def test_the_same_paper_gives_the_same_bytes_and_an_example_says_so():
    assert official_docx(cast.NOTICE) == official_docx(cast.NOTICE)
    assert words_of(official_docx(replace(cast.NOTICE, example=True)))[0].startswith("示例")
