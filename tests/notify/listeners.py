"""Many clients in one loop that behave as live.js does: they keep the last cursor and come back with full jitter.

Their websocket is the least that can speak to a node: the clients share the machine with the node they try, and ten
thousand of them must not be what is measured.
"""

import asyncio
import base64
import contextlib
import json
import os
import random
from collections.abc import AsyncIterator, Sequence

from tests.notify.conftest import ORIGIN, ticket

FIRST_BACKOFF_S, LONGEST_BACKOFF_S = 0.2, 2.0
OPENING_S = 20
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A


class Link:
    """A websocket of a client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Link":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ["GET /ws/ HTTP/1.1", "Host: 127.0.0.1", f"Origin: {ORIGIN}", "Upgrade: websocket"]
        lines += ["Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]
        writer.write("\r\n".join(lines).encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 101 "):
                raise ConnectionError(head)
        except BaseException:
            writer.close()
            raise
        return cls(reader, writer)

    def send(self, payload: bytes, kind: int = TEXT) -> None:
        """A frame; a mask of zeros leaves the payload as it is."""
        size = len(payload)
        head = bytes((kind, 0x80 | size)) if size < 126 else bytes((kind, 0xFE)) + size.to_bytes(2)
        self._writer.write(head + bytes(4) + payload)

    async def frames(self) -> AsyncIterator[bytes]:
        """What the node says, until it closes."""
        while True:
            kind, size = await self._reader.readexactly(2)
            if size > 125:
                size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8))
            payload = await self._reader.readexactly(size)
            if kind == CLOSE:
                return
            if kind == PING:
                self.send(payload, PONG)
            else:
                yield payload

    def close(self) -> None:
        self._writer.close()


class Listener:
    """Hears one topic until it is told to stop; `seqs` is what it was told, in that order."""

    def __init__(self, name: str, topic: str, ports: Sequence[int], since: str) -> None:
        self.name, self.topic, self.ports = name, topic, ports
        self.cursor = since
        self.seqs: list[int] = []
        self.resets = 0
        self.connects = 0
        self.live = asyncio.Event()

    async def run(self) -> None:
        attempt = 0
        while True:
            before = self.connects
            with contextlib.suppress(OSError, EOFError, TimeoutError):
                await self._once()
            attempt = 0 if self.connects > before else attempt + 1
            self.live.clear()
            most = min(LONGEST_BACKOFF_S, FIRST_BACKOFF_S * 2**attempt)
            await asyncio.sleep(random.uniform(0, most))

    async def _once(self) -> None:
        port = random.choice(self.ports)
        async with asyncio.timeout(OPENING_S):
            link = await Link.open(port)
        with contextlib.closing(link):
            frames = link.frames()
            await anext(frames)
            text = ticket(self.topic, user=self.name, session=self.name)
            link.send(json.dumps({"t": "sub", "ticket": text, "since": self.cursor}).encode())
            async for frame in frames:
                self._take(json.loads(frame))

    def _take(self, frame: dict[str, object]) -> None:
        if frame["t"] == "event":
            self.seqs.append(int(str(frame["seq"])))
        elif frame["t"] == "ok":
            self.connects += 1
            self.live.set()
        elif frame["t"] == "reset":
            self.resets += 1
        if "c" in frame:
            self.cursor = str(frame["c"])


async def all_live(listeners: Sequence[Listener], within_s: float) -> None:
    async with asyncio.timeout(within_s):
        for listener in listeners:
            await listener.live.wait()


async def all_have(listeners: Sequence[Listener], last: int, within_s: float) -> None:
    """Until everyone was told the event with this number."""
    async with asyncio.timeout(within_s):
        for listener in listeners:
            while not listener.seqs or listener.seqs[-1] < last:
                await asyncio.sleep(0.02)
