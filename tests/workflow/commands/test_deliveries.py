"""Deliveries on their way: one worker at a time, pauses that grow, what is given up and sent again."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db.models.functions import Now

from services.workflow.commands.deliveries import (
    Failure,
    Result,
    drop,
    due_targets,
    forget_deliveries,
    hold,
    hold_on,
    let_go,
    next_letter,
    send_again,
    settle,
)
from services.workflow.models import Delivery, DeliveryAttempt, DeliveryTarget
from services.workflow.queries.clock import own_now
from tests.workflow.cast import NOW
from tests.workflow.commands.refusing import refusal


@pytest.fixture(autouse=True)
def schedule(settings):
    settings.DELIVERY_BACKOFF_S = [100.0, 1000.0]


def put(d, number=1, **fields):
    told = {
        "key": f"feed:{number}", "target": "mail", "channel": "mail", "member_id": d.people["songxi"].member_id,
        "district_id": d.units["yunling"], "kind": "work", "send_at": NOW,
        "event": {"type": "declaration.endorse", "case": 7}, **fields,
    }  # fmt: skip
    return Delivery.objects.create(**told)


def failed(row, failure, **more):
    hold(row.target)
    settle([row], Result(failure, "HTTP 500", **more), took_ms=3)
    row.refresh_from_db()
    return row


def seconds_from_now(moment):
    return (moment - own_now()).total_seconds()


def test_a_target_is_due_while_something_may_be_sent(d):
    put(d)
    put(d, 2, target="sms", send_at=NOW + dt.timedelta(hours=1))
    put(d, 3, target="wecom:1", ended="sent")

    assert due_targets() == ["mail"]


def test_one_holds_a_target_until_it_lets_go(d):
    lease = hold("mail")

    assert lease is not None and hold("mail") is None and hold_on("mail", lease)
    let_go("mail", lease)
    assert hold("mail") is not None and not hold_on("mail", lease)


def test_a_lease_that_has_run_out_is_taken_over(d):
    lost = hold("mail")
    DeliveryTarget.objects.update(leased_until=Now() - dt.timedelta(seconds=1))

    assert hold("mail") is not None and lost is not None and not hold_on("mail", lost)


def test_a_person_gets_one_letter_and_a_webhook_one_event(d):
    for number in (1, 2):
        put(d, number)
    put(d, 3, member_id=d.people["office"].member_id)

    assert [row.key for row in next_letter("mail")] == ["feed:1", "feed:2"]


def test_a_failure_of_the_target_lets_it_rest_and_the_letter_wait(d):
    row = failed(put(d), Failure.REST)

    target = DeliveryTarget.objects.get(key="mail")
    assert (row.ended, row.attempts, row.error, target.failures) == ("", 1, "HTTP 500", 1)
    assert 45 < seconds_from_now(row.retry_at) <= 100 and 45 < seconds_from_now(target.paused_until) <= 100
    assert due_targets() == []


def test_a_failure_of_one_letter_lets_the_others_go_on(d):
    failed(put(d), Failure.LATER)
    put(d, 2)

    assert DeliveryTarget.objects.get(key="mail").failures == 0
    assert [row.key for row in next_letter("mail")] == ["feed:2"]


def test_a_receiver_that_asks_for_time_gets_it(d):
    row = failed(put(d), Failure.REST, wait_s=500.0)

    assert 490 < seconds_from_now(row.retry_at) <= 500


@pytest.mark.parametrize(
    ("attempts", "ended"), [(0, ""), (1, ""), (2, "dead")], ids=["first", "second", "last"]
)
def test_after_its_last_try_a_letter_is_dead(d, attempts, ended):
    assert failed(put(d, attempts=attempts), Failure.REST).ended == ended


def test_by_its_age_it_is_dead_too(d):
    row = put(d)
    Delivery.objects.update(since=Now() - dt.timedelta(seconds=1101))

    assert failed(row, Failure.REST).ended == "dead"


def test_what_is_refused_is_dead_at_once(d):
    assert failed(put(d), Failure.REFUSED).ended == "dead"


def test_a_success_ends_the_rest_of_its_target(d):
    row = failed(put(d), Failure.REST)
    settle([row], Result(receipt="r-1"), took_ms=3)

    row.refresh_from_db()
    target = DeliveryTarget.objects.get(key="mail")
    assert (row.ended, row.receipt, row.error, row.attempts) == ("sent", "r-1", "", 2)
    assert (target.failures, target.paused_until) == (0, None)
    assert list(DeliveryAttempt.objects.order_by("pk").values_list("ok", flat=True)) == [False, True]


def test_sending_again_gives_all_tries_anew(d):
    row = failed(put(d), Failure.REFUSED)

    assert send_again([row.pk], by=d.people["system-admin"], key=uuid4()) == {"again": [row.pk]}

    row.refresh_from_db()
    assert (row.ended, row.attempts, row.retry_at) == ("", 0, None) and due_targets() == []
    DeliveryTarget.objects.update(leased_until=None)
    assert due_targets() == ["mail"]


def test_only_the_dead_of_ones_own_district_are_sent_again(d):
    waiting, foreign = put(d), put(d, 2, ended="dead", district_id=d.units["north"])
    again = {"by": d.people["system-admin"], "key": None}

    assert refusal(send_again, [waiting.pk], **again) == "delivery.not_dead"
    assert refusal(send_again, [foreign.pk], **again) == "delivery.not_found"
    assert refusal(send_again, [waiting.pk], by=d.people["office"], key=None) == "step.not_yours"


def test_what_ended_long_ago_is_forgotten_and_dead_letters_stay(d):
    old = Now() - dt.timedelta(days=91)
    for number, ended in enumerate(("sent", "dropped", "dead")):
        put(d, number, ended=ended, ended_at=old)
    put(d, 9, ended="sent", ended_at=Now())
    drop([put(d, 10)], "no address")

    forget_deliveries()

    assert sorted(Delivery.objects.values_list("ended", flat=True)) == ["dead", "dropped", "sent"]
