"""One notify node: its feed, its hub, and their life."""

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Protocol

from services.notify.clock import DatabaseClock
from services.notify.config import Config
from services.notify.doors import Doors
from services.notify.feed import Feed
from services.notify.hub import Hub, Sink
from services.notify.ticket import Ticket, TicketOffice

READY_WITHIN_S = 5.0
# Connections told to leave in one go while draining.
SLICE = 200


class Guest(Sink, Protocol):
    """A connection that came in by the doors."""

    address: str | None


SignalHandler = Callable[[int, FrameType | None], object]


class Node:
    """Made once for a process; started and stopped by ASGI's lifespan."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.clock = DatabaseClock()
        self.tickets = TicketOffice(config.ticket_secret)
        self.hub = Hub(self.clock, self.tickets, config.ring_size)
        self.feed = Feed(config, self.hub)
        self.doors = Doors(config.address_most)
        self.retry_ms = int(config.retry_s * 1000)
        self.draining = False
        self._tasks: list[asyncio.Task[None]] = []

    async def ready(self) -> bool:
        """Whether the feed has been reached; waits a little for it."""
        deadline = time.monotonic() + READY_WITHIN_S
        while not self.hub.ready and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        return self.hub.ready

    def crowded(self, sink: Sink, ticket: Ticket) -> bool:
        """Note whose connection it is; whether that is one too many."""
        of_session, of_user = self.hub.identify(sink, ticket)
        return of_session > self.config.session_most or of_user > self.config.user_most

    def leave(self, sink: "Guest") -> None:
        """A connection is over: it is in nobody's count any more."""
        self.hub.remove(sink)
        if sink.address is not None:
            self.doors.leave(sink.address)
            sink.address = None

    async def start(self) -> None:
        """Begin to read. Does not wait for PostgreSQL: a node may start before it."""
        self._tasks = [asyncio.create_task(self.feed.run()), asyncio.create_task(self._beat())]
        self._drain_before_exit()

    async def stop(self) -> None:
        """Say goodbye to those still here, then let the database go."""
        await self.drain()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Send all clients away in slices over `drain_s`, so that they do not come back all at once."""
        self.draining = True
        sinks = self.hub.sinks
        slices = [sinks[n : n + SLICE] for n in range(0, len(sinks), SLICE)]
        for part in slices:
            for sink in part:
                sink.bye()
            await asyncio.sleep(self.config.drain_s / len(slices))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.config.heartbeat_s)
            for sink in self.hub.sinks:
                # One that is catching up may not be told the head: it has not heard all before it.
                if sink.live:
                    sink.beat(self.hub.cursor)

    def _drain_before_exit(self) -> None:
        """Take the signals that stop the server, drain, and hand them on to whoever had them.

        Uvicorn calls lifespan only after it has closed every socket and waited for streams that never end.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if callable(before):
                signal.signal(number, self._handler(loop, before))

    def _handler(self, loop: asyncio.AbstractEventLoop, before: SignalHandler) -> SignalHandler:
        async def drain_and_hand_on(number: int) -> None:
            await self.drain()
            signal.raise_signal(number)

        def handler(number: int, _: FrameType | None) -> None:
            # A second signal does not wait for the drain.
            signal.signal(number, before)
            loop.call_soon_threadsafe(lambda: self._tasks.append(loop.create_task(drain_and_hand_on(number))))

        return handler
