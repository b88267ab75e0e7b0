"""Server-sent events, in raw ASGI: the same events for whoever has no websocket."""

import asyncio
import time

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
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def stream(node: Node, scope: Scope, receive: Receive, send: Send) -> None:
    """GET /events?topics=a,b[&since=cursor]; `Last-Event-ID` goes before `since`."""
    try:
        sink, topics = await _enter(node, scope)
    except Problem as problem:
        await refuse(scope, send, problem)
        return
    asked = query(scope)
    since = header(scope, b"last-event-id") or asked.get("since")
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    metrics.CONNECTIONS.labels("sse").inc()
    writer = asyncio.create_task(sink.write_to(send))
    reader = asyncio.create_task(_until_gone(receive))
    joiner = asyncio.create_task(_join(node, sink, topics, since))
    try:
        sink.tell(t="hello", epoch=node.hub.epoch, head=node.hub.cursor, retry=node.retry_ms)
        # Whichever ends first ends the stream: the client left, or the sink was closed and written out.
        await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        node.leave(sink)
        metrics.CONNECTIONS.labels("sse").dec()
        for task in (writer, reader, joiner):
            task.cancel()
        await asyncio.gather(writer, reader, joiner, return_exceptions=True)
        if sink.slow:
            _abort(send)


async def _enter(node: Node, scope: Scope) -> tuple["EventStream", list[str]]:
    if not origin_allowed(scope, node.config, needed=False):
        raise Problem("origin.foreign")
    if node.draining or not await node.ready():
        raise Problem("feed.unavailable")
    ticket = bearer(scope, node.hub)
    topics = topics_asked(query(scope).get("topics"), ticket)
    sink = EventStream(node)
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


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _abort(send: Send) -> None:
    """Cut the connection of a client that reads nothing: a close would wait for it to read what is buffered.

    ASGI has no word for it, so this asks uvicorn's request cycle, where `send` belongs to one.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()


class EventStream:
    """One stream. The hub only appends to its buffer; its own task waits for the client."""

    def __init__(self, node: Node) -> None:
        self.topics: dict[str, Place] = {}
        self.ticket: Ticket | None = None
        self.live = False
        self.each = False
        self.address: str | None = None
        self.slow = False
        self._node = node
        self._chunks: list[bytes] = []
        self._waiting = 0
        self._closed = False
        self._filled = asyncio.Event()

    @staticmethod
    def form(event: Event, topic: str) -> bytes:
        """What the hub hands to `put`."""
        return event.chunk(topic)

    def give(self, event: Event, topic: str) -> None:
        """Buffer an event; one who lets too much pile up is closed and will resume."""
        self.put(event.chunk(topic))

    def tell(self, **frame: object) -> None:
        """Buffer a frame of our own under its own event name; a reset carries its cursor as the id."""
        name, cursor, retry = str(frame["t"]), frame.get("c"), frame.get("retry")
        lines = [f"id: {cursor}\n" if cursor else "", f"retry: {retry}\n" if retry else ""]
        self.put("".join(lines).encode() + b"event: %b\ndata: %b\n\n" % (name.encode(), encode(frame)))

    def beat(self, cursor: str) -> None:
        """A heartbeat that moves the client's Last-Event-ID along."""
        self.put(b'id: %b\nevent: hb\ndata: {"t":"hb"}\n\n' % cursor.encode())

    def cut(self, code: int) -> None:
        """End the stream after what is buffered. SSE has no close codes."""
        self._node.hub.remove(self)
        self._closed = True
        self._filled.set()

    def bye(self) -> None:
        """This node stops: come back within the window."""
        self.tell(t="bye", retry=self._node.retry_ms)
        self.cut(1012)

    async def drained(self) -> None:
        """Until the client has taken most of the buffer; one who takes too long is closed."""
        deadline = time.monotonic() + READ_DEADLINE_S
        while self._waiting > LOW_WATER and not self._closed:
            if time.monotonic() > deadline:
                self._too_slow()
            await asyncio.sleep(0.01)
        await asyncio.sleep(0)

    async def write_to(self, send: Send) -> None:
        """Write the buffer out until the stream is closed."""
        while not self.slow:
            chunks, self._chunks = self._chunks, []
            if chunks:
                body = b"".join(chunks)
                await send({"type": "http.response.body", "body": body, "more_body": True})
                self._waiting -= len(body)
            elif self._closed:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            else:
                self._filled.clear()
                await self._filled.wait()

    def put(self, chunk: bytes) -> None:
        if self._closed:
            return
        self._chunks.append(chunk)
        self._waiting += len(chunk)
        self._filled.set()
        if self._waiting > BUFFER_LIMIT:
            self._too_slow()

    def _too_slow(self) -> None:
        metrics.SLOW_CLOSED.inc()
        self.slow = True
        self.cut(1013)
