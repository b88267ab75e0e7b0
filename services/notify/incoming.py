"""What a websocket client may send: `sub` frames, and not too many."""

import json
import time
from typing import NamedTuple

from services.notify.config import INCOMING_LIMIT, MAX_TOPICS


class Budget:
    """How many frames a client may still send this minute."""

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._left = float(a_minute)
        self._at = time.monotonic()

    def spend(self) -> bool:
        now = time.monotonic()
        self._left = min(self._a_minute, self._left + (now - self._at) * self._a_minute / 60)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Sub(NamedTuple):
    """A subscription as the client asks for it; no topics means all of the ticket.

    `each`: an event comes once for each of its topics, for a client that hands it on to several readers.
    """

    ticket: str | None
    topics: list[str] | None
    since: str | None
    each: bool = False


def parse_sub(text: str | None) -> Sub | None:
    """The `sub` frame, or None for anything else."""
    if text is None or len(text) > INCOMING_LIMIT:
        return None
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, dict) or frame.get("t") != "sub":
        return None
    ticket, topics, since = frame.get("ticket"), frame.get("topics"), frame.get("since")
    each = frame.get("each", False)
    texts = all(value is None or isinstance(value, str) for value in (ticket, since))
    if topics is not None:
        texts = texts and isinstance(topics, list) and all(isinstance(topic, str) for topic in topics)
        texts = texts and len(topics) <= MAX_TOPICS
    elif ticket is None:
        return None
    return Sub(ticket, topics, since, each) if texts and isinstance(each, bool) else None
