"""From commit to client: the last of 10,000, one client at 200 events/s; what a connection costs."""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from subprocess import Popen

import psycopg
from websockets.asyncio.client import connect

from bench.crowd import ORIGIN, Crowd, Opening, event_stream, websocket
from bench.place import Place, end, read_line
from bench.processes import use_of
from bench.row import Row, at_least, at_most, percentile
from bench.tickets import ticket

SOCKETS, ROUNDS = 10_000, 7
A_SECOND, SECONDS = 200, 10
TOPIC = "unit:7"
WRITE = (
    "INSERT INTO signal (id, type, topics, body, at)"
    " VALUES (nextval('feed_id_seq'), 'round_task.opened', ARRAY[%s], %s, now())"
)


def rows(place: Place) -> Iterator[Row]:
    url = place.database("push")
    # A heartbeat would be taken for a message.
    environment = place.environment(url, NOTIFY_HEARTBEAT_S="3000", NOTIFY_ADDRESS_MOST="20000")
    secret = environment["TICKET_SECRET"]

    def socket(n: int) -> Opening:
        sub = {"t": "sub", "ticket": ticket(secret, TOPIC, user=str(n))}
        return websocket("/ws/", text=json.dumps(sub), until=b'"t":"ok"')

    def stream(n: int) -> Opening:
        return event_stream(f"/events?topics={TOPIC}", ticket(secret, TOPIC, user=str(n)))

    yield from crowded(place, url, environment, "websocket", socket)
    yield from crowded(place, url, environment, "sse", stream)
    yield from alone(place, url, environment)


def node(place: Place, environment: dict[str, str]) -> tuple["Popen[bytes]", int]:
    child = place.start([sys.executable, "-m", "bench.servers.laurel"], environment=environment)
    return child, int(read_line(child.stdout).removeprefix("ready "))


def crowded(
    place: Place, url: str, environment: dict[str, str], kind: str, opening: Callable[[int], Opening]
) -> Iterator[Row]:
    """Connects a second, memory a connection, and for websockets commit → last of all."""
    child, port = node(place, environment)
    before = use_of(child.pid)
    with psycopg.connect(url, autocommit=True) as writer, Crowd(port, SOCKETS, opening) as crowd:
        opened = use_of(child.pid)
        if kind == "websocket":
            crowd.quiet()
            taken = [1000 * crowd.round(lambda: tell(writer)) for _ in range(ROUNDS)]
            yield at_most(
                "push", statistics.median(taken), 300, "ms", sockets=SOCKETS, rounds=ROUNDS, loop="uvloop"
            )
        else:
            tell(writer)
            crowd.quiet()
        kept = use_of(child.pid)
    rate = SOCKETS / (opened.cpu_s - before.cpu_s)
    least, most = (700, 25) if kind == "websocket" else (2000, 12)
    settings = {"connections": SOCKETS, "with": "ticket and subscription"}
    yield at_least(f"extra.connects_{kind}", rate, least, "connects/s of its core", **settings)
    memory = (kept.memory_kib - before.memory_kib) / SOCKETS
    yield at_most(f"extra.memory_{kind}", memory, most, "KiB a connection", **settings)
    end(child)


def tell(writer: "psycopg.Connection[tuple[object, ...]]", number: int = 0) -> None:
    """An event, committed, and the bell."""
    writer.execute(WRITE, (TOPIC, json.dumps({"round": number, "tasks": []})))
    writer.execute("NOTIFY laurel")


def alone(place: Place, url: str, environment: dict[str, str]) -> Iterator[Row]:
    """One client at 200 events a second: from the commit's return to the client."""
    child, port = node(place, environment)
    late = asyncio.run(delays(url, port, environment["TICKET_SECRET"]))
    end(child)
    settings = {"events_a_second": A_SECOND, "events": len(late), "clients": 1}
    yield at_most("extra.push_p50", percentile(late, 50), 5, "ms", **settings)
    yield at_most("extra.push_p99", percentile(late, 99), 25, "ms", **settings)


async def delays(url: str, port: int, secret: str) -> list[float]:
    """Milliseconds for each event."""
    committed: dict[int, float] = {}
    late: list[float] = []

    async def write() -> None:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as writer:
            began = time.perf_counter()
            for number in range(A_SECOND * SECONDS):
                await asyncio.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
                # By the number the client knows which commit it hears of.
                await writer.execute(WRITE, (TOPIC, json.dumps({"round": number, "tasks": []})))
                committed[number] = time.perf_counter()
                await writer.execute("NOTIFY laurel")

    async with connect(f"ws://127.0.0.1:{port}/ws/", origin=ORIGIN, compression=None) as link:
        await link.recv()
        await link.send(json.dumps({"t": "sub", "ticket": ticket(secret, TOPIC)}))
        await link.recv()
        writing = asyncio.create_task(write())
        while len(late) < A_SECOND * SECONDS:
            frame = json.loads(await asyncio.wait_for(link.recv(), 30))
            received = time.perf_counter()
            while frame["data"]["round"] not in committed:
                # Told before the writer's own coroutine has seen its commit return.
                await asyncio.sleep(0)
            late.append(max(0.0, 1000 * (received - committed[frame["data"]["round"]])))
        await writing
    return late
