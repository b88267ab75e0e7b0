"""Papers to go on writing in, as Word and WPS read them; and templates of a site's own, sound and broken."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from services.workflow.documents.editable import (
    MARK,
    NAMES,
    SHIPPED,
    editable,
    faults_of,
    names_in,
    write_out,
)
from services.workflow.documents.papers import Paper
from services.workflow.documents.specimens import SPECIMENS
from services.workflow.domain.refused import Refused
from tests.workflow.documents import cast

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICIAL = ("resolution.docx", "rectification.docx", "revocation.docx", "notice.docx", "minutes.docx")
DOCS = Path(__file__).parents[3] / "docs" / "documents.md"


@pytest.fixture(autouse=True)
def own(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("services.workflow.documents.editable.newest", lambda name: None)  # none was uploaded
    settings.PAPER_TEMPLATES = tmp_path / "own"
    return settings.PAPER_TEMPLATES


def part(content: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        return ElementTree.fromstring(book.read(name))


def lines(paper: Paper) -> list[str]:
    root = part(editable(paper))
    return ["".join(run.text or "" for run in line.iter(f"{W}t")) for line in root.iter(f"{W}p")]


def tables(paper: Paper) -> list[list[list[str]]]:
    opened = docx.Document(io.BytesIO(editable(paper)))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in opened.tables]


def changed(own: Path, name: str, old: str, new: str) -> None:
    """The shipped template with other words in its text, as an office would save it."""
    own.mkdir(exist_ok=True)
    with zipfile.ZipFile(SHIPPED / name) as book, zipfile.ZipFile(own / name, "w") as target:
        for member in book.namelist():
            content = book.read(member).decode()
            if member == "word/document.xml":
                assert old in content
                content = content.replace(old, new)
            target.writestr(member, content)


@pytest.mark.parametrize("paper", SPECIMENS, ids=lambda paper: type(paper).__name__)
def test_every_kind_is_filled_in_whole_and_marked_as_an_example(paper):
    content = editable(paper)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}

    assert [name for name, text in texts.items() if "{{" in text or "{%" in text] == []
    assert [MARK in texts[f"word/header{n}.xml"] for n in (1, 2)] == [True, True]
    assert "2026年1月30日" in "".join(lines(paper))
    assert faults_of(paper) == []
    assert editable(paper) == content


def test_a_paper_that_is_none_has_no_mark():
    header = part(editable(cast.NOTICE), "word/header1.xml")

    assert "".join(run.text or "" for run in header.iter(f"{W}t")) == ""


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_page_is_the_standards(name):
    root = part((SHIPPED / name).read_bytes())
    size, margins, grid = (next(root.iter(f"{W}{tag}")) for tag in ("pgSz", "pgMar", "docGrid"))

    def mm(element: ElementTree.Element, *names: str) -> list[int]:
        return [round(int(element.get(f"{W}{name}", "")) * 25.4 / 1440) for name in names]

    assert mm(size, "w", "h") == [210, 297]
    assert mm(margins, "top", "left", "right", "bottom") == [37, 28, 26, 35]
    height = 16838 - 2098 - 1984
    assert height // int(grid.get(f"{W}linePitch", "")) == 22
    # A character of 16 points less what the grid takes off it (in 4096ths of a point); 28 fill the line.
    step = 16 + int(grid.get(f"{W}charSpace", "")) / 4096
    assert (11906 - 1588 - 1474) / 20 // step == 28


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_letters_are_the_standards_and_pages_are_numbered_outside(name):
    content = (SHIPPED / name).read_bytes()
    styles = part(content, "word/styles.xml")
    faces = {face.get(f"{W}eastAsia") for face in styles.iter(f"{W}rFonts")}
    default = next(styles.iter(f"{W}rPrDefault"))

    assert faces == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}
    assert next(default.iter(f"{W}rFonts")).get(f"{W}eastAsia") == "仿宋_GB2312"
    assert next(default.iter(f"{W}sz")).get(f"{W}val") == "32"
    assert part(content, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    sides = [next(part(content, f"word/footer{n}.xml").iter(f"{W}pStyle")).get(f"{W}val") for n in (1, 2)]
    assert sides == ["FolioOdd", "FolioEven"]


@pytest.mark.parametrize("paper", [cast.RESOLUTION, cast.ORDER, cast.REVOCATION])
def test_number_title_text_and_signature_stand_in_their_order(paper):
    said = lines(paper)
    day = f"{paper.dated.year}年{paper.dated.month}月{paper.dated.day}日"

    rest = said[said.index(paper.number) :]  # an issuer may sign under the name that stands in the head
    order = (paper.number, f"{paper.addressees}：", paper.paragraphs[0], *paper.signers, day)
    places = [rest.index(words) for words in order]
    assert places == sorted(places)


def test_issuers_of_a_joint_decision_stand_over_each_other_beside_one_word():
    assert tables(cast.RESOLUTION)[0] == [["中共云岭区委员会\n云岭区人民政府", "文件"]]
    assert "云岭区精神文明建设委员会文件" in lines(cast.REVOCATION)


def test_the_annex_lists_every_unit_with_its_exact_points():
    assert tables(cast.RESOLUTION)[1] == [
        ["序号", "单位", "街镇", "得分"],
        ["1", "松风社区", "松溪街道", "94.10"],
        ["2", "竹里社区", "松溪街道", "89.995"],
        ["3", "青石社区", "青石镇", "—"],
    ]
    unscored = tuple(replace(row, score=None) for row in cast.ROWS)
    assert tables(replace(cast.NOTICE, rows=unscored))[0][0] == ["序号", "单位", "街镇"]


def test_a_long_title_is_broken_as_in_the_pdf():
    said = lines(cast.REVOCATION)

    assert cast.REVOCATION.title[0] not in said
    assert cast.REVOCATION.title[0] in "".join(said)
    assert "定" not in said


def test_an_order_and_a_revocation_tell_their_terms():
    order, revocation = "\n".join(lines(cast.ORDER)), "\n".join(lines(cast.REVOCATION))

    assert "30个工作日内（2028年12月18日前）完成整改，并将整改情况书面报告区文明办。" in order
    assert "奖牌、证书应于2029年2月9日前交回；2031年1月20日前不得再次申报。" in revocation
    assert tables(cast.ORDER)[0][1] == ["1", "1.1 居务公开", "两个季度未公示。", "补齐公示。"]


def test_minutes_say_who_came_and_how_each_line_was_counted():
    said = lines(cast.MINUTES)

    assert {"出席：许静（主任）、高远（委员）", "请假：韩冰（委员，公务外出）", "回避：无"} <= set(said)
    assert "法定人数：应到3人，到会须满2人，实到2人" in said
    counted = tables(cast.MINUTES)[0]
    assert counted[0] == ["序号", "单位", "赞成", "反对", "弃权", "无效", "回避", "结果"]
    assert "无效" not in tables(replace(cast.MINUTES, secret=False))[0][0]


@pytest.mark.parametrize("paper", [cast.CERTIFICATE, cast.PLAQUE, cast.NOTICE])
def test_a_code_is_a_picture_of_its_own(paper):
    with zipfile.ZipFile(io.BytesIO(editable(paper))) as book:
        pictures = [name for name in book.namelist() if name.startswith("word/media/")]

    assert len(pictures) == 1


def test_what_people_typed_is_text_and_no_markup_nor_template():
    typed = "<w:p/>&amp; {{ number }} {% raise %} ]]>"

    assert typed in lines(replace(cast.ORDER, paragraphs=(typed,)))


def test_a_character_without_a_picture_is_refused_as_in_the_pdf():
    with pytest.raises(Refused, match=r"document\.character_missing"):
        editable(replace(cast.NOTICE, title="公示\u202e"))


def test_a_template_of_the_sites_own_is_used_and_checked(own):
    changed(own, "certificate.docx", "荣誉证书", "荣誉证书（云岭）")

    assert lines(cast.CERTIFICATE)[0] == "荣誉证书（云岭）"
    assert faults_of(SPECIMENS[4]) == []


def test_a_field_that_word_has_cut_into_runs_is_filled_in(own):
    changed(
        own, "certificate.docx", "{{ holder }}", '{{ hol</w:t></w:r><w:r><w:t xml:space="preserve">der }}'
    )

    assert f"{cast.CERTIFICATE.holder}：" in lines(cast.CERTIFICATE)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{{ holder }}", "{{ holdr }}", "holdr"),
        ("{{ holder }}", "{{ holder", "TemplateSyntaxError"),
        ("{{ holder }}", "{{ holder.__class__.__mro__ }}", "SecurityError"),
        ("{{ holder }}", "{{ 1 / 0 }}", "ZeroDivisionError"),
    ],
)
def test_a_broken_template_is_refused_with_its_name_and_the_reason(own, old, new, reason):
    changed(own, "certificate.docx", old, new)

    with pytest.raises(Refused) as refused:
        editable(cast.CERTIFICATE)

    params = refused.value.params
    assert (refused.value.code, params["template"]) == ("document.template_broken", "certificate.docx")
    assert reason in str(params["reason"])
    assert len(faults_of(SPECIMENS[4])) == 1


@pytest.mark.parametrize("content", [b"", b"no package", (SHIPPED / "minutes.typ").read_bytes()])
def test_a_file_that_is_no_docx_is_refused_without_its_path(own, content):
    own.mkdir()
    (own / "notice.docx").write_bytes(content)

    with pytest.raises(Refused, match=r"document\.template_broken") as refused:
        editable(cast.NOTICE)

    assert str(own) not in str(refused.value.params)


def test_an_example_never_goes_out_without_its_mark(own):
    own.mkdir()
    with (
        zipfile.ZipFile(SHIPPED / "notice.docx") as book,
        zipfile.ZipFile(own / "notice.docx", "w") as target,
    ):
        for member in book.namelist():
            target.writestr(member, book.read(member).replace(b"{{ mark }}", b""))

    assert editable(cast.NOTICE)
    with pytest.raises(Refused, match=r"document\.template_broken"):
        editable(replace(cast.NOTICE, example=True))
    assert faults_of(SPECIMENS[3]) == ["缺少 {{ mark }}，示例文件须在每页标明"]


def test_a_field_in_a_branch_not_taken_is_found_by_the_check(own):
    changed(own, "minutes.docx", "{{ scrutineer }}", "{% if not secret %}{{ nobody }}{% endif %}")

    assert editable(cast.MINUTES)
    assert faults_of(SPECIMENS[6]) == ["本类文件没有字段 {{ nobody }}"]


def test_writing_out_leaves_what_is_there(own):
    changed(own, "plaque.docx", "编号", "号")
    before = (own / "plaque.docx").read_bytes()

    written = write_out(own)

    assert sorted(place.name for place in written) == sorted(set(NAMES.values()) - {"plaque.docx"})
    assert (own / "plaque.docx").read_bytes() == before
    assert write_out(own) == []


def test_the_page_on_documents_names_every_field():
    told = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8")))

    left = [(type(paper).__name__, names_in(paper) - told) for paper in SPECIMENS]
    assert [(kind, names) for kind, names in left if names] == []
