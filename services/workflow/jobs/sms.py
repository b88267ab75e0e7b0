"""Text messages through a gateway that speaks a small JSON over HTTP; docs/notifications.md tells how to put one in."""

import json

from django.conf import settings

from services.workflow.commands.deliveries import Failure, Result
from services.workflow.jobs.outgoing import post

BAD_REQUEST = range(400, 500)
OUR_FAULT = {401, 403, 404, 408, 425, 429}


def send_sms(mobile: str, text: str, number: int) -> Result:
    """POST {"to", "text", "id"}; the same id means the same message. Any 2xx takes it, its `id` is the receipt."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"sms-{number}"}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    signed = f"【{settings.SMS_SIGN}】{text}" if settings.SMS_SIGN else text
    body = {"to": mobile, "text": signed, "id": f"sms-{number}"}
    reply = post(settings.SMS_URL, json.dumps(body, ensure_ascii=False).encode(), headers)
    words = f"HTTP {reply.status}"
    if 200 <= reply.status < 300:
        return Result(answer=words, receipt=_receipt(reply.body) or words)
    # A number that the gateway will not take is that letter's trouble; anything else is the gateway's.
    own = reply.status in BAD_REQUEST and reply.status not in OUR_FAULT
    return Result(Failure.REFUSED if own else Failure.REST, words)


def _receipt(body: bytes) -> str:
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    return str(told.get("id", "")) if isinstance(told, dict) else ""
