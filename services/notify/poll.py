"""The feed as plain JSON pages: for scripts, and for browsers that get neither websocket nor SSE."""

from services.notify import metrics
from services.notify.cursor import Cursor, Place
from services.notify.feed import FeedDown
from services.notify.frames import Event
from services.notify.http import (
    Scope,
    Send,
    answer,
    bearer,
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


async def page(node: Node, scope: Scope, send: Send) -> None:
    """GET /api/v1/feed?since=&topics= → {"events": […], "next": cursor, "reset": bool}."""
    try:
        body, open_to_all = await _page(node, scope)
    except FeedDown:
        await refuse(scope, send, Problem("feed.unavailable"))
    except Problem as problem:
        await refuse(scope, send, problem)
    else:
        # The address names the cursor, so a shared cache may answer everybody who stands at the same place.
        caching = b"public, max-age=1" if open_to_all else b"private, no-store"
        headers = [(b"cache-control", caching), (b"vary", b"authorization, cookie")]
        await answer(send, 200, body, "application/json", headers)


async def _page(node: Node, scope: Scope) -> tuple[bytes, bool]:
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
    told = [event.json(topic) for event in events if (topic := event.topic_for(topics))]
    following = str(Cursor(node.hub.epoch, end)).encode()
    body = b'{"events":[%b],"next":"%b","reset":%b}' % (
        b",".join(told),
        following,
        b"true" if place is None else b"false",
    )
    return body, ticket is None


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
