"""Official documents made of what was decided."""

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.workflow.documents import making
from services.workflow.documents.papers import StripDay
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile, Notice
from tests.workflow import cast


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def resolution(d):
    return DocumentFile.objects.get(kind="resolution")


def words_of(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "".join(text.split())


def test_a_resolution_says_who_was_named_by_whom_and_for_how_long(resolution):
    paper = making.resolution_paper(resolution)

    assert paper.title == ("云岭区人民政府", "关于命名表彰2026年度示例社区的决定")
    assert paper.number == resolution.number
    assert paper.paragraphs[0] == (
        "2026年，yunling社区各单位对照评选标准开展创建。经自我申报、资格确认、组织评选、公示，"
        "现决定命名held社区为“示例社区”，予以表彰。"
    )
    assert "原则上每2年复评一次" in paper.paragraphs[2]
    assert paper.annex is not None
    assert [(row.unit, row.town, str(row.score)) for row in paper.annex.rows] == [
        ("held社区", "songxi社区", "100.00")
    ]


def test_a_longer_list_is_named_by_its_first(resolution):
    resolution.paper["named"] *= 3

    assert "命名held社区等3个单位为" in making.resolution_paper(resolution).paragraphs[0]


def test_a_route_without_notice_claims_none(resolution):
    resolution.paper["notice_days"] = None

    assert "公示" not in making.resolution_paper(resolution).paragraphs[0]


def test_the_pdf_carries_the_words_and_is_kept(resolution, store):
    first = making.pdf_of(resolution)
    [kept] = store.rglob("*.pdf")

    assert "现决定命名held社区为“示例社区”" in words_of(first)
    assert kept.read_bytes() == first
    kept.write_bytes(b"kept")
    assert making.pdf_of(resolution) == b"kept"


def test_other_words_are_another_document(resolution, store):
    making.pdf_of(resolution)
    resolution.paper = {**resolution.paper, "year": 2027}
    making.pdf_of(resolution)

    assert len(list(store.rglob("*.pdf"))) == 2


def test_an_example_is_marked_as_one(resolution):
    resolution.paper["example"] = True

    assert "示例" in words_of(making.pdf_of(resolution))


def test_an_unknown_kind_has_no_file(resolution):
    resolution.kind = "poem"

    with pytest.raises(Refused) as refused:
        making.pdf_of(resolution)
    assert refused.value.code == "document.no_file"


def test_a_notice_on_paper_shows_how_its_days_were_counted(d, settings):
    settings.PUBLIC_ORIGIN = "https://laurel.example"
    paper = making.notice_paper(Notice.objects.get(pk=d.notice))

    assert paper.period == "2026年3月2日发布，至2026年3月9日止，共5个工作日"
    assert paper.strip[0] == StripDay(day=dt.date(2026, 3, 2), mark="opened")
    assert [day.count for day in paper.strip if day.mark == "counted"] == [1, 2, 3, 4, 5]
    assert [day.day.day for day in paper.strip if day.mark == "rest"] == [7, 8]
    assert paper.verification_url == f"https://laurel.example/notices/{d.notice}"
    assert [channel.name for channel in paper.channels] == ["网上提交", "来访", "电话", "来信"]
    assert [row.unit for row in paper.rows] == ["listed社区", "listed_too社区"]


def test_where_the_first_day_counts_it_has_the_first_number(d):
    notice = Notice.objects.get(pk=d.notice)
    notice.opening_day_counts, notice.ends_on = True, dt.date(2026, 3, 6)

    paper = making.notice_paper(notice)

    assert paper.strip[0] == StripDay(day=dt.date(2026, 3, 2), mark="counted", count=1)
    assert paper.period.endswith("共5个工作日")
    assert paper.strip_note.startswith("发布当日计入")


def test_the_poster_can_be_printed(d):
    assert "如何提出异议" in words_of(making.notice_pdf(Notice.objects.get(pk=d.notice)))


def test_a_draft_has_no_poster(d):
    draft = Notice.objects.get(pk=cast.draw_up(d, [d.cases["notice"]]))

    with pytest.raises(Refused) as refused:
        making.notice_pdf(draft)
    assert refused.value.code == "notice.not_released"


def test_of_two_made_at_once_the_first_stays(store):
    place = store / "documents" / "ab" / "one.pdf"

    assert [making._kept(place, content) for content in (b"first", b"second")] == [b"first"] * 2
    assert [file.name for file in place.parent.iterdir()] == ["one.pdf"]
