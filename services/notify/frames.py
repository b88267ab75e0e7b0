"""Events and server frames, encoded once and shared by every socket that gets them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from services.notify.cursor import Cursor, Place

PUBLIC = "public:"
USER = "user:"
RIGHTS_CHANGED = "rights.changed"
SESSION_ENDED = "session.ended"


def is_public(topic: str) -> bool:
    """Whether a topic is open to everyone; such topics carry the public payload only."""
    return topic.startswith(PUBLIC)


@dataclass(slots=True, eq=False)
class Event:
    """One row of the feed. Its texts are made when first asked for and kept while the ring keeps it."""

    epoch: str
    place: Place
    at: datetime
    type: str
    topics: tuple[str, ...]
    case_id: int | None
    seq: int | None
    data: Any
    public: Any
    users: tuple[str, ...] = ()
    _json: dict[str, bytes] = field(default_factory=dict)
    _frames: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.users = tuple(t.removeprefix(USER) for t in self.topics if t.startswith(USER))
        if self.type == SESSION_ENDED:
            # Heeded by the hub, told to nobody: the sockets it concerns are closed.
            self.topics = ()
        # A sink with several of the topics gets one frame: the full payload goes before the public one.
        shown = (t for t in self.topics if self.public is not None or not is_public(t))
        self.topics = tuple(sorted(shown, key=is_public))

    @property
    def cursor(self) -> str:
        return str(Cursor(self.epoch, self.place))

    def topic_for(self, topics: Sequence[str] | set[str] | dict[str, Any]) -> str | None:
        """The topic under which a sink with these topics gets the event."""
        return next((topic for topic in self.topics if topic in topics), None)

    def json(self, topic: str) -> bytes:
        """The event as JSON, for one topic."""
        text = self._json.get(topic)
        if text is None:
            text = self._json[topic] = encode(
                {
                    "t": "event",
                    "c": self.cursor,
                    "case": self.case_id,
                    "seq": self.seq,
                    "type": self.type,
                    "topic": topic,
                    "at": self.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
                    "data": self.public if is_public(topic) else self.data,
                }
            )
        return text

    def frame(self, topic: str) -> bytes:
        """The event as a whole websocket text frame."""
        frame = self._frames.get(topic)
        if frame is None:
            frame = self._frames[topic] = text_frame(self.json(topic))
        return frame

    def chunk(self, topic: str) -> bytes:
        """The event as one message of an SSE stream."""
        return b"id: %b\nevent: event\ndata: %b\n\n" % (self.cursor.encode(), self.json(topic))


def encode(frame: dict[str, Any]) -> bytes:
    """Compact JSON; it has no line break, so it fits one `data:` line of SSE."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()


def text_frame(payload: bytes) -> bytes:
    """A websocket text frame as a server sends it: final, unmasked, uncompressed (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2) + payload
    return b"\x81\x7f" + size.to_bytes(8) + payload
