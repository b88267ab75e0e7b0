"""Reading the feed from a real PostgreSQL, with writers that race and a server that dies."""

import asyncio
import random
import threading
import time
from contextlib import closing

import psycopg
import pytest

from services.notify.config import Config
from services.notify.cursor import Place
from services.notify.feed import END, Feed, FeedDown
from services.notify.hub import Hub
from services.notify.node import Node
from tests.notify.conftest import SECRET, Writer

pytestmark = pytest.mark.integration


def race(url, topics, events, seed):
    """One writer: transactions of one to three events, some rolled back, some slow."""
    dice = random.Random(seed)
    with psycopg.connect(url, autocommit=True) as connection, psycopg.connect(url, autocommit=True) as bell:
        for _ in range(events):
            with connection.transaction() as transaction:
                for _ in range(dice.randint(1, 3)):
                    connection.execute(
                        "INSERT INTO ledger (type, topics) VALUES ('declaration.endorse', ARRAY[%s])",
                        (dice.choice(topics),),
                    )
                time.sleep(dice.choice((0, 0, 0.001, 0.01)))
                if dice.random() < 0.1:
                    raise psycopg.Rollback(transaction)
            if dice.random() < 0.5:
                bell.execute("NOTIFY laurel")


def test_eight_writers_lose_nothing_and_break_no_order(served, database_url, writer, topic, scale):
    topics = [f"{topic}-{n}" for n in range(6)]
    with served.socket() as socket:
        socket.sub(*topics)
        first = socket.hello["head"]
        writers = [
            threading.Thread(target=race, args=(database_url, topics, scale(40, 400), seed))
            for seed in range(8)
        ]
        for thread in writers:
            thread.start()
        for thread in writers:
            thread.join()
        written = [
            f"{first.split('.')[0]}.{xid}.{number}"
            for xid, number in writer.connection.execute(
                "SELECT xid::text, id FROM ledger WHERE topics && %s ORDER BY ledger.xid, id", (topics,)
            )
        ]

        assert len(written) > scale(300, 3000)
        assert [frame["c"] for frame in socket.frames(len(written))] == written


def test_an_event_under_an_older_open_transaction_waits_for_it(served, database_url, writer, topic):
    with served.socket() as socket, psycopg.connect(database_url) as older:
        socket.sub(topic)
        older.execute(
            "INSERT INTO ledger (type, topics, seq) VALUES ('declaration.endorse', ARRAY[%s], 1)", (topic,)
        )
        writer.write(topic, seq=2)
        assert socket.silent()

        older.commit()

        assert [frame["seq"] for frame in socket.frames(2)] == [1, 2]


@pytest.mark.parametrize("listen", [True, False])
def test_without_the_bell_an_event_arrives_within_a_second(serve, writer, topic, listen):
    node = serve(listen=listen)
    with node.socket() as socket:
        socket.sub(topic)
        began = time.monotonic()
        writer.write(topic, seq=1, ring=False)

        assert socket.frame()["seq"] == 1
        assert time.monotonic() - began < 1.0


def test_a_killed_server_costs_time_but_no_event(serve, cluster, database_url, topic):
    node = serve()
    with node.socket() as socket:
        socket.sub(topic)
        with closing(Writer(database_url)) as writer:
            writer.write(topic, seq=1)
        assert socket.frame()["seq"] == 1
        assert cluster.child is not None

        cluster.child.kill()
        cluster.child.wait()
        cluster.start()
        with closing(Writer(database_url)) as writer:
            writer.write(topic, seq=2)

        assert socket.frame(timeout=10)["seq"] == 2


def test_it_reads_under_its_own_role_and_writes_nothing(settings_of_a_node):
    config = Config(**settings_of_a_node)

    async def ask():
        feed = Feed(config, Node(config).hub)
        async with await feed._connect() as connection:
            await connection.execute("SELECT count(*) FROM feed")
            cursor = await connection.execute("SELECT current_user, current_setting('transaction_read_only')")
            row = await cursor.fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute("SELECT FROM ledger")
        return row

    assert asyncio.run(ask()) == ("laurel_feed", "on")


def test_without_a_role_it_stays_who_it_is(settings_of_a_node):
    config = Config(**{**settings_of_a_node, "db_role": ""})

    async def ask():
        async with await Feed(config, Node(config).hub)._connect() as connection:
            return await (await connection.execute("SELECT current_user = session_user")).fetchone()

    assert asyncio.run(ask()) == (True,)


def test_a_server_that_is_away_is_told_as_such(settings_of_a_node):
    config = Config("postgresql://nobody@127.0.0.1:1/none", SECRET, frozenset())
    node = Node(config)

    with pytest.raises(FeedDown):
        asyncio.run(node.feed.read(Place(0, 0), END, 10))


def test_the_ring_is_filled_at_the_start(serve, writer, topic):
    for seq in range(1, 8):
        writer.write(topic, seq=seq)
    hub: Hub = serve(ring_size=5).node.hub

    assert str(hub.cursor) == writer.cursor()
    assert hub.after(hub.ring_from, 10) is not None
    assert [event.seq for event in hub.after(hub.ring_from, 10) or ()] == [3, 4, 5, 6, 7]
