"""What letters look like, and that their addresses are those of the pages."""

import pytest
from django.utils import translation

from services.workflow.jobs.letters import (
    LISTED_MOST,
    SETTINGS_PAGE,
    Line,
    group_text,
    mail_of,
    short_text,
)
from services.workflow.web.notifications import ADDRESS

ONE = Line("待办：清溪社区", "http://127.0.0.1:8000/cases/7", [("批次", "2026年度")])


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def test_the_address_of_the_settings_is_that_of_their_page():
    assert SETTINGS_PAGE == ADDRESS


def test_a_letter_of_one_matter_has_it_in_its_subject_once():
    mail = mail_of([ONE])

    assert mail.subject == "桂冠 · 待办：清溪社区"
    assert mail.text.count("清溪社区") == 1 and "批次: 2026年度\nhttp://127.0.0.1:8000/cases/7\n" in mail.text
    assert "通知设置: http://127.0.0.1:8000/account/notifications" in mail.text


def test_a_letter_of_many_lists_some_and_counts_the_rest():
    mail = mail_of([ONE] * LISTED_MOST, 5)

    assert mail.subject == "桂冠 · 您有 25 条消息"
    assert mail.text.count("cases/7") == mail.html.count("cases/7") == LISTED_MOST
    assert "另有 5 条" in mail.text and "另有 5 条" in mail.html


def test_names_are_escaped_in_html_and_as_they_are_in_text():
    mail = mail_of([Line("<b>甲</b> & 乙", "http://x/?a=1&b=2")])

    assert "&lt;b&gt;甲&lt;/b&gt; &amp; 乙" in mail.html and "<b>甲</b> & 乙" in mail.text


def test_a_robot_gets_title_particulars_and_address():
    assert group_text([ONE]) == "待办：清溪社区\n批次: 2026年度\nhttp://127.0.0.1:8000/cases/7"


def test_a_telephone_gets_one_line_without_an_address():
    assert short_text([ONE]) == "待办：清溪社区。请登录系统查看。"
    with translation.override("en"):
        assert short_text([ONE, ONE]) == "2 messages for you. Log in to see more."
