"""The papers of standing supervision."""

import datetime as dt

import pytest

from services.workflow.documents import making, supervision
from services.workflow.documents.papers import Shortcoming
from services.workflow.models import DocumentFile
from tests.workflow.documents.test_making import words_of


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def revocation(d):
    """The decision on an honour whose rectification failed, as the command keeps it."""
    honour = d.honour
    honour.banned_until = dt.date(2029, 3, 2)
    honour.__class__.objects.filter(pk=honour.pk).update(banned_until=honour.banned_until)
    paper = {
        "unit": "held社区",
        "title": "示例社区",
        "number": honour.number,
        "issuers": ["云岭区人民政府"],
        "reason": "整改后仍达不到标准。",
        "on": "2026-03-02",
        "conferred_on": "2026-02-10",
        "plaque_due": "2026-03-16",
        "example": False,
    }
    return DocumentFile(kind="revocation", number="决〔2026〕2号", case_id=honour.pk, paper=paper)


def test_a_revocation_says_what_was_taken_and_why(d, revocation):
    paper = supervision.revocation_paper(revocation)

    assert paper.title[1] == "关于取消held社区“示例社区”称号的决定"
    assert paper.paragraphs == (
        f"held社区于2026年2月10日被命名为“示例社区”，编号{d.honour.number}。",
        "该单位在动态管理中达不到保持称号的标准：整改后仍达不到标准。经提请和审议，现决定取消其“示例社区”称号。",
    )
    [row] = paper.revoked
    assert (row.town, row.reason, paper.banned_until) == (
        "songxi社区",
        "整改后仍达不到标准",
        dt.date(2029, 3, 2),
    )
    text = words_of(making.pdf_of(revocation))
    assert "奖牌、证书应于2026年3月16日前交回" in text and "2029年3月2日前不得再次申报" in text


def test_a_revocation_that_was_voted_on_tells_the_count(revocation):
    vote = {"body": "区文明委", "entitled": 5, "present": 5, "for": 4, "against": 0, "abstain": 1}
    revocation.paper["vote"] = vote

    assert (
        "经提请和区文明委审议表决（应到5人，实到5人，赞成4票，反对0票，弃权1票），现决定取消"
        in supervision.revocation_paper(revocation).paragraphs[1]
    )


def test_a_long_reason_stays_in_the_text(revocation):
    revocation.paper["reason"] = "因" * 60

    assert supervision.revocation_paper(revocation).revoked[0].reason == "见正文"


def test_an_order_lists_its_points_and_counts_its_days():
    paper = {
        "unit": "松风社区",
        "title": "示例社区",
        "number": "SAMPLE-H-2026-0001",
        "issuers": ["区文明办"],
        "points": ["1.1 补齐台账", "公开居务"],
        "working_days": 60,
        "deadline_on": "2026-05-28",
        "report_to": "区文明办",
        "on": "2026-03-02",
    }
    document = DocumentFile(kind="rectification", number="改〔2026〕1号", paper=paper)

    made = supervision.rectification_paper(document)

    assert made.shortcomings == (
        Shortcoming(serial=1, criterion="1.1", finding="补齐台账", demand="按评分标准整改到位"),
        Shortcoming(serial=2, criterion="综合", finding="公开居务", demand="按评分标准整改到位"),
    )
    assert "60个工作日内（2026年5月28日前）完成整改" in words_of(making.pdf_of(document))
