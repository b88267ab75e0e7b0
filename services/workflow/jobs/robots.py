"""Messages to the robots of WeCom, DingTalk and Feishu groups, each in its own form, signed where it asks for it."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from services.workflow.commands.deliveries import Failure, Result
from services.workflow.domain.messages import EndpointKind
from services.workflow.jobs.outgoing import Reply, post
from services.workflow.jobs.webhooks import judged

TEXT_MOST = {EndpointKind.WECOM: 2000, EndpointKind.DINGTALK: 18_000, EndpointKind.FEISHU: 18_000}
# The makers' own codes for "too often": the robot rests, the letter is not at fault.
TOO_OFTEN = {45009, 130101, 660026, 11232, 9499}
# Wrong secret, removed robot, word not on its list: no repetition helps, a person has to look.
NOT_TAKEN = {93000, 93004, 310000, 300001, 400013, 400101, 19001, 19021, 19022, 19024}


def send_robot(kind: str, address: dict[str, Any], text: str, at: datetime) -> Result:
    """One text to one group."""
    url, body = request_of(EndpointKind(kind), address, text, at)
    reply = post(url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"})
    return answered(reply)


def request_of(
    kind: EndpointKind, address: dict[str, Any], text: str, at: datetime
) -> tuple[str, dict[str, Any]]:
    """Address and body as the maker's document has them."""
    url, secret = str(address["url"]), str(address.get("secret", ""))
    text = cut(text, TEXT_MOST[kind])
    if kind == EndpointKind.FEISHU:
        return url, {**_feishu_sign(secret, at), "msg_type": "text", "content": {"text": text}}
    if kind == EndpointKind.DINGTALK and secret:
        moment = str(int(at.timestamp() * 1000))
        mac = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
        sign = quote_plus(base64.b64encode(mac))
        url += f"{'&' if '?' in url else '?'}timestamp={moment}&sign={sign}"
    return url, {"msgtype": "text", "text": {"content": text}}


def _feishu_sign(secret: str, at: datetime) -> dict[str, str]:
    if not secret:
        return {}
    moment = str(int(at.timestamp()))
    # Feishu signs nothing with a key made of moment and secret.
    mac = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": moment, "sign": base64.b64encode(mac).decode()}


def cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8: WeCom counts bytes."""
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"


def answered(reply: Reply) -> Result:
    """All three answer 200 and put their refusals into the body."""
    result = judged(reply)
    if result.failure is not None:
        return result
    try:
        told = json.loads(reply.body)
        code = int(told.get("errcode", told.get("code", told.get("StatusCode", 0))))
    except (ValueError, TypeError, AttributeError):
        return Result(Failure.REST, "no valid answer")
    if code == 0:
        return Result(answer="ok", receipt="errcode 0")
    words = f"errcode {code}"
    if code in NOT_TAKEN:
        return Result(Failure.REFUSED, words)
    return Result(Failure.REST, words, wait_s=60.0 if code in TOO_OFTEN else 0.0)
