"""Coming back with a cursor: no gap, no repeat, or a reset."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.integration


def write_many(writer, topic, count, first=1):
    writer.connection.execute(
        "INSERT INTO ledger (type, topics, seq) SELECT 'declaration.endorse', ARRAY[%s], n"
        " FROM generate_series(%s::int, %s::int) n",
        (topic, first, first + count - 1),
    )
    writer.ring()


def seqs(socket, count):
    return [frame["seq"] for frame in socket.frames(count)]


@pytest.mark.parametrize("missed", [0, 1, 99, 100, 101, 5000])
def test_what_was_missed_comes_from_the_ring(served, writer, topic, missed):
    since = writer.cursor()
    write_many(writer, topic, missed)

    with served.socket() as socket:
        assert socket.sub(topic, since=since) == {"t": "ok", "topics": [topic], "from": since}
        write_many(writer, topic, 2, first=missed + 1)

        assert seqs(socket, missed + 2) == list(range(1, missed + 3))
        assert socket.silent()


def test_a_cursor_of_an_event_goes_on_behind_it(served, writer, topic):
    with served.socket() as socket:
        socket.sub(topic)
        write_many(writer, topic, 5)
        cut_at = socket.frames(3)[-1]["c"]

    with served.socket() as socket:
        socket.sub(topic, since=cut_at)

        assert seqs(socket, 2) == [4, 5]


@pytest.mark.parametrize("missed", [1, 99, 101, 5000])
def test_what_the_ring_has_lost_comes_from_the_database(serve, writer, topic, missed):
    node = serve(ring_size=10)
    since = writer.cursor()
    write_many(writer, topic, missed)
    node.reach(writer.cursor())

    with node.socket() as socket:
        socket.sub(topic, since=since)
        write_many(writer, topic, 1, first=missed + 1)

        assert seqs(socket, missed + 1) == list(range(1, missed + 2))


def test_too_much_to_tell_is_a_reset_that_goes_on_at_the_head(serve, writer, topic):
    node = serve(ring_size=10, replay_limit=50)
    since = writer.cursor()
    write_many(writer, topic, 300)
    node.reach(writer.cursor())

    with node.socket() as socket:
        socket.sub(topic, since=since)
        frames = [socket.frame()]
        while frames[-1]["t"] == "event":
            frames.append(socket.frame())
        write_many(writer, topic, 1, first=301)

        assert frames[-1] == {"t": "reset", "topic": topic, "c": frames[-1]["c"]}
        assert socket.frame()["seq"] == 301


def foreign(cursor):
    epoch, xid, number = cursor.split(".")
    return f"{epoch}f.{xid}.{number}"


def from_the_future(cursor):
    epoch, xid, number = cursor.split(".")
    return f"{epoch}.{int(xid) + 1_000_000}.{number}"


@pytest.mark.parametrize("spoil", [foreign, from_the_future, lambda cursor: "nonsense"])
def test_a_cursor_that_is_not_ours_is_a_reset(served, writer, topic, spoil):
    write_many(writer, topic, 3)
    served.reach(writer.cursor())
    with served.socket() as socket:
        socket.sub(topic)
        write_many(writer, topic, 1)
        cursor = socket.frame()["c"]

    with served.socket() as socket:
        reset = socket.sub(topic, since=spoil(cursor))

        assert reset == {"t": "reset", "topic": topic, "c": cursor}
        assert socket.frame() == {"t": "ok", "topics": [topic], "from": cursor}
        write_many(writer, topic, 1, first=9)
        assert seqs(socket, 1) == [9]


def test_a_cursor_from_before_retention_is_a_reset(serve, writer, topic):
    ((week_ago,),) = writer.connection.execute("SELECT now() - interval '7 days'")
    writer.write(topic, at=week_ago, seq=1)
    since = writer.cursor()
    writer.write(topic, seq=2)
    node = serve(ring_size=1)

    with node.socket() as socket:
        assert socket.sub(topic, since=since)["t"] == "reset"


def test_a_quiet_client_from_before_a_restart_resumes(serve, writer, topic):
    since = writer.cursor()
    write_many(writer, topic, 3)
    node = serve()

    with node.socket() as socket:
        socket.sub(topic, since=since)

        assert seqs(socket, 3) == [1, 2, 3]


def test_a_second_subscription_repeats_nothing(served, writer, topic):
    other = topic + "-b"
    since = writer.cursor()
    with served.socket() as socket:
        socket.sub(topic, since=since)
        writer.write(topic, other, seq=1)
        writer.write(other, seq=2)
        assert seqs(socket, 1) == [1]

        assert socket.sub(other, since=since)["topics"] == sorted([topic, other])
        writer.write(topic, other, seq=3)

        assert seqs(socket, 2) == [2, 3]
        assert socket.silent()


def test_a_later_topic_gets_what_the_earlier_one_came_too_late_for(served, writer, topic):
    other = topic + "-b"
    before = writer.cursor()
    writer.write(topic, other, seq=1)
    with served.socket() as socket:
        socket.sub(topic, since=writer.cursor())

        socket.sub(other, since=before)

        assert seqs(socket, 1) == [1]


def test_clients_that_join_under_load_get_each_event_once_in_order(serve, writer, topic, scale):
    node, total = serve(ring_size=50), scale(600, 5000)
    since = writer.cursor()
    started = threading.Event()

    def follow(n):
        started.wait()
        with node.socket() as socket:
            socket.sub(topic, since=since, session=f"s{n}")
            return seqs(socket, total)

    with ThreadPoolExecutor(8) as pool:
        clients = [pool.submit(follow, n) for n in range(8)]
        for seq in range(1, total + 1):
            writer.write(topic, seq=seq, ring=seq % 3 == 0)
            if seq == 20:
                started.set()

        for client in clients:
            assert client.result(30) == list(range(1, total + 1))
