"""A person's own choices: what is taken, what is refused, and what lies readable in the database."""

import datetime as dt

import pytest

from services.workflow.commands.keyring import open_address
from services.workflow.commands.preferences import choose, send_test, set_reach, set_rhythm
from services.workflow.domain.messages import Channel, How, MessageKind
from services.workflow.models import Choice, MemberRhythm, Reach
from services.workflow.queries.preferences import preferences_of
from tests.workflow.commands.refusing import refusal

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-key"


def test_an_address_is_kept_sealed_and_shown_masked(d):
    who = d.people["songxi"]

    set_reach("mail", {"address": "zhang@songxi.gov.cn"}, by=who)

    row = Reach.objects.get(member=who.member_id)
    assert open_address(row.sealed) == {"address": "zhang@songxi.gov.cn"}
    assert b"zhang" not in bytes(row.sealed) and row.shown == "z…@songxi.gov.cn"
    assert preferences_of(who.member_id or 0).reaches == {"mail": "z…@songxi.gov.cn"}


def test_a_robots_key_is_not_shown(d):
    set_reach("wecom", {"address": ROBOT, "secret": ""}, by=d.people["songxi"])

    row = Reach.objects.get()
    assert row.shown == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send" and b"secret-key" not in bytes(
        row.sealed
    )


def test_an_empty_address_is_forgotten(d):
    for address in ("zhang@songxi.gov.cn", ""):
        set_reach("mail", {"address": address}, by=d.people["songxi"])

    assert Reach.objects.count() == 0


@pytest.mark.parametrize(
    ("channel", "address", "code"),
    [
        ("mail", "no address", "reach.mail_malformed"),
        ("sms", "110", "reach.mobile_malformed"),
        ("wecom", "https://evil.example/cgi-bin", "endpoint.robot_elsewhere"),
        ("wecom", ROBOT.replace("https", "http"), "endpoint.robot_elsewhere"),
        ("dingtalk", ROBOT, "endpoint.robot_elsewhere"),
        ("feishu", "http://169.254.169.254/", "endpoint.robot_elsewhere"),
        ("pigeon", "roof", "field.not_a_choice"),
    ],
)
def test_a_wrong_address_is_refused_and_nothing_kept(d, channel, address, code):
    assert refusal(set_reach, channel, {"address": address}, by=d.people["songxi"]) == code
    assert Reach.objects.count() == 0


def test_choices_hold_and_those_not_named_keep_their_default(d):
    who = d.people["songxi"]

    choose({("work", "mail"): "digest"}, by=who)
    choose({("work", "mail"): "off", ("due", "sms"): "off"}, by=who)

    table = preferences_of(who.member_id or 0).table
    assert (table[MessageKind.WORK, Channel.MAIL], table[MessageKind.DUE, Channel.MAIL]) == (How.OFF, How.NOW)
    assert Choice.objects.count() == 2


@pytest.mark.parametrize(
    "wanted", [("lunch", "mail", "now"), ("work", "fax", "now"), ("work", "mail", "later")]
)
def test_a_choice_that_there_is_not_is_refused(d, wanted):
    kind, channel, how = wanted

    assert refusal(choose, {(kind, channel): how}, by=d.people["songxi"]) == "field.not_a_choice"


def test_hours_are_kept_and_what_is_not_named_stays(d):
    who = d.people["songxi"]

    set_rhythm({"quiet_from": "21:30", "quiet_until": "07:30", "remind_days": "3", "language": "en"}, by=who)
    set_rhythm({"rest_days_quiet": True}, by=who)

    row = MemberRhythm.objects.get(member=who.member_id)
    assert (row.quiet_from, row.quiet_until, row.rest_days_quiet) == (dt.time(21, 30), dt.time(7, 30), True)
    assert (row.remind_days, row.language, row.digest_at) == (3, "en", dt.time(8, 30))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"quiet_from": "21:30"}, "rhythm.half_quiet"),
        ({"quiet_from": "half past nine", "quiet_until": "07:30"}, "field.not_an_hour"),
        ({"quiet_from": "25:00", "quiet_until": "07:30"}, "field.not_an_hour"),
        ({"digest_at": ""}, "field.missing"),
        ({"remind_days": "11"}, "field.out_of_range"),
        ({"language": "fr"}, "field.not_a_choice"),
    ],
)
def test_hours_that_are_none_are_refused(d, fields, code):
    assert refusal(set_rhythm, fields, by=d.people["songxi"]) == code


def test_a_test_message_needs_an_address_and_a_channel_that_is_served(d, settings):
    settings.MAIL_BACKEND = "none"
    who = d.people["songxi"]
    not_served = refusal(send_test, "mail", by=who)
    settings.MAIL_BACKEND = "filebased"

    assert (not_served, refusal(send_test, "mail", by=who)) == ("reach.not_served", "reach.missing")


def test_no_more_than_five_test_messages_an_hour(d, settings):
    settings.MAIL_BACKEND = "filebased"
    who = d.people["songxi"]
    set_reach("mail", {"address": "zhang@songxi.gov.cn"}, by=who)

    for _ in range(5):
        send_test("mail", by=who)

    assert refusal(send_test, "mail", by=who) == "delivery.too_many_tests"
