import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from services.workflow.documents import papers
from services.workflow.documents.fonts import FontShelf
from services.workflow.documents.rendering import TEMPLATE_OF, points, render, render_all
from services.workflow.domain.refused import Refused
from tests.workflow.documents.cast import (
    BARE,
    CERTIFICATE,
    EVERY_KIND,
    MINUTES,
    NOTICE,
    ORDER,
    PLAQUE,
    RESOLUTION,
    REVOCATION,
)
from tests.workflow.documents.reading import MM, opened, page_texts, places_mm, whole_text

CELLS_PER_LINE = 28
LINES_PER_PAGE = 22


def assert_in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part} is not in {text[place:]}"
        place = found + len(part)


def refusal_of(paper: papers.Paper, shelf: FontShelf = BARE) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        render(paper, shelf=shelf)
    return caught.value.code, caught.value.params


def test_the_kinds_tried_here_are_all_there_are():
    assert {type(paper) for paper in (*EVERY_KIND, PLAQUE)} == set(TEMPLATE_OF)


@pytest.mark.parametrize("paper", EVERY_KIND, ids=lambda paper: type(paper).__name__)
def test_every_kind_is_a4_and_says_that_it_is_archival(paper):
    reader = opened(render(paper, shelf=BARE))

    sizes = {tuple(sorted(round(float(side) / MM) for side in page.mediabox[2:])) for page in reader.pages}
    assert sizes == {(210, 297)}
    assert_archival(reader)


def test_a_plaque_has_its_own_shape_and_is_archival():
    reader = opened(render(PLAQUE, shelf=BARE))

    assert len(reader.pages) == 1
    assert_archival(reader)


def assert_archival(reader):
    metadata = reader.xmp_metadata
    assert metadata is not None
    xmp = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>B</pdfaid:conformance>" in xmp


@pytest.mark.parametrize("paper", EVERY_KIND, ids=lambda paper: type(paper).__name__)
def test_an_example_says_so_on_every_page(paper):
    marked, plain = page_texts(replace(paper, example=True)), page_texts(paper)

    assert ["演示数据，不是正式公文" in text and "示例" in text for text in marked] == [True] * len(plain)
    assert [text for text in plain if "示例" in text or "演示数据" in text] == []


@pytest.mark.parametrize("paper", EVERY_KIND, ids=lambda paper: type(paper).__name__)
def test_the_same_paper_gives_the_same_bytes(paper):
    assert render(paper, shelf=BARE) == render(paper, shelf=BARE)


def test_another_process_gives_the_same_bytes():
    script = (
        "import hashlib; from tests.workflow.documents.cast import *; "
        "from services.workflow.documents.rendering import render; "
        "print(hashlib.sha256(render(RESOLUTION, shelf=BARE)).hexdigest())"
    )

    prints = {subprocess.check_output([sys.executable, "-c", script], text=True) for _ in range(2)}

    assert len(prints) == 1


def test_the_day_in_the_file_is_the_day_on_the_paper():
    metadata = opened(render(RESOLUTION, shelf=BARE)).metadata

    assert metadata is not None and metadata.creation_date is not None
    assert metadata.creation_date.date() == RESOLUTION.dated


def test_many_papers_come_back_in_their_order():
    sheaf = [replace(CERTIFICATE, honour_number=f"YL-{serial:03}") for serial in range(1, 9)]

    numbers = ["".join(opened(pdf).pages[0].extract_text().split()) for pdf in render_all(sheaf, shelf=BARE)]

    assert [f"YL-{serial:03}" in text for serial, text in enumerate(numbers, start=1)] == [True] * 8


def test_a_resolution_has_the_parts_of_an_official_document_in_their_order():
    first, second, annex, foot = page_texts(RESOLUTION)

    assert_in_order(
        first, "中共云岭区委员会", "云岭区人民政府", "文件", "云委发〔2026〕21号", "关于命名表彰2026年度"
    )
    assert_in_order(first, "各人民团体：", "2026年，全区各社区对照", "—1—")
    assert_in_order(
        second, "附件：云岭区2026年度文明社区名单", "中共云岭区委", "云岭区人民政府", "2026年10月23日"
    )
    assert second.count("印章位置") == 2
    assert_in_order(
        annex, "附件", "云岭区2026年度文明社区名单", "序号单位街镇得分", "1松风社区松溪街道94.10", "89.995"
    )
    assert_in_order(annex, "3青石社区青石镇—")
    assert_in_order(
        foot, "抄送：区人大常委会办公室，区政协办公室。", "中共云岭区委办公室2026年10月23日印发", "—4—"
    )


def test_a_full_page_holds_22_lines_of_28_characters():
    long = replace(RESOLUTION, paragraphs=("国" * 2000, "完。"), annex=None)

    pages = opened(render(long, shelf=BARE)).pages

    lines = [line for line in pages[1].extract_text().splitlines() if "国" in line]
    assert [line.count("国") for line in lines] == [CELLS_PER_LINE] * LINES_PER_PAGE


def test_page_numbers_stand_at_the_outer_edge():
    odd, even = opened(render(RESOLUTION, shelf=BARE)).pages[:2]

    assert 160 < places_mm(odd)["— 1 —"] < 184
    assert 28 < places_mm(even)["— 2 —"] < 40


@pytest.mark.parametrize(
    ("letters", "pages", "numbered"), [(60, 2, [1, 2]), (580, 4, [1, 2]), (720, 4, [1, 2, 3, 4])]
)
def test_the_foot_stands_on_an_even_page_and_a_blank_sheet_has_no_number(letters, pages, numbered):
    """The second text ends so low on page two that the foot finds no room; the third ends on page three."""
    paper = replace(RESOLUTION, paragraphs=("国" * letters, "完。"), annex=None)

    texts = page_texts(paper)

    assert len(texts) == pages
    assert "印发" in texts[-1]
    assert [number for number in range(1, pages + 1) if f"—{number}—" in texts[number - 1]] == numbered


def test_a_signature_never_stands_on_a_page_without_text():
    for letters in range(0, 620, 28):
        paper = replace(RESOLUTION, paragraphs=("国" * letters, "末段文字。"), annex=None)
        (signed,) = (text for text in page_texts(paper) if "印章位置" in text)
        assert "末段文字。" in signed


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_every_signer_has_a_place_for_a_seal_inside_the_type_area(count):
    names = tuple(f"云岭区精神文明建设委员会第{serial}办公室" for serial in range(1, count + 1))
    paper = replace(RESOLUTION, issuers=names, signers=names, annex=None)

    text = whole_text(paper)

    assert text.count("印章位置") == count
    assert_in_order(text.partition("印章位置")[2], *names)


def test_an_order_names_what_is_to_be_done_until_when():
    text = whole_text(ORDER)

    assert_in_order(
        text, "云岭区精神文明建设委员会办公室文件", "关于责令桂苑社区限期整改的通知", "1.1居务公开"
    )
    assert_in_order(text, "30个工作日内（2028年12月18日前）完成整改", "书面报告区文明办。", "2028年11月6日")


def test_a_revocation_tells_plaque_and_ban_only_where_there_are_such():
    with_both, with_none = (
        whole_text(REVOCATION),
        whole_text(replace(REVOCATION, plaque_due=None, banned_until=None)),
    )

    assert "应于2029年2月9日前交回；2031年1月20日前不得再次申报。" in with_both
    assert "YL-WM-2026-006" in with_both
    assert "称号。附件" in with_none and "交回" not in with_none and "不得再次申报" not in with_none


def test_a_notice_shows_list_period_channels_and_code():
    text = whole_text(NOTICE)

    assert_in_order(text, NOTICE.head, NOTICE.title, NOTICE.number, "1松风社区", "共5个工作日")
    assert_in_order(text, "二9.22发布", "三9.23第1日", "五9.25休", "电话0000-55501208", "核验码9C1E-44B0")


@pytest.mark.parametrize("count", [12, 13, 25, 60, 61, 1300])
def test_a_notice_lists_every_unit_whatever_the_layout(count):
    rows = tuple(papers.ListRow(serial=1000 + n, unit=f"单位{n}号", town="白鹭镇") for n in range(count))

    text = whole_text(replace(NOTICE, rows=rows))

    assert [n for n in range(count) if f"{1000 + n}单位{n}号白鹭镇" not in text] == []


def test_a_certificate_says_who_what_and_by_whom():
    (text,) = page_texts(CERTIFICATE)

    assert_in_order(text, "荣誉证书", "松风社区居民委员会：", "特授予：", "云岭区文明社区")
    for part in ("证书编号：YL-WM-2026-001", "中共云岭区委", "云岭区人民政府", "2026年10月23日"):
        assert part in text


def test_minutes_of_a_secret_vote_are_signed_by_teller_and_scrutineer():
    secret, open_vote = (
        whole_text(MINUTES),
        whole_text(replace(MINUTES, secret=False, teller="", scrutineer="")),
    )

    assert_in_order(
        secret, "会议纪要", "无记名投票", "应到3人，到会须满2人，实到2人", "韩冰（委员，公务外出）"
    )
    assert_in_order(secret, "1松风社区20000通过", "计票人（签名）", "监票人（签名）")
    assert "方式：记名投票" in open_vote and "计票人" not in open_vote


@pytest.mark.parametrize(
    "hostile",
    [
        '#eval("1+1")',
        "*bold*",
        "_under_",
        "$x^2$",
        "= 标题",
        "<label>",
        "`raw`",
        '"quoted"',
        "\\u{41}",
        "//注",
        "@ref",
    ],
)
def test_markup_in_a_name_comes_out_letter_by_letter(hostile):
    rows = (papers.ListRow(serial=1, unit=hostile, town=hostile),)

    text = whole_text(replace(RESOLUTION, annex=papers.Annex(title="名单", rows=rows), paragraphs=(hostile,)))

    assert text.count(hostile.replace(" ", "")) == 3


def test_a_line_break_in_a_value_does_not_break_the_layout():
    assert "甲乙丙" in whole_text(replace(RESOLUTION, paragraphs=("甲\r\n乙\t丙",), title=("关于\n表彰",)))


def test_a_character_that_no_font_has_is_refused_by_name():
    code, params = refusal_of(replace(RESOLUTION, paragraphs=("姓名𠮷某",)))

    assert (code, params) == ("document.character_missing", {"character": "𠮷", "codepoint": "U+20BB7"})


def test_a_rare_character_that_the_bundled_fonts_have_is_printed():
    assert "㙟𬭚" in whole_text(replace(RESOLUTION, paragraphs=("㙟𬭚",)))


def test_no_chinese_font_is_refused_before_anything_is_drawn():
    code, params = refusal_of(RESOLUTION, FontShelf(folders=(), system=False))

    assert (code, params) == ("document.font_missing", {"wanted": "FangSong_GB2312"})


def test_a_press_that_failed_serves_the_next_paper():
    refusal_of(replace(RESOLUTION, paragraphs=("𠮷",)))

    assert "云委发〔2026〕21号" in whole_text(RESOLUTION)


def test_templates_build_no_markup_from_values():
    sources = [path.read_text() for path in Path("services/workflow/documents/templates").glob("*.typ")]

    assert len(sources) >= len(TEMPLATE_OF)
    assert [source for source in sources if "eval(" in source] == []


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        ("90", "90.00"),
        ("94.1", "94.10"),
        ("89.995", "89.995"),
        ("0", "0.00"),
        ("1E+2", "100.00"),
        ("9.500", "9.50"),
    ],
)
def test_points_are_never_rounded(score, shown):
    assert points(Decimal(score)) == shown
