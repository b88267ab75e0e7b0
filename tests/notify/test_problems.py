"""Refusals over HTTP in notify's own words."""

from pathlib import Path

import httpx
import pytest

from services.notify.problems import WORDS, Problem, language_of, part_of_the_page

PAGE = Path(__file__).parents[2] / "docs" / "codes.md"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("fr;q=1, zh;q=0.4, en;q=0.6", "en"),
        ("fr", "zh"),
        ("en;q=much", "zh"),
    ],
)
def test_the_language_is_the_preferred_of_the_two(accepted, language):
    assert language_of(accepted) == language


def test_a_problem_has_the_members_of_the_standard_and_its_particulars():
    assert Problem("topic.denied", topic="case:9").body("zh") == {
        "type": "/docs/codes#topic.denied",
        "title": "无权接收",
        "status": 403,
        "detail": "凭证不包含所请求的主题。",
        "code": "topic.denied",
        "topic": "case:9",
    }


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_code_is_worded_in_both_languages(code):
    chinese, english = (Problem(code).body(language) for language in ("zh", "en"))

    assert any("一" <= sign <= "鿿" for sign in f"{chinese['title']}{chinese['detail']}")
    assert f"{english['title']}{english['detail']}".isascii()


def test_the_page_of_codes_has_them_as_they_are():
    assert PAGE.read_text().endswith(part_of_the_page())


@pytest.mark.integration
def test_a_refusal_is_told_in_the_language_asked_for(served):
    answer = httpx.get(f"{served.http}/events?topics=case:1", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.headers["content-language"] == "en"
    assert answer.json() == Problem("topic.denied", topic="case:1").body("en")


@pytest.mark.integration
def test_a_bad_ticket_is_told_what_would_be_a_good_one(served):
    answer = httpx.get(f"{served.http}/api/v1/feed", headers={"Authorization": "Ticket no"})

    assert answer.headers["www-authenticate"] == 'Ticket realm="laurel"'
    assert answer.json() == Problem("ticket.invalid", reason="malformed").body("zh")
