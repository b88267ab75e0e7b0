"""Events to other systems: CloudEvents 1.0 as JSON, signed as the Standard Webhooks specification says."""

import json
from datetime import datetime
from typing import Any

from services.workflow.commands.deliveries import Failure, Result
from services.workflow.commands.endpoints import good_secrets, opened
from services.workflow.domain.messages import TEST
from services.workflow.domain.webhook_signature import headers
from services.workflow.jobs.outgoing import Reply, post
from services.workflow.models import Delivery, Endpoint
from services.workflow.queries.clock import now

GONE, TOO_MANY = 410, 429
WAIT_MOST_S = 3600


def send_webhook(delivery: Delivery, endpoint: Endpoint, at: datetime) -> Result:
    """One event. The same delivery always carries the same webhook-id, so a receiver knows a repetition."""
    address = opened(endpoint)
    body = json.dumps(envelope(delivery.event, delivery.pk), ensure_ascii=False).encode()
    signed = headers(f"msg_{delivery.pk}", int(at.timestamp()), body, good_secrets(address, at=now()))
    reply = post(address["url"], body, {"Content-Type": "application/cloudevents+json", **signed})
    return judged(reply)


def envelope(event: dict[str, Any], number: int) -> dict[str, Any]:
    """The event as docs/events.md has it: nothing but what the feed carries."""
    if event["type"] == TEST:
        return {
            "specversion": "1.0", "id": f"test-{number}", "source": "/laurel/test", "type": "laurel.test",
            "time": event["at"], "datacontenttype": "application/json", "data": {},
        }  # fmt: skip
    told = {
        "specversion": "1.0",
        "id": event["c"],
        "source": f"/laurel/{event['epoch']}",
        "type": f"laurel.{event['type']}",
        "subject": None if event["case"] is None else str(event["case"]),
        "time": event["at"],
        "datacontenttype": "application/json",
        "sequence": None if event["seq"] is None else str(event["seq"]),
        "topic": event["topic"],
        "data": event["data"],
    }
    return {name: value for name, value in told.items() if value is not None}


def judged(reply: Reply) -> Result:
    """Any 2xx is taken; 410 means never again; everything else lets the receiver rest and comes back."""
    words = f"HTTP {reply.status}"
    if 200 <= reply.status < 300:
        return Result(answer=words, receipt=words)
    if reply.status == GONE:
        return Result(Failure.GONE, words)
    wait = reply.headers.get("retry-after", "")
    wait_s = float(wait) if wait.isdecimal() and len(wait) < 6 else 0.0
    return Result(Failure.REST, words, wait_s=min(wait_s, WAIT_MOST_S))
