"""The feed as plain JSON pages: for scripts, and for browsers that get neither websocket nor SSE."""

from typing import NamedTuple

from services.notify import metrics
from services.notify.cloudevents import BATCH, batch
from services.notify.cursor import Cursor, Place
from services.notify.feed import FeedDown
from services.notify.frames import Event
from services.notify.http import (
    Scope,
    Send,
    answer,
    bearer,
    header,
    origin_allowed,
    query,
    refuse,
    topics_asked,
)
from services.notify.node import Node
from services.notify.problems import Problem
from services.notify.replay import locate

# Events looked at for one page, whatever their topics.
PAGE = 500


class Page(NamedTuple):
    """What one look at the feed has found."""

    told: list[tuple[Event, str]]
    following: str
    reset: bool
    open_to_all: bool


async def page(node: Node, scope: Scope, send: Send) -> None:
    """GET /api/v1/feed?since=&topics= → {"events": […], "next": cursor, "reset": bool}, or a CloudEvents batch."""
    try:
        found = await _page(node, scope)
    except FeedDown:
        await refuse(scope, send, Problem("feed.unavailable"))
    except Problem as problem:
        await refuse(scope, send, problem)
    else:
        # The address names the cursor, so a shared cache may answer everybody who stands at the same place.
        caching = b"public, max-age=1" if found.open_to_all else b"private, no-store"
        headers = [(b"cache-control", caching), (b"vary", b"accept, authorization, cookie")]
        if BATCH in (header(scope, b"accept") or ""):
            # A batch has no room for these two.
            headers += [(b"laurel-next", found.following.encode()), (b"laurel-reset", _boolean(found.reset))]
            await answer(send, 200, batch(found.told), BATCH, headers)
        else:
            await answer(send, 200, _body(found), "application/json", headers)


def _body(found: Page) -> bytes:
    events = b",".join(event.json(topic) for event, topic in found.told)
    return b'{"events":[%b],"next":"%b","reset":%b}' % (
        events,
        found.following.encode(),
        _boolean(found.reset),
    )


def _boolean(value: bool) -> bytes:
    return b"true" if value else b"false"


async def _page(node: Node, scope: Scope) -> Page:
    if not origin_allowed(scope, node.config, needed=False):
        raise Problem("origin.foreign")
    if not await node.ready():
        raise Problem("feed.unavailable")
    asked = query(scope)
    ticket = bearer(scope, node.hub)
    topics = topics_asked(asked.get("topics"), ticket)
    place = await locate(node.hub, node.feed, asked.get("since"))
    if place is None:
        metrics.RESETS.inc()
    events, end = await _after(node, place or node.hub.head)
    told = [(event, topic) for event in events if (topic := event.topic_for(topics))]
    return Page(told, str(Cursor(node.hub.epoch, end)), reset=place is None, open_to_all=ticket is None)


async def _after(node: Node, place: Place) -> tuple[list[Event], Place]:
    """The events that follow, and where the next page begins."""
    events = node.hub.after(place, PAGE + 1)
    until = node.hub.head
    if events is None:
        until = node.hub.ring_from
        events = await node.feed.read(place, until, PAGE + 1)
    if len(events) > PAGE:
        return events[:PAGE], events[PAGE - 1].place
    return events, until
