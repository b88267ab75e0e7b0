"""Many clients in one loop that behave as live.js does: they keep the last cursor and come back with full jitter."""

import asyncio
import contextlib
import json
import random
from collections.abc import Sequence

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.notify.conftest import ORIGIN, ticket

FIRST_BACKOFF_S, LONGEST_BACKOFF_S = 0.2, 2.0


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
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                await self._once()
            attempt = 0 if self.connects > before else attempt + 1
            self.live.clear()
            most = min(LONGEST_BACKOFF_S, FIRST_BACKOFF_S * 2**attempt)
            await asyncio.sleep(random.uniform(0, most))

    async def _once(self) -> None:
        port = random.choice(self.ports)
        async with connect(
            f"ws://127.0.0.1:{port}/ws/", origin=ORIGIN, compression=None, ping_interval=None, open_timeout=20
        ) as link:
            await link.recv()
            text = ticket(self.topic, user=self.name, session=self.name)
            await link.send(json.dumps({"t": "sub", "ticket": text, "since": self.cursor}))
            async for message in link:
                self._take(json.loads(message))

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
