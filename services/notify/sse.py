"""Server-sent events: the same events for whoever has no websocket.

The answer's head goes by ASGI; what follows is written to uvicorn's transport at once, as an HTTP chunk, so that
a stream needs no buffer, no task and no event of its own. One that reads too slowly is cut off there too.
"""

import asyncio
import time
from typing import Any

from services.notify import metrics
from services.notify.config import BUFFER_LIMIT
from services.notify.cursor import Place
from services.notify.feed import FeedDown
from services.notify.frames import Event, encode
from services.notify.http import (
    Receive,
    Scope,
    Send,
    bearer,
    header,
    origin_allowed,
    query,
    refuse,
    topics_asked,
)
from services.notify.node import Node
from services.notify.problems import Problem
from services.notify.replay import join
from services.notify.ticket import Ticket

LOW_WATER = 32 * 1024
READ_DEADLINE_S = 30.0
CLOSE_DEADLINE_S = 10.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
STREAMS = metrics.CONNECTIONS.labels("sse")
LAST_CHUNK = b"0\r\n\r\n"


class Gone(Exception):
    """The client is gone or reads nothing."""


async def stream(node: Node, scope: Scope, receive: Receive, send: Send) -> None:
    """GET /events?topics=a,b[&since=cursor]; `Last-Event-ID` goes before `since`."""
    try:
        asked = query(scope)
        sink, topics = await _enter(node, scope, asked, _transport(send))
    except Problem as problem:
        await refuse(scope, send, problem)
        return
    since = header(scope, b"last-event-id") or asked.get("since")
    STREAMS.inc()
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        # Nobody looks at it again, and it would lie in memory as long as the stream.
        scope.clear()
        sink.tell(t="hello", epoch=node.hub.epoch, head=node.hub.cursor, retry=node.retry_ms)
        await _join(node, sink, topics, since)
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        node.leave(sink)
        STREAMS.dec()


def _transport(send: Send) -> Any:
    """The transport of uvicorn's request cycle, to which `send` belongs."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("server-sent events need uvicorn with httptools")
    return transport


async def _enter(
    node: Node, scope: Scope, asked: dict[str, str], transport: Any
) -> tuple["EventStream", list[str]]:
    if not origin_allowed(scope, node.config, needed=False):
        raise Problem("origin.foreign")
    if node.draining or not await node.ready():
        raise Problem("feed.unavailable")
    ticket = bearer(scope, node.hub)
    topics = topics_asked(asked.get("topics"), ticket)
    sink = EventStream(node, transport)
    sink.address = node.doors.enter(scope)
    if sink.address is None or (ticket and node.crowded(sink, ticket)):
        node.leave(sink)
        raise Problem("connection.too_many")
    node.hub.add(sink)
    return sink, topics


async def _join(node: Node, sink: "EventStream", topics: list[str], since: str | None) -> None:
    try:
        await join(node.hub, node.feed, sink, topics, since)
    except FeedDown:
        sink.bye()
    except Gone:
        sink.too_slow()


class EventStream:
    """One stream. Has what hub.Sink asks for; nothing here waits for the client."""

    __slots__ = ("_node", "_transport", "address", "each", "live", "ticket", "topics")

    def __init__(self, node: Node, transport: Any) -> None:
        self.topics: dict[str, Place] = {}
        self.ticket: Ticket | None = None
        self.live = False
        self.each = False
        self.address: str | None = None
        self._node = node
        self._transport = transport

    @staticmethod
    def form(event: Event, topic: str) -> bytes:
        """What the hub hands to `put`."""
        return _chunk(event.chunk(topic))

    def put(self, chunk: bytes) -> None:
        """Write a chunk; one who lets too much pile up is cut off and will resume."""
        if self._transport.is_closing():
            return
        self._transport.write(chunk)
        if self._transport.get_write_buffer_size() > BUFFER_LIMIT:
            self.too_slow()

    def give(self, event: Event, topic: str) -> None:
        """Write an event."""
        self.put(self.form(event, topic))

    def tell(self, **frame: object) -> None:
        """Write a frame of our own under its own event name; a reset carries its cursor as the id."""
        name, cursor, retry = str(frame["t"]), frame.get("c"), frame.get("retry")
        lines = [f"id: {cursor}\n" if cursor else "", f"retry: {retry}\n" if retry else ""]
        text = "".join(lines).encode() + b"event: %b\ndata: %b\n\n" % (name.encode(), encode(frame))
        self.put(_chunk(text))

    def beat(self, cursor: str) -> None:
        """A heartbeat that moves the client's Last-Event-ID along."""
        self.put(_chunk(b'id: %b\nevent: hb\ndata: {"t":"hb"}\n\n' % cursor.encode()))

    def cut(self, code: int) -> None:
        """End the stream after what is written already. SSE has no close codes."""
        self._node.hub.remove(self)
        if not self._transport.is_closing():
            self._transport.write(LAST_CHUNK)
            self._transport.close()
            asyncio.get_running_loop().call_later(CLOSE_DEADLINE_S, self._transport.abort)

    def bye(self) -> None:
        """This node stops: come back within the window."""
        self.tell(t="bye", retry=self._node.retry_ms)
        self.cut(1012)

    def too_slow(self) -> None:
        """Cut off one who reads nothing: a close would wait for it to read what is buffered."""
        metrics.SLOW_CLOSED.inc()
        self._node.hub.remove(self)
        self._transport.abort()

    async def drained(self) -> None:
        """Until the client has taken most of what is written; raises Gone when it takes too long."""
        deadline = time.monotonic() + READ_DEADLINE_S
        while not self._transport.is_closing() and self._transport.get_write_buffer_size() > LOW_WATER:
            if time.monotonic() > deadline:
                raise Gone
            await asyncio.sleep(0.01)
        if self._transport.is_closing():
            raise Gone
        await asyncio.sleep(0)


def _chunk(text: bytes) -> bytes:
    """A chunk of an HTTP answer (RFC 9112, 7.1)."""
    return b"%x\r\n%b\r\n" % (len(text), text)
