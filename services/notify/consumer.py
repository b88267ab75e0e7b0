"""The websocket: frames in, frames out. Nothing waits for a client except that client's own coroutine."""

import asyncio
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from channels.exceptions import StopConsumer  # type: ignore[import-untyped]  # it has no types
from channels.generic.websocket import AsyncWebsocketConsumer  # type: ignore[import-untyped]  # the same

from services.notify import metrics
from services.notify.cursor import Place
from services.notify.delivery import Put
from services.notify.feed import FeedDown
from services.notify.frames import Event, encode, is_public, text_frame
from services.notify.http import TOPIC, Receive, Scope, Send, origin_allowed
from services.notify.incoming import Budget, Sub, parse_sub
from services.notify.node import Node
from services.notify.protocol import EXTENSION, LaurelWebSocketProtocol
from services.notify.replay import join
from services.notify.ticket import BadTicket, Ticket

RESTART = 1012
SLOW = 1013
UNAUTHORISED = 4401
FORBIDDEN = 4403
TOO_MANY = 4429

LOW_WATER = 32 * 1024
READ_DEADLINE_S = 30.0
# Frames a client may send in one minute.
FRAMES_A_MINUTE = 60


class Gone(Exception):
    """The client is gone or reads nothing."""


class Consumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # the same
    """One client. Has what hub.Sink asks for."""

    channel_layer_alias = None

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.topics: dict[str, Place] = {}
        self.ticket: Ticket | None = None
        self.live = False
        self.each = False
        self.accepted = False
        self.address: str | None = None
        self.protocol: LaurelWebSocketProtocol
        self.put: Put
        self._budget = Budget(FRAMES_A_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one message after the other: without a channel layer there is nothing else to wait for.

        The inherited way makes a task for each message; at 10,000 connections they cost memory and connects.
        """
        self.scope, self.base_send, self.channel_layer = scope, send, None
        try:
            while True:
                await self.dispatch(dict(await receive()))
        except StopConsumer:
            return

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Straight to the method: the inherited one visits Django's connections in a thread each time."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        """Leave the hub; again without a visit to Django's connections."""
        self.node.leave(self)
        if self.accepted:
            metrics.CONNECTIONS.labels("websocket").dec()
        raise StopConsumer

    async def connect(self) -> None:
        """Refuse a foreign page with 403, then greet."""
        if not origin_allowed(self.scope, self.node.config, needed=True):
            metrics.DENIED.labels("origin").inc()
            await self.close()
            return
        self.protocol = self.scope["extensions"][EXTENSION]["protocol"]
        self.put = self.protocol.transport.write
        self.protocol.bye_ms = self.node.retry_ms
        self.protocol.too_slow = self.too_slow
        await self.accept()
        self.accepted = True
        self.protocol.forget_handshake()
        metrics.CONNECTIONS.labels("websocket").inc()
        self.address = self.node.doors.enter(self.scope)
        self.scope["headers"] = []
        if self.address is None:
            self._refuse("address", TOO_MANY)
            return
        if self.node.draining or not await self.node.ready():
            self.bye()
            return
        self.node.hub.add(self)
        self.tell(
            t="hello",
            epoch=self.node.hub.epoch,
            head=self.node.hub.cursor,
            hb=int(self.node.config.heartbeat_s * 1000),
            retry=self.node.retry_ms,
        )

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """A `sub` frame; anything else closes."""
        if not self._budget.spend():
            self._refuse("frames", TOO_MANY)
            return
        sub = parse_sub(text_data)
        if sub is None:
            self._refuse("frame", FORBIDDEN)
            return
        try:
            await self._subscribe(sub)
        except Gone:
            self.too_slow()
        except FeedDown:
            self.bye()

    async def _subscribe(self, sub: Sub) -> None:
        granted: frozenset[str] = frozenset()
        if sub.ticket is not None:
            try:
                ticket = self.node.tickets.redeem(sub.ticket, now=self.node.clock.now())
            except BadTicket as bad:
                self._deny([t for t in sub.topics or () if not is_public(t)], f"ticket_{bad}")
                self._refuse("ticket", UNAUTHORISED)
                return
            if self.ticket and (self.ticket.user, self.ticket.session) != (ticket.user, ticket.session):
                self._refuse("identity", FORBIDDEN)
                return
            if self.node.crowded(self, ticket):
                self._refuse("sockets", TOO_MANY)
                return
            granted = ticket.topics
        if not self.topics:
            self.each = sub.each
        asked = list(sub.topics if sub.topics is not None else granted)
        allowed = [
            topic for topic in asked if TOPIC.fullmatch(topic) and (is_public(topic) or topic in granted)
        ]
        self._deny([topic for topic in asked if topic not in set(allowed)], "not_granted")
        await join(self.node.hub, self.node.feed, self, allowed, sub.since)

    @staticmethod
    def form(event: Event, topic: str) -> bytes:
        """What the hub hands to `put`."""
        return event.frame(topic)

    def give(self, event: Event, topic: str) -> None:
        """Write an event. One who lets too much pile up is closed by `too_slow` and will resume."""
        self.protocol.write_frame(event.frame(topic))

    def tell(self, **frame: object) -> None:
        """Write a frame of our own."""
        self.protocol.write_frame(text_frame(encode(frame)))

    def beat(self, cursor: str) -> None:
        """Write a heartbeat; whoever hears it has heard everything up to its cursor."""
        self.protocol.write_frame(_beat_frame(cursor))

    def cut(self, code: int) -> None:
        """Close without waiting."""
        self.node.hub.remove(self)
        self.protocol.close_now(code)

    def bye(self) -> None:
        """This node stops, or cannot serve: come back within the window."""
        self.tell(t="bye", retry=self.node.retry_ms)
        self.cut(RESTART)

    async def drained(self) -> None:
        """Until the client has taken most of what is written; raises Gone when it takes too long."""
        deadline = time.monotonic() + READ_DEADLINE_S
        while self.protocol.open and self.protocol.waiting > LOW_WATER:
            if time.monotonic() > deadline:
                raise Gone
            await asyncio.sleep(0.01)
        if not self.protocol.open:
            raise Gone
        await asyncio.sleep(0)

    def _deny(self, topics: Iterable[str], reason: str) -> None:
        for topic in topics:
            metrics.DENIED.labels("topic").inc()
            self.tell(t="deny", topic=topic, reason=reason)

    def _refuse(self, why: str, code: int) -> None:
        metrics.DENIED.labels(why).inc()
        self.cut(code)

    def too_slow(self) -> None:
        """More waits for the client than it may let pile up."""
        if self.protocol.open:
            metrics.SLOW_CLOSED.inc()
            self.cut(SLOW)


@lru_cache(maxsize=1)
def _beat_frame(cursor: str) -> bytes:
    return text_frame(encode({"t": "hb", "c": cursor}))
