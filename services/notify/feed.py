"""Reads the view `feed` below the snapshot horizon and hands each event to the hub once, in order."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from services.notify import metrics
from services.notify.config import Config
from services.notify.cursor import MAX_ID, MAX_XID, Place, parse_place
from services.notify.frames import Event
from services.notify.hub import Hub

log = logging.getLogger("laurel.notify")

PAGE = 500
# Events handed out between two turns of the loop, so that sockets get to write.
BREATH = 50
LONGEST_BACKOFF_S = 2.0
SOON_S = 0.01
# At least so often the clock is set and the horizon looked at, however much is told.
PULSE_S = 1.0
QUERY_TIMEOUT_S = 10.0
LONGEST_AGE_S = 3600.0

# `f.xid` in full: a bare `xid` would name the text column of the result.
_COLUMNS = "f.xid::text, f.id, f.at, f.type, f.topics, f.case_id, f.seq, f.data, f.public"
_BELOW_HORIZON = "f.xid < pg_snapshot_xmin(pg_current_snapshot())"
READ = (
    f"SELECT {_COLUMNS} FROM feed f WHERE (f.xid, f.id) > (%s::xid8, %s) AND (f.xid, f.id) <= (%s::xid8, %s)"
    f" AND {_BELOW_HORIZON} ORDER BY f.xid, f.id LIMIT %s"
)
LATEST = (
    f"SELECT {_COLUMNS} FROM feed f WHERE (f.xid, f.id) <= (%s::xid8, %s)"
    " ORDER BY f.xid DESC, f.id DESC LIMIT %s"
)
PULSE = (
    "SELECT extract(epoch FROM clock_timestamp())::float8,"
    " (pg_snapshot_xmax(s)::text::numeric - pg_snapshot_xmin(s)::text::numeric)::int"
    " FROM pg_current_snapshot() s"
)
KEEPS = "SELECT feed_keeps(%s::xid8, %s)"
END = Place(MAX_XID, MAX_ID)

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class FeedDown(Exception):
    """The database cannot be asked at the moment."""


class Feed:
    """One node's reader: a bell (LISTEN), the follower, and a connection for those who were away long."""

    def __init__(self, config: Config, hub: Hub) -> None:
        self._config = config
        self.replay_limit = config.replay_limit
        self._hub = hub
        self._bell = asyncio.Event()
        self._pulse_due = 0.0
        self._history: Connection | None = None
        self._history_lock = asyncio.Lock()

    async def run(self) -> None:
        """Follow the feed for ever. Losing PostgreSQL costs time, never an event: the place is kept."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep("follow", self._follow))
                if self._config.listen:
                    tasks.create_task(self._keep("listen", self._listen))
                if self._config.bell_redis_url:
                    from services.notify import redis_bell  # slow import

                    tasks.create_task(redis_bell.listen(self._config.bell_redis_url, self.ring))
        finally:
            if self._history:
                await self._history.close()

    async def hand_out(self, event: Event) -> None:
        """Give the next event to all who hear it; between two slices the loop serves everybody else."""
        self._hub.publish(event)
        while self._hub.deliver():
            await asyncio.sleep(0)
        age_s = self._hub.clock.now() - event.at.timestamp() if self._hub.clock.known else -1.0
        # A demo's clock may have been moved: then the event's own time tells nothing.
        if 0 <= age_s < LONGEST_AGE_S:
            metrics.COMMIT_TO_SEND.observe(age_s)

    def ring(self) -> None:
        """Look at the feed now."""
        self._bell.set()

    async def read(self, after: Place, until: Place, limit: int) -> list[Event]:
        """Events after a place up to another, for a client the ring cannot serve; raises FeedDown."""
        arguments = (str(after.xid), after.id, str(until.xid), until.id, limit)
        return [self._event(row) for row in await self._ask(READ, arguments)]

    async def keeps(self, after: Place) -> bool:
        """Whether everything after a place is still in the feed; raises FeedDown."""
        rows = await self._ask(KEEPS, (str(after.xid), after.id))
        return bool(rows[0][0])

    async def _ask(self, query: str, arguments: Sequence[object]) -> list[tuple[Any, ...]]:
        async with self._history_lock:
            try:
                if self._history is None or self._history.closed:
                    self._history = await self._connect()
                return await self._rows(self._history, query, arguments)
            except (psycopg.Error, OSError, TimeoutError) as error:
                if self._history:
                    await self._history.close()
                raise FeedDown from error

    async def _keep(self, role: str, work: Callable[[Connection], Awaitable[None]]) -> None:
        delay = 0.1
        while True:
            began = time.monotonic()
            try:
                async with await self._connect() as connection:
                    await work(connection)
            except (psycopg.Error, OSError, TimeoutError) as error:
                metrics.RECONNECTS.labels(role).inc()
                log.warning("the feed's connection to %s was lost: %s", role, error)
            if time.monotonic() - began > 2 * LONGEST_BACKOFF_S:
                delay = 0.1
            await asyncio.sleep(random.uniform(delay / 2, delay))
            delay = min(2 * delay, LONGEST_BACKOFF_S)

    async def _connect(self) -> Connection:
        options = str(conninfo_to_dict(self._config.database_url).get("options") or "")
        options += " -c TimeZone=UTC -c default_transaction_read_only=on -c statement_timeout=10s"
        if self._config.db_role:
            options += f" -c role={self._config.db_role}"
        return await psycopg.AsyncConnection.connect(
            self._config.database_url,
            autocommit=True,
            options=options.strip(),
            application_name="laurel-notify",
            connect_timeout=5,
            keepalives_idle=10,
            tcp_user_timeout=15_000,
        )

    async def _listen(self, connection: Connection) -> None:
        await connection.execute("LISTEN laurel")
        async for _ in connection.notifies():
            metrics.BELLS.inc()
            self._bell.set()

    async def _follow(self, connection: Connection) -> None:
        await self._pulse(connection)
        await self._take_place(connection)
        idle_s = self._config.poll_s
        while True:
            rung = self._bell.is_set()
            self._bell.clear()
            head = self._hub.head
            arguments = (str(head.xid), head.id, str(END.xid), END.id, PAGE)
            rows = await self._rows(connection, READ, arguments)
            for n, row in enumerate(rows, 1):
                await self.hand_out(self._event(row))
                if n % BREATH == 0:
                    await asyncio.sleep(0)
            if len(rows) == PAGE:
                continue
            # Who rang is asked about only where nothing came: the clock and the horizon are looked at every second
            # anyway, and while many write this loop must not cost them their processor.
            waits = bool(rows)
            if time.monotonic() >= self._pulse_due or (rung and not rows):
                waits = await self._pulse(connection)
            # Others may have rung and still stand above the horizon: their events fall below without another bell.
            idle_s = SOON_S if waits and (rung or rows) else min(2 * idle_s, self._config.poll_s)
            await self._rest(idle_s)

    async def _rest(self, idle_s: float) -> None:
        try:
            async with asyncio.timeout(idle_s):
                await self._bell.wait()
        except TimeoutError:
            metrics.POLLS.inc()

    async def _take_place(self, connection: Connection) -> None:
        """Start at the head, or go on where we were if it is still the same history."""
        ((epoch, head_text),) = await self._rows(connection, "SELECT feed_epoch(), feed_head()")
        head = parse_place(head_text)
        if epoch == self._hub.epoch and head >= self._hub.head:
            return
        size = self._config.ring_size
        rows = await self._rows(connection, LATEST, (str(head.xid), head.id, size + 1))
        last = [self._event(row, epoch) for row in reversed(rows)]
        starts = [event.place for event in last]
        if len(last) <= size:
            starts.insert(0, Place(0, 0))
        ring_from = await self._first_kept(connection, starts) or head
        ring = [event for event in last if event.place > ring_from]
        self._hub.begin(epoch, head, ring=ring, ring_from=ring_from)

    async def _first_kept(self, connection: Connection, places: list[Place]) -> Place | None:
        """The first of these places after which nothing has been removed; found by halving."""
        low, high = 0, len(places)
        while low < high:
            middle = (low + high) // 2
            place = places[middle]
            ((kept,),) = await self._rows(connection, KEEPS, (str(place.xid), place.id))
            low, high = (low, middle) if kept else (middle + 1, high)
        return places[low] if low < len(places) else None

    async def _pulse(self, connection: Connection) -> bool:
        """Set the clock; whether transactions are open that the feed waits for."""
        asked = time.monotonic()
        self._pulse_due = asked + PULSE_S
        ((database_time, waiting),) = await self._rows(connection, PULSE)
        self._hub.clock.measured(database_time, asked=asked, answered=time.monotonic())
        metrics.HORIZON_LAG.set(waiting)
        return bool(waiting)

    async def _rows(
        self, connection: Connection, query: str, arguments: Sequence[object] = ()
    ) -> list[tuple[Any, ...]]:
        """Ask, and give up on a server that does not answer: a half-open connection looks just like that."""
        async with asyncio.timeout(QUERY_TIMEOUT_S):
            cursor = await connection.execute(query, arguments)
            return await cursor.fetchall()

    def _event(self, row: tuple[Any, ...], epoch: str | None = None) -> Event:
        xid, number, at, kind, topics, case_id, seq, told, public = row
        return Event(
            epoch=epoch or self._hub.epoch,
            place=Place(int(xid), number),
            at=at,
            type=kind,
            topics=tuple(topics),
            case_id=case_id,
            seq=seq,
            data=told,
            public=public,
        )
