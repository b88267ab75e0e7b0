"""The language of a page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_is_chinese_in_an_english_browser(client: Client):
    answer = client.get("/login", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert (answer["Content-Language"], 'lang="zh-hans"' in answer.text.lower()) == ("zh-hans", True)


def test_a_page_is_english_by_choice(client: Client):
    client.cookies["django_language"] = "en"

    answer = client.get("/login")

    assert answer["Content-Language"] == "en"


def test_the_api_follows_the_header(client: Client):
    answer = client.get("/api/v1/inbox", headers={"Accept-Language": "en"})

    assert answer["Content-Language"] == "en"
