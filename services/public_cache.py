"""Public pages and data from memory: what may be kept by shared caches is kept here first, as the bytes it is sent as.

A hit asks neither session nor database nor Django. Whoever comes first after the time has run out fetches for all;
until its `stale-while-revalidate` is over the others get the old bytes meanwhile. After a command of this very process
the bytes count as old at once; what other processes change shows after `s-maxage`, as behind any proxy.
"""

import asyncio
import hashlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, bytes, bytes]

PUBLIC = re.compile(r"/(notices|register|project-notices|decisions|documents|api/v1/public)(?=[/.]|$)")
API = "/api/"
# What pages are drawn by; nothing else of a cookie reaches them.
COOKIES = (b"laurel_type=", b"django_language=")
MOST_BYTES, MOST_ENTRIES, MOST_OF_ONE = 64 << 20, 4_000, 4 << 20
# Commands may follow each other by the hundred; a page is drawn anew four times a second at most.
AT_LEAST_S = 0.25


@dataclass
class Entry:
    """One answer: its headers, its bytes, and until when it may be given out."""

    headers: Headers
    body: bytes
    etag: bytes
    made: float
    fresh_s: float
    stale_s: float
    commands: int


@dataclass
class Answer:
    """What an application sent, gathered."""

    status: int = 0
    headers: Headers = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.lower(), value) for name, value in message["headers"]]
        else:
            self.body += message.get("body", b"")

    def entry(self, commands: int, made: float) -> Entry | None:
        """As it is kept; None for what may not be."""
        told = dict(self.headers)
        limits = limits_of(told.get(b"cache-control", b""))
        if self.status != 200 or limits is None or b"set-cookie" in told or len(self.body) > MOST_OF_ONE:
            return None
        body, headers, etag = bytes(self.body), self.headers, told.get(b"etag", b"")
        if not etag:  # lists and tables name none: what is sent names itself
            etag = b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
            headers = [*headers, (b"etag", etag)]
        return Entry(headers, body, etag, made, *limits, commands)


def limits_of(control: bytes) -> tuple[float, float] | None:
    """(seconds fresh, seconds stale) that a shared cache may keep it; None where it may not."""
    parts = {
        name: value for name, _, value in (p.strip().partition(b"=") for p in control.lower().split(b","))
    }
    if b"public" not in parts or not parts.get(b"s-maxage", b"").isdigit():
        return None
    stale = parts.get(b"stale-while-revalidate", b"0")
    return float(parts[b"s-maxage"]), float(stale) if stale.isdigit() else 0.0


def key_of(scope: Message) -> tuple[Key, bytes]:
    """(what the answer depends on, If-None-Match)."""
    host = varied = asked = b""
    api = scope["path"].startswith(API)
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"if-none-match":
            asked = value
        elif api and name in (b"accept", b"accept-language"):
            varied += name + value
        elif not api and name == b"cookie":
            varied = b";".join(
                sorted(part.strip() for part in value.split(b";") if part.strip().startswith(COOKIES))
            )
    return (scope["path"], scope["query_string"], host, varied), asked


class Kept:
    """An application whose public answers are kept in memory. `commands` counts what this process has changed."""

    def __init__(self, application: Application, commands: Callable[[], int]) -> None:
        self._application = application
        self._commands = commands
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._bytes = 0
        self._fetching: dict[Key, asyncio.Task[Entry | Answer]] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not PUBLIC.match(scope["path"])
        ):
            await self._application(scope, receive, send)
            return
        key, asked = key_of(scope)
        entry = self._entries.get(key)
        now = monotonic()
        if entry is not None:
            age, same = now - entry.made, entry.commands == self._commands()
            if age < AT_LEAST_S or (same and age < entry.fresh_s):
                await give(entry, asked, scope, send)
                return
            if same and age < entry.fresh_s + entry.stale_s:
                self._fetch(key, scope)
                await give(entry, asked, scope, send)
                return
        if scope["method"] == "HEAD":
            await self._application(scope, receive, send)
            return
        await self._give_fetched(key, asked, scope, receive, send)

    async def _give_fetched(
        self, key: Key, asked: bytes, scope: Message, receive: Receive, send: Send
    ) -> None:
        """The first one fetches, those who come meanwhile wait for it; what may not be kept each gets alone."""
        first = key not in self._fetching
        found = await asyncio.shield(self._fetch(key, scope))
        if isinstance(found, Entry) and not first and found.commands != self._commands():
            # It was begun before a command that the asker may have given.
            found = await asyncio.shield(self._fetch(key, scope))
        if isinstance(found, Entry):
            await give(found, asked, scope, send)
        elif first:
            await send({"type": "http.response.start", "status": found.status, "headers": found.headers})
            await send({"type": "http.response.body", "body": bytes(found.body)})
        else:
            await self._application(scope, receive, send)

    def _fetch(self, key: Key, scope: Message) -> "asyncio.Task[Entry | Answer]":
        task = self._fetching.get(key)
        if task is None:
            task = self._fetching[key] = asyncio.get_running_loop().create_task(self._fetched(key, scope))
        return task

    async def _fetched(self, key: Key, scope: Message) -> Entry | Answer:
        answer, made, commands = Answer(), monotonic(), self._commands()
        # Whole and in full: the conditions are the asker's, and looked at when it is given out.
        plain = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
        try:
            await self._application({**scope, "method": "GET", "headers": plain}, empty, answer.take)
        finally:
            self._fetching.pop(key, None)
        entry = answer.entry(commands, made)
        self._keep(key, entry)
        return entry or answer

    def _keep(self, key: Key, entry: Entry | None) -> None:
        before = self._entries.pop(key, None)
        self._bytes -= len(before.body) if before else 0
        if entry is None:
            return
        self._entries[key] = entry
        self._bytes += len(entry.body)
        while self._bytes > MOST_BYTES or len(self._entries) > MOST_ENTRIES:
            _, oldest = self._entries.popitem(last=False)
            self._bytes -= len(oldest.body)


CONDITIONS = frozenset({b"if-none-match", b"if-modified-since", b"range", b"if-range"})


async def empty() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def give(entry: Entry, asked: bytes, scope: Message, send: Send) -> None:
    """The kept answer, or that it is still the one the asker has."""
    if asked and entry.etag and has(asked, entry.etag):
        headers = [pair for pair in entry.headers if pair[0] not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": entry.headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else entry.body})


def has(asked: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names this ETag; weak and strong ones are the same to it."""
    if asked.strip() == b"*":
        return True
    return any(part.strip().removeprefix(b"W/") == etag.removeprefix(b"W/") for part in asked.split(b","))
