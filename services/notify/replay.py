"""Joining the live stream at a cursor: no gap, no repeat.

Why it is exact. All events stand in one order, and the hub hands them out in that order; its `head` is
the last one handed out. A sink that joins is detached first, so the hub gives it nothing. It is then
given, page by page, what follows its place, always up to some head of the hub and never past it: the ring
ends at the head, and the database is asked only up to the ring's beginning. On the last page the ring's
rest is given and the sink attached with no `await` in between, so no other coroutine runs and the head
stays put. Hence an event at or below that head was in a page, once, since the place only grows; an event
above it is published later, once, with the sink attached. No third kind exists.
"""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from services.notify import metrics
from services.notify.cursor import Cursor, Place, parse
from services.notify.feed import Feed
from services.notify.frames import Event
from services.notify.hub import Hub, Sink

PAGE = 100
# Another node, or the page itself, may have seen an event some moments before this node's reader does.
AHEAD_S = 1.5


class Drained(Sink, Protocol):
    """A sink whose own coroutine, and nobody else, may wait for its client."""

    async def drained(self) -> None: ...


async def locate(hub: Hub, feed: Feed, since: str | None) -> Place | None:
    """The place to go on from (without a cursor: the head), or None when what was missed cannot be told."""
    if since is None:
        return hub.head
    cursor = parse(since)
    if cursor is None or not await _reached(hub, feed, cursor):
        return None
    if cursor.place < hub.ring_from and not await feed.keeps(cursor.place):
        return None
    return cursor.place


async def join(hub: Hub, feed: Feed, sink: Drained, topics: Iterable[str], since: str | None) -> None:
    """Let a sink hear more topics, from a cursor on; those it hears already go on where they are."""
    was_heard = dict(sink.topics) if hub.detach(sink) else {}
    left_at = hub.head
    place = await locate(hub, feed, since)
    fresh = [topic for topic in topics if topic not in was_heard]
    start = dict.fromkeys(was_heard, left_at)
    for topic in fresh:
        sink.topics[topic] = start[topic] = hub.head if place is None else place
        if place is None:
            hub.tell_reset(sink, topic)
    sink.tell(t="ok", topics=sorted(sink.topics), **{"from": str(Cursor(hub.epoch, place or hub.head))})
    history = _History(hub, feed, min(start.values(), default=hub.head))
    while (events := await history.page()) is not None:
        for event in events:
            _give(sink, event, start, was_heard, left_at)
        if history.at_head:
            break
        await sink.drained()
    else:
        for topic in sink.topics:
            hub.tell_reset(sink, topic)
            sink.topics[topic] = hub.head
    hub.attach(sink)


class _History:
    """What follows a place, in pages; `at_head` is true of the page that ends at the hub's head."""

    def __init__(self, hub: Hub, feed: Feed, place: Place) -> None:
        self._hub, self._feed = hub, feed
        self._epoch = hub.epoch
        self._place = place
        self._from_database = 0
        self.at_head = False

    async def page(self) -> list[Event] | None:
        """The next page; None when it is too much to tell or the history has changed underneath."""
        if self._epoch != self._hub.epoch or self._from_database > self._feed.replay_limit:
            return None
        events = self._hub.after(self._place, PAGE + 1)
        if events is None:
            return await self._old_page()
        self.at_head = len(events) <= PAGE
        if self.at_head:
            (metrics.REPLAYS if self._from_database else metrics.RING_HITS).inc()
        return self._passed(events[:PAGE])

    async def _old_page(self) -> list[Event]:
        until = self._hub.ring_from
        events = await self._feed.read(self._place, until, PAGE)
        self._from_database += len(events)
        if len(events) < PAGE:
            self._place = until
            return events
        return self._passed(events)

    def _passed(self, events: list[Event]) -> list[Event]:
        if events:
            self._place = events[-1].place
        return events


def _give(
    sink: Sink, event: Event, start: dict[str, Place], was_heard: dict[str, Place], left_at: Place
) -> None:
    """Give a past event, unless an earlier topic of this sink has brought it already."""
    if event.place <= left_at and any(event.place > was_heard.get(t, event.place) for t in event.topics):
        return
    # `sink.topics` is asked each time: rights may have been taken away since the page was read.
    due = [t for t in event.topics if t in sink.topics and t in start and event.place > start[t]]
    for topic in due if sink.each else due[:1]:
        sink.give(event, topic)


async def _reached(hub: Hub, feed: Feed, cursor: Cursor) -> bool:
    deadline = asyncio.get_running_loop().time() + AHEAD_S
    while hub.epoch == cursor.epoch:
        if cursor.place <= hub.head:
            return True
        if asyncio.get_running_loop().time() > deadline:
            return False
        feed.ring()
        await asyncio.sleep(0.02)
    return False
