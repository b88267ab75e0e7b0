"""From a step to the letter that somebody holds, over real servers."""

import base64
import datetime as dt
import hashlib
import hmac
import time
from uuid import uuid4

import pytest

from services.workflow.commands.deliveries import due_targets, hold, send_again
from services.workflow.commands.endpoints import rotate_secret, secret_of
from services.workflow.commands.objections import lodge
from services.workflow.commands.preferences import choose, send_test, set_rhythm
from services.workflow.commands.relay import relay_events
from services.workflow.jobs.sending import send_all
from services.workflow.models import Delivery, DeliveryAttempt, DeliveryTarget, Endpoint, Office, Reach
from tests.workflow import cast
from tests.workflow.cast import OBJECTION
from tests.workflow.jobs.people import clean, deliver, ended, endpoint, reach, rest_is_over

CANARY = {**OBJECTION, "name": "金丝雀甲", "contact": "13912345678", "text": "金丝雀所述情况"}


@pytest.fixture
def d(committed):
    clean()
    cast.set_clock(cast.NOW)
    return committed


def news(d, code="begun"):
    """A step that leaves work with the town, of a case that did not stand there yet, or one more of it."""
    case = d.cases[code]
    if d.case(code).stage == "draft":
        cast.complete(d, code)
        cast.take("declaration", case, "submit", d.people[code])
    else:
        cast.take("declaration", case, "return", d.people["songxi"], reason="理由金丝雀")
        cast.take("declaration", case, "resubmit", d.people[code])
    return case


def verified(secret, call):
    """The Standard Webhooks check, as a receiver would write it from the specification."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.{call.body.decode()}"
    wanted = base64.b64encode(hmac.new(key, content.encode(), hashlib.sha256).digest()).decode()
    return [wanted == given.removeprefix("v1,") for given in call.headers["webhook-signature"].split(" ")]


def test_a_step_reaches_the_town_it_left_work_with_and_not_who_took_it(d, mail_server):
    reach(d, "songxi2")
    reach(d, "draft")

    cast.take("declaration", d.cases["draft"], "submit", d.people["draft"])
    deliver()

    (letter,) = mail_server.letters
    assert (letter["To"], letter["Subject"].strip()) == (
        "songxi2@example.cn",
        "桂冠 · 待办：draft社区 · 街镇初评",
    )
    assert f"/cases/{d.cases['draft']}" in mail_server.text() and "批次: " in mail_server.text()
    assert '<html lang="zh-Hans">' in mail_server.html() and "draft社区" in mail_server.html()
    row = Delivery.objects.get()
    assert (row.ended, row.attempts, row.receipt) == ("sent", 1, letter["Message-ID"])


def test_a_letter_is_written_in_its_readers_language(d, mail_server):
    reach(d, "songxi2")
    set_rhythm({"language": "en"}, by=d.people["songxi2"])

    news(d)
    deliver()
    set_rhythm({"language": "zh-hans"}, by=d.people["songxi2"])

    assert mail_server.letters[0]["Subject"].strip().startswith("Laurel · To do: ")
    assert "Edition: " in mail_server.text() and '<html lang="en">' in mail_server.html()


def test_several_messages_to_one_person_are_one_letter(d, mail_server):
    reach(d, "songxi2")

    news(d)
    news(d)
    deliver()

    (letter,) = mail_server.letters
    assert letter["Subject"].endswith("条消息") and len(ended()) > 1 and set(ended()) == {"sent"}


def test_a_flood_is_one_letter_that_lists_some_and_counts_the_rest(d, mail_server):
    reach(d, "songxi2")
    news(d)
    relay_events()
    first = Delivery.objects.earliest("pk")
    fields = ("target", "channel", "member_id", "district_id", "kind", "event", "send_at")
    told = {name: getattr(first, name) for name in fields}
    Delivery.objects.bulk_create(Delivery(key=f"more:{n}", **told) for n in range(500))

    deliver()

    assert len(mail_server.letters) == 1 and set(ended()) == {"sent"}
    total = Delivery.objects.count()
    assert f"您有 {total} 条消息" in mail_server.letters[0]["Subject"]
    assert f"另有 {total - 20} 条" in mail_server.text() and mail_server.text().count("/cases/") == 20


def test_in_quiet_hours_nothing_comes_and_afterwards_all(d, mail_server):
    reach(d, "songxi2")
    set_rhythm({"quiet_from": "08:00", "quiet_until": "10:30"}, by=d.people["songxi2"])

    news(d)
    first = deliver()
    cast.set_clock(cast.NOW + dt.timedelta(minutes=91))
    second = deliver()
    set_rhythm({"quiet_from": None, "quiet_until": None}, by=d.people["songxi2"])

    assert (first, second, len(mail_server.letters)) == (0, 1, 1)


def test_a_digest_comes_once_on_the_next_working_day(d, mail_server):
    reach(d, "songxi2")
    choose({(kind, "mail"): "digest" for kind in ("work", "progress")}, by=d.people["songxi2"])
    friday_noon = dt.datetime(2026, 3, 6, 4, tzinfo=dt.UTC)
    cast.set_clock(friday_noon)

    news(d)
    news(d)
    at_once = deliver()
    cast.set_clock(dt.datetime(2026, 3, 9, 0, 29, tzinfo=dt.UTC))
    early = deliver()
    cast.set_clock(dt.datetime(2026, 3, 9, 0, 30, tzinfo=dt.UTC))
    in_time = deliver()

    assert (at_once, early, in_time, len(mail_server.letters)) == (0, 0, 1, 1)


def test_who_lost_the_right_overnight_is_told_nothing(d, mail_server):
    reach(d, "songxi2")
    office = Office.objects.filter(member=d.people["songxi2"].member_id)

    news(d)
    relay_events()
    office.update(until=cast.NOW)
    send_all("mail")
    office.update(until=None)

    assert (mail_server.letters, set(ended())) == ([], {"dropped"})


def test_an_address_that_was_removed_gets_nothing(d, mail_server):
    reach(d, "songxi2")

    news(d)
    relay_events()
    Reach.objects.all().delete()
    send_all("mail")

    assert (mail_server.letters, set(ended())) == ([], {"dropped"})


def test_a_refused_recipient_is_given_up_and_the_mail_of_others_goes_on(d, mail_server):
    reach(d, "songxi2", address="gone@example.cn")
    reach(d, "begun2")
    mail_server.refuse["gone@example.cn"] = "550 no such user"

    news(d)
    deliver()

    refused = Delivery.objects.filter(member=d.people["songxi2"].member_id)
    assert {row.ended for row in refused} == {"dead"} and refused[0].error == "SMTP 550"
    assert mail_server.recipients == [["begun2@example.cn"]]
    assert DeliveryTarget.objects.get(key="mail").failures == 0


def test_a_mail_server_that_is_away_rests_and_keeps_its_letters(d, settings):
    settings.EMAIL_BACKEND, settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend", "smtp"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    reach(d, "songxi2")

    news(d)
    deliver()

    row = Delivery.objects.filter(attempts=1).latest("pk")
    assert (row.ended, row.error) == ("", "mail server: ConnectionRefusedError")
    assert DeliveryTarget.objects.get(key="mail").failures == 1 and due_targets() == []


def test_a_webhook_carries_the_event_signed_so_that_others_can_check_it(d, receiver):
    number = endpoint(d, "webhook", receiver.url)

    case = news(d)
    deliver()

    call = receiver.calls[0]
    told = call.json
    assert verified(secret_of(number, by=d.people["system-admin"]), call) == [True]
    assert call.headers["content-type"] == "application/cloudevents+json"
    assert (told["specversion"], told["subject"]) == ("1.0", str(case))
    assert told["type"].startswith("laurel.declaration.") and told["topic"] == f"unit:{d.units['office']}"
    assert set(told["data"]) == {"source", "target", "leg", "step", "version"}
    assert abs(int(call.headers["webhook-timestamp"]) - time.time()) < 60


def test_while_a_secret_is_changed_both_sign(d, receiver):
    admin = d.people["system-admin"]
    number = endpoint(d, "webhook", receiver.url)
    before = secret_of(number, by=admin)
    rotate_secret(number, by=admin, key=uuid4())
    after = secret_of(number, by=admin)

    news(d)
    deliver()
    cast.set_clock(cast.NOW + dt.timedelta(hours=25))
    news(d)
    deliver()

    first, last = receiver.calls[0], receiver.calls[-1]
    assert (verified(after, first), verified(before, first)) == ([True, False], [False, True])
    assert verified(after, last) == [True] and before != after


def test_a_receiver_that_fails_and_recovers_gets_the_same_message_again(d, receiver):
    endpoint(d, "webhook", receiver.url)
    receiver.status = lambda n: 500 if n == 1 else 200

    news(d)
    deliver()
    failed = Delivery.objects.earliest("pk")
    rest_is_over()
    deliver()

    assert (failed.ended, failed.error, failed.attempts) == ("", "HTTP 500", 1)
    assert receiver.calls[0].headers["webhook-id"] == receiver.calls[1].headers["webhook-id"]
    assert receiver.calls[0].body == receiver.calls[1].body and set(ended()) == {"sent"}
    tries = DeliveryAttempt.objects.filter(delivery=failed).order_by("pk")
    assert [(t.ok, t.answer) for t in tries] == [(False, "HTTP 500"), (True, "HTTP 200")]


def test_a_letter_is_given_up_after_its_last_try_and_can_be_sent_again(d, receiver):
    endpoint(d, "wecom", receiver.url)
    receiver.status = 500

    news(d)
    deliver()
    for _ in range(3):
        rest_is_over()
        deliver()
    given_up, tried = set(ended()), len(receiver.calls)
    receiver.status = 200
    dead = list(Delivery.objects.filter(ended="dead").values_list("pk", flat=True))
    send_again(dead, by=d.people["system-admin"], key=uuid4())
    deliver()

    assert (given_up, tried) == ({"dead"}, 4)
    assert set(ended()) == {"sent"} and len(receiver.calls) == 5


def test_a_failing_endpoint_rests_and_the_others_go_on(d, receiver):
    receiver.status = lambda n: 200
    broken = endpoint(d, "webhook", "http://127.0.0.1:9/none")
    well = endpoint(d, "webhook", receiver.url)

    news(d)
    deliver()
    rows = Delivery.objects.filter(endpoint=broken)

    assert set(ended(endpoint=well)) == {"sent"}
    assert sum(rows.values_list("attempts", flat=True)) == 1  # one was tried, the rest wait behind it
    assert (DeliveryTarget.objects.get(key=f"endpoint:{broken}").failures, due_targets()) == (1, [])


def test_a_slow_endpoint_is_cut_off_in_time(d, receiver, settings):
    settings.DELIVERY_TIMEOUT_S = 1
    receiver.delay_s = 5
    endpoint(d, "webhook", receiver.url)
    began = time.monotonic()

    news(d)
    deliver()

    assert time.monotonic() - began < 4
    assert Delivery.objects.exclude(error="").get().error == "timed out"


def test_a_target_is_served_by_one_worker_at_a_time(d, receiver):
    number = endpoint(d, "webhook", receiver.url)
    news(d)
    relay_events()

    held = hold(f"endpoint:{number}")

    assert held is not None and send_all(f"endpoint:{number}") == 0 and receiver.calls == []
    DeliveryTarget.objects.update(leased_until=None)
    assert send_all(f"endpoint:{number}") > 0


def test_gone_switches_the_endpoint_off(d, receiver):
    number = endpoint(d, "webhook", receiver.url)
    receiver.status = 410

    news(d)
    deliver()

    assert len(receiver.calls) == 1 and not Endpoint.objects.get(pk=number).active
    assert "dead" in ended()


def test_an_objectors_identity_and_words_go_nowhere(d, mail_server, receiver, settings):
    settings.SMS_URL = receiver.url
    for who in ("office", "investigator"):
        reach(d, who)
    reach(d, "office", "sms", "13800138000")
    for kind in ("webhook", "feishu"):
        endpoint(d, kind, receiver.url)

    lodged = lodge(d.notice, {**CANARY, "declaration": d.cases["listed"]})
    cast.take("objection", lodged["objection"], "receive", d.people["office2"])
    inspector = d.people["investigator"].member_id
    cast.take("objection", lodged["objection"], "assign", d.people["office2"], investigator=inspector)
    deliver()

    sent = [call.body.decode() for call in receiver.calls]
    sent += [
        f"{letter['Subject']} {mail_server.text(n)} {mail_server.html(n)}"
        for n, letter in enumerate(mail_server.letters)
    ]
    kept = [str(row) for row in Delivery.objects.values_list("event", "receipt", "error")]
    assert len(mail_server.letters) == 2 and len(receiver.calls) >= 4
    assert any("异议" in text for text in sent)
    for secret in (CANARY["name"], CANARY["contact"], CANARY["text"], lodged["receipt"]):
        assert [text for text in sent + kept if secret in text] == []


def test_a_community_hears_nothing_of_the_objection_to_it(d, mail_server, receiver):
    reach(d, "listed_too")
    reach(d, "songxi2")
    endpoint(d, "webhook", receiver.url, unit=d.units["songxi"], role="town")

    lodge(d.notice, {**CANARY, "declaration": d.cases["listed_too"]})
    deliver()

    assert [
        row for row in Delivery.objects.filter(ended="sent") if row.event["type"].startswith("objection")
    ] == []
    assert mail_server.letters == []


def test_a_public_endpoint_hears_what_is_public_and_no_more(d, receiver):
    endpoint(d, "webhook", receiver.url, unit=None, role="")

    news(d)
    cast.take("notice", d.notice, "extend", d.people["office"], reason="延长", working_days="1")
    deliver()

    told = [call.json for call in receiver.calls]
    assert [(t["type"], t["topic"], t["data"]) for t in told] == [
        ("laurel.notice.extend", "public:notice", {"notice": d.notice, "status": "released"})
    ]


def test_a_test_message_comes_at_once_whatever_the_quiet_hours(d, mail_server):
    reach(d, "songxi2")
    set_rhythm({"quiet_from": "00:00", "quiet_until": "23:59"}, by=d.people["songxi2"])

    send_test("mail", by=d.people["songxi2"])
    deliver()
    set_rhythm({"quiet_from": None, "quiet_until": None}, by=d.people["songxi2"])

    assert mail_server.letters[0]["Subject"].strip() == "桂冠 · 测试消息：此渠道可以联系到您"


def test_a_text_message_says_little_and_its_number_goes_to_the_gateway_alone(d, receiver, settings):
    settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SIGN = receiver.url, "t" * 20, "云岭文明办"
    reach(d, "songxi2", "sms", "+86 138-0013-8000")

    news(d)
    deliver()

    call = receiver.calls[0]
    assert call.headers["authorization"] == f"Bearer {'t' * 20}"
    assert call.json["to"] == "13800138000" and call.json["text"].startswith("【云岭文明办】")
    assert "http" not in call.json["text"] and call.json["text"].endswith("请登录系统查看。")
    assert Delivery.objects.filter(ended="sent").earliest("pk").receipt == "gw-1"
