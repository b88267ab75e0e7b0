"""Eight writers, six hot cases: each case's steps are told without gap and in order, whoever committed first."""

import random
import threading
import time
import uuid

import psycopg
import pytest

pytestmark = pytest.mark.integration
WRITERS, HOT = 8, 6


@pytest.fixture
def hot(writer):
    """Cases with a version and the id of the transaction that last wrote them, as workflow keeps them."""
    table = f"hot_{uuid.uuid4().hex[:8]}"
    writer.connection.execute(f"CREATE TABLE {table} (id int PRIMARY KEY, version int, last_xid xid8)")
    writer.connection.execute(
        f"INSERT INTO {table} SELECT n, 0, '0' FROM generate_series(0, %s) n", (HOT - 1,)
    )
    yield table
    writer.connection.execute(f"DROP TABLE {table}")


def take_steps(url, table, topic, steps, seed):
    """One writer: begins with a transaction id, waits a little, then takes a step of one or two cases, guarded."""
    dice = random.Random(seed)
    with psycopg.connect(url, autocommit=True) as link, psycopg.connect(url, autocommit=True) as bell:
        for _ in range(steps):
            cases = sorted(dice.sample(range(HOT), dice.choice((1, 1, 2))))
            while not once(link, table, topic, cases, dice):
                pass
            if dice.random() < 0.5:
                bell.execute("NOTIFY laurel")


def once(link, table, topic, cases, dice):
    with link.transaction() as transaction:
        link.execute("SELECT pg_current_xact_id()")
        time.sleep(dice.choice((0, 0, 0, 0.002)))
        for case in cases:
            moved = link.execute(
                f"UPDATE {table} SET version = version + 1, last_xid = pg_current_xact_id()"
                " WHERE id = %s AND last_xid <= pg_current_xact_id() RETURNING version",
                (case,),
            ).fetchone()
            if moved is None:
                # A transaction with a higher id was first: with ours the order in the feed would be false.
                raise psycopg.Rollback(transaction)
            link.execute(
                "INSERT INTO ledger (type, topics, case_id, seq) VALUES ('declaration.endorse', ARRAY[%s], %s, %s)",
                (f"{topic}-{case}", case + 1, moved[0]),
            )
    return transaction.status == transaction.Status.COMMITTED


@pytest.mark.timeout(300)
def test_each_case_is_told_without_gap_and_in_order(served, database_url, writer, topic, hot, scale):
    topics = [f"{topic}-{n}" for n in range(HOT)]
    writers = [
        threading.Thread(target=take_steps, args=(database_url, hot, topic, scale(60, 400), seed))
        for seed in range(WRITERS)
    ]
    with served.socket() as socket:
        socket.sub(*topics)
        for thread in writers:
            thread.start()
        for thread in writers:
            thread.join()
        versions = dict(writer.connection.execute(f"SELECT id + 1, version FROM {hot}").fetchall())
        total = sum(versions.values())
        told: dict[int, list[int]] = {case: [] for case in versions}
        for frame in socket.frames(total):
            told[frame["case"]].append(frame["seq"])

        assert total >= scale(480, 3000)
        assert told == {case: list(range(1, last + 1)) for case, last in versions.items()}
        assert socket.silent()
