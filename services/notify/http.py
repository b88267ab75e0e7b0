"""What SSE and poll share: headers, parameters, whose topics, and refusals (RFC 9457)."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

from services.notify import metrics
from services.notify.config import MAX_TOPICS, Config
from services.notify.frames import encode, is_public
from services.notify.hub import Hub
from services.notify.problems import Problem, language_of
from services.notify.ticket import BadTicket, Ticket

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

COOKIE = "laurel_ticket"
TOPIC = re.compile(r"(case|unit|user):[0-9a-z-]{1,40}|public:notice(:[0-9]{1,20})?", re.ASCII)


def header(scope: Scope, name: bytes) -> str | None:
    """The one value of a header; None when it is absent."""
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ",".join(values) if values else None


def query(scope: Scope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1")))


def origin_allowed(scope: Scope, config: Config, *, needed: bool) -> bool:
    """Whether the Origin is one of ours, by scheme, host and port; `needed`: none at all will not do."""
    origin = header(scope, b"origin")
    if origin is None:
        return not needed
    return origin.lower() in config.origins


def bearer(scope: Scope, hub: Hub) -> Ticket | None:
    """The ticket in `Authorization: Ticket …` or the cookie; raises Problem for a bad one."""
    text = _ticket_text(scope)
    if text is None:
        return None
    try:
        return hub.tickets.redeem(text, now=hub.clock.now())
    except BadTicket as bad:
        raise Problem("ticket.invalid", reason=str(bad)) from None


def topics_asked(asked: str | None, ticket: Ticket | None) -> list[str]:
    """The topics of a request: as asked, else all of the ticket, else the public notices. Raises Problem."""
    if asked is None:
        return sorted(ticket.topics) if ticket else ["public:notice"]
    topics = list(dict.fromkeys(topic for topic in asked.split(",") if topic))
    if not topics or len(topics) > MAX_TOPICS or not all(TOPIC.fullmatch(topic) for topic in topics):
        raise Problem("topic.unknown")
    for topic in topics:
        if not is_public(topic) and (ticket is None or topic not in ticket.topics):
            raise Problem("topic.denied", topic=topic)
    return topics


async def answer(
    send: Send, status: int, body: bytes, content_type: str, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    """A whole answer."""
    fixed = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": fixed + (headers or [])})
    await send({"type": "http.response.body", "body": body})


async def refuse(scope: Scope, send: Send, problem: Problem) -> None:
    """The refusal as application/problem+json, in the language that is asked for; counted."""
    metrics.DENIED.labels(problem.code).inc()
    language = language_of(header(scope, b"accept-language"))
    body = encode(problem.body(language))
    await answer(send, problem.status, body, "application/problem+json", problem.headers(language))


def _ticket_text(scope: Scope) -> str | None:
    scheme, _, text = (header(scope, b"authorization") or "").partition(" ")
    if scheme.lower() == "ticket":
        return text.strip()
    try:
        morsel = SimpleCookie(header(scope, b"cookie") or "").get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None
