"""Events in the envelope of CloudEvents 1.0, for those who carry them on: docs/events.md, section 6."""

import json
from collections.abc import Iterable

from services.notify.frames import Event, encode

BATCH = "application/cloudevents-batch+json"


def batch(told: Iterable[tuple[Event, str]]) -> bytes:
    """Events, each with the topic it is told on, as one JSON batch."""
    return b"[%b]" % b",".join(envelope(event, topic) for event, topic in told)


def envelope(event: Event, topic: str) -> bytes:
    """One event; what is null in ours is absent in CloudEvents."""
    frame = json.loads(event.json(topic))
    attributes = {
        "specversion": "1.0",
        "id": frame["c"],
        "source": f"/laurel/{event.epoch}",
        "type": f"laurel.{frame['type']}",
        "subject": None if frame["case"] is None else str(frame["case"]),
        "time": frame["at"],
        "datacontenttype": "application/json",
        "sequence": None if frame["seq"] is None else str(frame["seq"]),
        "topic": topic,
        "data": frame["data"],
    }
    return encode({name: value for name, value in attributes.items() if value is not None})
