"""The forms of the three makers' robots, and what their answers mean."""

import base64
import datetime as dt
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest

from services.workflow.commands.deliveries import Failure
from services.workflow.domain.messages import EndpointKind
from services.workflow.jobs.outgoing import Reply
from services.workflow.jobs.robots import answered, cut, request_of, send_robot

AT = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


def test_wecom_gets_plain_text_at_its_address(receiver):
    result = send_robot("wecom", {"url": receiver.url + "?key=k", "secret": ""}, "待办", AT)

    assert receiver.calls[0].path == "/hook?key=k"
    assert receiver.calls[0].json == {"msgtype": "text", "text": {"content": "待办"}}
    assert result.failure is None


def test_dingtalk_is_signed_in_its_address(receiver):
    send_robot("dingtalk", {"url": receiver.url + "?access_token=t", "secret": "SEC1"}, "待办", AT)

    asked = parse_qs(urlsplit(receiver.calls[0].path).query)
    moment = "1772413200000"
    wanted = hmac.new(b"SEC1", f"{moment}\nSEC1".encode(), hashlib.sha256).digest()
    assert asked == {
        "access_token": ["t"],
        "timestamp": [moment],
        "sign": [base64.b64encode(wanted).decode()],
    }


def test_feishu_is_signed_in_its_body(receiver):
    send_robot("feishu", {"url": receiver.url, "secret": "s3cret"}, "待办", AT)

    told = receiver.calls[0].json
    wanted = hmac.new(b"1772413200\ns3cret", digestmod=hashlib.sha256).digest()
    assert told == {
        "timestamp": "1772413200",
        "sign": base64.b64encode(wanted).decode(),
        "msg_type": "text",
        "content": {"text": "待办"},
    }


def test_without_a_secret_nothing_is_signed():
    url, body = request_of(EndpointKind.FEISHU, {"url": "https://x", "secret": ""}, "t", AT)

    assert (url, set(body)) == ("https://x", {"msg_type", "content"})


def test_a_long_text_is_cut_by_bytes_and_stays_text():
    text = cut("文" * 1000, 2000)

    assert len(text.encode()) <= 2000 and text.endswith("文…")


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b'{"errcode": 0}', None),
        (b'{"code": 0, "msg": "success"}', None),
        (b'{"StatusCode": 0}', None),
        (b'{"errcode": 93000}', Failure.REFUSED),
        (b'{"code": 19021}', Failure.REFUSED),
        (b'{"errcode": 45009}', Failure.REST),
        (b'{"errcode": -1}', Failure.REST),
        (b"<html>", Failure.REST),
        (b"[1]", Failure.REST),
    ],
)
def test_a_refusal_hides_in_the_body_of_a_good_answer(body, failure):
    assert answered(Reply(200, body)).failure == failure
