"""One's own notification settings in the browser's forms."""

import pytest

from services.workflow.domain.messages import MessageKind
from services.workflow.models import Choice, Delivery, MemberRhythm, Reach
from tests.workflow.web.desk import Desk, summary, words

PAGE = "/account/notifications"


@pytest.fixture(autouse=True)
def mail_is_served(settings):
    settings.MAIL_BACKEND = "filebased"


def test_the_account_leads_to_the_settings_and_they_list_every_kind(d):
    desk = Desk("songxi")

    shown = desk.get(PAGE)

    assert f'href="{PAGE}"' in desk.get("/account").text
    assert all(
        text in words(shown) for text in ("通知设置", "新的待办", "临期与逾期", "邮件", "企业微信机器人")
    )
    assert shown.text.count("<select") == len(MessageKind) * 4 + 1  # mail and three robots; the language


def test_an_address_is_saved_masked_tried_and_forgotten(d):
    desk = Desk("songxi")

    saved = desk.send(PAGE, act="reach", channel="mail", address="zhang@songxi.gov.cn")
    shown = desk.get(PAGE)
    tried = desk.send(PAGE, act="test", channel="mail")
    forgotten = desk.send(PAGE, act="reach", channel="mail", address="")

    assert [answer.status_code for answer in (saved, tried, forgotten)] == [302, 302, 302]
    assert "z…@songxi.gov.cn" in words(shown) and "zhang@songxi.gov.cn" not in shown.text
    assert Delivery.objects.get().event["type"] == "test" and Reach.objects.count() == 0


def test_a_wrong_address_comes_back_as_it_was_typed(d):
    answer = Desk("songxi").send(PAGE, act="reach", channel="mail", address="zhang at songxi")

    assert (answer.status_code, summary(answer)) == (422, ["不是有效的邮箱地址，应形如 name@example.cn。"])
    assert 'value="zhang at songxi"' in answer.text and 'href="#address-mail"' in answer.text


def test_choices_and_hours_are_saved(d):
    desk, who = Desk("songxi"), d.people["songxi"].member_id

    desk.send(PAGE, act="choices", **{"work-mail": "digest", "progress-mail": "off"})
    desk.send(
        PAGE, act="rhythm", quiet_from="21:30", quiet_until="07:30", digest_at="09:00", remind_days="3",
        language="zh-hans", rest_days_quiet="1",
    )  # fmt: skip

    chosen = set(Choice.objects.filter(member=who).values_list("kind", "channel", "how"))
    assert chosen == {("work", "mail", "digest"), ("progress", "mail", "off")}
    row = MemberRhythm.objects.get(member=who)
    assert (str(row.quiet_from), str(row.digest_at), row.remind_days, row.rest_days_quiet) == (
        "21:30:00", "09:00:00", 3, True,
    )  # fmt: skip
    assert 'value="21:30"' in desk.get(PAGE).text


def test_half_a_quiet_time_is_refused_beside_its_field(d):
    answer = Desk("songxi").send(
        PAGE, act="rhythm", quiet_from="21:30", quiet_until="", digest_at="09:00", remind_days="3"
    )

    assert answer.status_code == 422 and 'href="#quiet_from"' in answer.text


def test_nobody_sees_anothers_address(d):
    Desk("songxi").send(PAGE, act="reach", channel="mail", address="zhang@songxi.gov.cn")

    assert "songxi.gov.cn" not in Desk("songxi2").get(PAGE).text


def test_an_act_that_there_is_not_is_none(d):
    assert Desk("songxi").send(PAGE, act="sell").status_code == 404
