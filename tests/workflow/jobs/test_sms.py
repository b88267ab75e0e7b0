"""The gateway's form, and whose fault its refusals are."""

import pytest

from services.workflow.commands.deliveries import Failure
from services.workflow.jobs.sms import send_sms


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (200, None), (202, None), (400, Failure.REFUSED), (422, Failure.REFUSED), (401, Failure.REST),
        (404, Failure.REST), (429, Failure.REST), (500, Failure.REST),
    ],
)  # fmt: skip
def test_a_bad_number_is_final_and_a_bad_gateway_rests(receiver, settings, status, failure):
    settings.SMS_URL = receiver.url
    receiver.status = status

    assert send_sms("13800138000", "待办", 7).failure == failure


def test_a_repetition_can_be_known_by_its_id(receiver, settings):
    settings.SMS_URL = receiver.url

    for _ in range(2):
        send_sms("13800138000", "待办", 7)

    assert [(c.headers["idempotency-key"], c.json["id"]) for c in receiver.calls] == [("sms-7", "sms-7")] * 2


@pytest.mark.parametrize(
    ("answer", "receipt"), [(b'{"id": "a"}', "a"), (b"ok", "HTTP 200"), (b"[]", "HTTP 200")]
)
def test_the_gateways_id_is_the_receipt(receiver, settings, answer, receipt):
    settings.SMS_URL, receiver.answer = receiver.url, answer

    assert send_sms("13800138000", "待办", 7).receipt == receipt
