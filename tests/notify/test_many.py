"""Many clients: a node that is killed under load, a storm of those who come back, one who reads nothing."""

import asyncio
import contextlib
import json
import resource
import socket as sockets
import time
from typing import Any

import httpx
import psycopg
import pytest
import uvloop
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.notify.conftest import ORIGIN, ticket
from tests.notify.listeners import Listener, all_have, all_live
from tests.notify.processes import free_port, process

pytestmark = pytest.mark.integration
A_SECOND = 200
CASES = 20


@pytest.fixture(autouse=True)
def many_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def write_steadily(url, topics, seconds):
    """200 events a second over all topics, each topic's numbered without gap; how many each has then."""
    number = 0
    began = time.monotonic()
    async with (
        await psycopg.AsyncConnection.connect(url, autocommit=True) as writer,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as bell,
    ):
        while number * len(topics) < seconds * A_SECOND:
            number += 1
            await writer.execute(
                "INSERT INTO ledger (type, topics, seq)"
                " SELECT 'declaration.endorse', ARRAY[t], %s FROM unnest(%s::text[]) t",
                (number, topics),
            )
            await bell.execute("NOTIFY laurel")
            await asyncio.sleep(max(0.0, began + number * len(topics) / A_SECOND - time.monotonic()))
    return number


async def told(listeners, tasks, work):
    """Run the clients while `work` does something; whatever happens they are stopped."""
    try:
        return await work()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.timeout(300)
def test_a_node_killed_under_load_costs_nobody_an_event(database_url, writer, topic, scale):
    topics = [f"{topic}-{n}" for n in range(CASES)]
    since = writer.cursor()

    async def main(first, second):
        listeners = [
            Listener(str(n), topics[n % CASES], (first.port, second.port), since)
            for n in range(scale(60, 1000))
        ]
        tasks = [asyncio.create_task(listener.run()) for listener in listeners]

        async def work():
            await all_live(listeners, 60)
            writing = asyncio.create_task(write_steadily(database_url, topics, scale(4, 20)))
            await asyncio.sleep(scale(2, 10))
            first.child.kill()
            last = await writing
            await all_have(listeners, last, 60)
            return listeners, last

        return await told(listeners, tasks, work)

    with process(database_url) as first, process(database_url) as second:
        listeners, last = uvloop.run(main(first, second))

    assert {tuple(listener.seqs) for listener in listeners} == {tuple(range(1, last + 1))}
    assert sum(listener.connects for listener in listeners) > len(listeners)
    assert sum(listener.resets for listener in listeners) == 0


@pytest.mark.timeout(300)
def test_all_come_back_after_a_restart_and_miss_nothing(database_url, writer, topic, scale):
    count, port = scale(200, 10_000), free_port()
    limits = {"NOTIFY_ADDRESS_MOST": "20000"}
    since = writer.cursor()

    async def main(first):
        listeners = [Listener(str(n), topic, (port,), since) for n in range(count)]
        tasks = [asyncio.create_task(listener.run()) for listener in listeners]

        async def work():
            await all_live(listeners, 120)
            writer.write(topic, seq=1)
            await all_have(listeners, 1, 60)
            first.child.kill()
            first.child.wait()
            writer.write(topic, seq=2)
            with process(database_url, port, **limits):
                began = time.monotonic()
                await all_have(listeners, 2, 60)
                return listeners, time.monotonic() - began

        return await told(listeners, tasks, work)

    with process(database_url, port, **limits) as first:
        listeners, taken_s = uvloop.run(main(first))

    assert {tuple(listener.seqs) for listener in listeners} == {(1, 2)}
    assert taken_s < 30


def slow_closed(address: str) -> float:
    """How many connections this node has closed because they read too slowly."""
    lines = httpx.get(f"{address}/metrics", trust_env=False).text.splitlines()
    return next(
        float(line.split()[1]) for line in lines if line.startswith("laurel_notify_slow_closed_total ")
    )


async def deaf(port, topic, since, told_all):
    """Subscribes and reads nothing until all is told; the code it finds when it looks at last."""
    # Without a limit the kernel keeps megabytes for a reader, and the node would never notice.
    narrow = sockets.socket()
    narrow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 8192)
    narrow.connect(("127.0.0.1", port))
    options: dict[str, Any] = {
        "sock": narrow,
        "origin": ORIGIN,
        "compression": None,
        "ping_interval": None,
        "max_queue": 1,
    }
    async with connect(f"ws://127.0.0.1:{port}/ws/", **options) as link:
        await link.recv()
        await link.send(json.dumps({"t": "sub", "ticket": ticket(topic, session="deaf"), "since": since}))
        await told_all.wait()
        async with asyncio.timeout(60):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await link.recv()
        return link.protocol.close_code


async def write_large(database_url, writer, topic, seconds):
    """Large events, so that a buffer fills while nobody reads it."""
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as link:
        number, end = 0, time.monotonic() + seconds
        while time.monotonic() < end or number < 60:
            number += 1
            await link.execute(
                "INSERT INTO ledger (type, topics, seq, data) VALUES ('declaration.endorse', ARRAY[%s], %s,"
                " jsonb_build_object('text', repeat('x', 100000)))",
                (topic, number),
            )
            writer.ring()
            await asyncio.sleep(seconds / 60)
        return number


@pytest.mark.timeout(300)
def test_one_who_reads_nothing_slows_nobody(served, database_url, writer, topic, scale):
    seconds = scale(4, 60)
    since = writer.cursor()

    async def main():
        listeners = [Listener(str(n), topic, (served.port,), since) for n in range(scale(20, 500))]
        tasks = [asyncio.create_task(listener.run()) for listener in listeners]

        async def work():
            await all_live(listeners, 60)
            told_all = asyncio.Event()
            waiting = asyncio.create_task(deaf(served.port, topic, since, told_all))
            last = await write_large(database_url, writer, topic, seconds)
            await all_have(listeners, last, 30)
            told_all.set()
            return listeners, last, await waiting

        return await told(listeners, tasks, work)

    before = slow_closed(served.http)
    listeners, last, code = uvloop.run(main())

    assert slow_closed(served.http) == before + 1
    # Behind what was never read the close frame may not arrive at all: then the line is dropped after a while.
    assert code in {1013, 1006}
    assert {tuple(listener.seqs) for listener in listeners} == {tuple(range(1, last + 1))}
    assert {listener.connects for listener in listeners} == {1}
