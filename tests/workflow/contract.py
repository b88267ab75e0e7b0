"""What workflow's commands told, held against docs/schemas: one frame for each topic, as notify would tell it."""

import json
from datetime import UTC
from typing import Any

from django.db import connection

from tests.contract import event_faults


def last_event() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM feed")
        return int(cursor.fetchone()[0])


def frames_since(number: int) -> list[dict[str, Any]]:
    """All that the feed tells after an event: the full payload within, the public one to everyone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT feed_epoch() || '.' || xid || '.' || id, case_id, seq, type, topics, at, data::text, public::text"
            " FROM feed WHERE id > %s ORDER BY xid, id",
            [number],
        )
        rows = cursor.fetchall()
    return [frame for row in rows for frame in _frames(*row)]


def faults_since(number: int) -> list[str]:
    """What of it does not keep to its schema."""
    return [fault for frame in frames_since(number) for fault in event_faults(frame)]


def _frames(*row: Any) -> list[dict[str, Any]]:
    cursor, case, seq, kind, topics, at, data, public = row
    moment = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    base = {"t": "event", "c": cursor, "case": case, "seq": seq, "type": kind, "at": moment}
    told = [(topic, public if topic.startswith("public:") else data) for topic in topics]
    return [{**base, "topic": topic, "data": json.loads(text)} for topic, text in told if text is not None]
