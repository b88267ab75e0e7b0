"""Titles and particulars of messages, in both languages."""

import datetime as dt

import pytest
from django.utils import translation

from services.workflow.domain.messages import Channel, Ended, EndpointKind, How, MessageKind
from services.workflow.wording.messages import (
    ENDINGS,
    HOWS,
    MESSAGE_KINDS,
    WAYS,
    Matter,
    due_words,
    many_title,
    more_words,
    particulars,
    title,
)

CASE = Matter("declaration", "清溪社区", "2026年度", "eligibility", "街镇初评", step="endorse")


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        ("zh-hans", "work", "待办：清溪社区 · 街镇初评"),
        ("zh-hans", "progress", "清溪社区 · 街镇初评：上报"),
        ("zh-hans", "due.escalated", "督办（逾期未办）：清溪社区 · 街镇初评"),
        ("en", "due.escalated", "Undone past its day: 清溪社区 · 街镇初评"),
        ("en", "work", "To do: 清溪社区 · 街镇初评"),
        ("en", "progress", "清溪社区 · 街镇初评: endorse"),
    ],
)
def test_a_title_says_what_it_is_and_whom_it_concerns(language, kind, words):
    with translation.override(language):
        assert title(kind, CASE) == words


@pytest.mark.parametrize(
    ("left", "heading", "words"),
    [
        (-1, "已逾期：", "2026-03-16 (逾期 1 个工作日)"),
        (0, "即将到期：", "2026-03-16 (今天到期)"),
        (2, "即将到期：", "2026-03-16 (剩余 2 个工作日)"),
    ],
)
def test_a_deadline_is_told_by_its_day_and_working_days(left, heading, words):
    matter = Matter("declaration", "清溪社区", due_on=dt.date(2026, 3, 16), days_left=left)

    with translation.override("zh-hans"):
        assert title("due", matter).startswith(heading) and due_words(matter) == words


def test_particulars_are_those_that_there_are():
    with translation.override("zh-hans"):
        assert particulars(CASE) == [("批次", "2026年度"), ("目前所处", "资格确认")]
        assert particulars(Matter("notice")) == []


def test_a_task_is_named_by_the_mode_of_its_round():
    task = Matter("round_task", edition="2026年度", place="vote", mode="vote")

    with translation.override("zh-hans"):
        assert (title("work", task), particulars(task)[1]) == ("待办：表决", ("目前所处", "表决"))


def test_counts_have_their_plural():
    with translation.override("en"):
        assert (many_title(2), more_words(3)) == ("2 messages for you", "and 3 more")
    with translation.override("zh-hans"):
        assert (many_title(2), more_words(3)) == ("您有 2 条消息", "另有 3 条")


def test_every_code_has_a_name():
    assert set(MESSAGE_KINDS) == set(MessageKind) and set(HOWS) == set(How) and set(ENDINGS) == set(Ended)
    assert set(WAYS) == set(Channel) | set(EndpointKind)
