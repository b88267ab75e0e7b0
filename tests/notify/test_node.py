"""The life of a node: a drain in slices before the server goes."""

import signal

import httpx
import pytest
from websockets.sync.client import connect

from tests.notify.conftest import ORIGIN, Socket, ticket
from tests.notify.processes import process

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains_before_the_server_goes(database_url, topic, number):
    with (
        process(database_url, NOTIFY_DRAIN_S="0.2", NOTIFY_RETRY_S="3") as running,
        connect(f"ws://127.0.0.1:{running.port}/ws/", origin=ORIGIN) as connection,
        httpx.Client(trust_env=False) as client,
        client.stream("GET", f"http://127.0.0.1:{running.port}/events?topics=public:notice") as response,
    ):
        socket = Socket(connection)
        socket.sub(topic)
        lines = response.iter_lines()
        while "event: ok" not in next(lines):
            pass

        running.child.send_signal(number)

        assert socket.frame() == {"t": "bye", "retry": 3000}
        assert socket.close_code() == 1012
        assert 'data: {"t":"bye","retry":3000}' in list(lines)
        running.child.wait(5)


def test_while_draining_newcomers_are_sent_away(serve):
    node = serve()
    node.node.draining = True

    with node.socket() as socket:
        assert socket.hello["t"] == "bye"
        assert socket.close_code() == 1012
    assert httpx.get(f"{node.http}/events?topics=public:notice", trust_env=False).status_code == 503
    node.node.draining = False


def test_killed_and_back_again_the_client_misses_nothing(database_url, writer, topic):
    with (
        process(database_url) as running,
        connect(f"ws://127.0.0.1:{running.port}/ws/", origin=ORIGIN) as one,
    ):
        socket = Socket(one)
        socket.sub(topic)
        writer.write(topic, seq=1)
        cursor = socket.frame()["c"]
        running.child.kill()
    writer.write(topic, seq=2)

    with (
        process(database_url) as running,
        connect(f"ws://127.0.0.1:{running.port}/ws/", origin=ORIGIN) as one,
    ):
        socket = Socket(one)
        socket.send(t="sub", ticket=ticket(topic), topics=[topic], since=cursor)

        assert [frame.get("seq") for frame in socket.frames(2)] == [None, 2]
