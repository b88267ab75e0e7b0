"""Server-sent events: the same list as the websocket, resumed by Last-Event-ID."""

import contextlib
import json
import socket as sockets
import time

import httpx
import pytest

from tests.notify.conftest import ticket

pytestmark = pytest.mark.integration


class Stream:
    """The messages of one stream."""

    def __init__(self, response):
        self.response = response
        self.lines = response.iter_lines()

    def message(self):
        """The next message but heartbeats, as a dict of its fields."""
        fields = {}
        for line in self.lines:
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields.pop("event", None) != "hb":
                return {**fields, "data": json.loads(fields["data"])}
            else:
                fields = {}
        return None

    def data(self, count):
        return [self.message()["data"] for _ in range(count)]


@contextlib.contextmanager
def listening(served, topics, text=None, **headers):
    if text:
        headers["Authorization"] = f"Ticket {text}"
    with (
        httpx.Client(timeout=5, trust_env=False) as client,
        client.stream("GET", f"{served.http}/events", params={"topics": topics}, headers=headers) as response,
    ):
        yield Stream(response)


def test_an_event_reaches_the_stream_as_it_reaches_the_socket(served, writer, topic):
    with served.socket() as socket, listening(served, topic, ticket(topic)) as stream:
        socket.sub(topic)
        hello, ok = stream.data(2)
        writer.write(topic, case_id=41, seq=3)

        message = stream.message()

        assert (hello["t"], ok["t"], ok["topics"]) == ("hello", "ok", [topic])
        assert message["data"] == socket.frame()
        assert message["id"] == message["data"]["c"] == writer.cursor()
        assert stream.response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.response.headers["cache-control"] == "no-store"


def test_last_event_id_resumes(served, writer, topic):
    with listening(served, topic, ticket(topic)) as stream:
        stream.data(2)
        for seq in range(1, 4):
            writer.write(topic, seq=seq)
        cut_at = stream.message()["id"]

    with listening(served, topic, ticket(topic), **{"Last-Event-ID": cut_at}) as stream:
        writer.write(topic, seq=4)

        assert [one.get("seq") for one in stream.data(5)[2:]] == [2, 3, 4]


def test_a_foreign_cursor_is_a_reset_with_a_new_one(served, writer, topic):
    with listening(served, topic, ticket(topic), **{"Last-Event-ID": "f.1.1"}) as stream:
        _, reset, _ = (stream.message() for _ in range(3))

    assert reset["data"] == {"t": "reset", "topic": topic, "c": reset["id"]}


def test_the_cookie_is_as_good_as_the_header(served, topic):
    with listening(served, topic, Cookie=f"laurel_ticket={ticket(topic)}") as stream:
        assert stream.response.status_code == 200


def test_public_topics_need_no_ticket(served, writer):
    with listening(served, "public:notice") as stream:
        stream.data(2)
        writer.write("unit:1", "public:notice", data={"secret": 1}, public={"number": 5})

        assert stream.message()["data"]["data"] == {"number": 5}


@pytest.mark.parametrize(
    ("topics", "text", "headers", "status", "code"),
    [
        ("case:1", None, {}, 403, "topic.denied"),
        ("case:1", "a.b", {}, 401, "ticket.invalid"),
        ("case:2", "good", {}, 403, "topic.denied"),
        ("other", None, {}, 400, "topic.unknown"),
        ("public:notice", None, {"Origin": "http://evil.test"}, 403, "origin.foreign"),
        ("public:notice", None, {"Origin": "null"}, 403, "origin.foreign"),
    ],
)
def test_refusals_carry_a_code(served, topics, text, headers, status, code):
    text = ticket("case:1") if text == "good" else text
    with listening(served, topics, text, **headers) as stream:
        stream.response.read()

        assert stream.response.status_code == status
        assert stream.response.headers["content-type"] == "application/problem+json"
        assert stream.response.json()["code"] == code


def test_a_ticket_is_good_once(served, topic):
    text = ticket(topic)
    with listening(served, topic, text) as first, listening(served, topic, text) as second:
        assert (first.response.status_code, second.response.status_code) == (200, 401)


def test_the_end_of_a_session_ends_its_stream(served, writer, topic):
    with listening(served, topic, ticket(topic, user="41", session="a")) as stream:
        stream.data(2)
        writer.write("user:41", type="session.ended", data={"session": "a"})

        assert stream.message() is None


def test_a_stream_nobody_reads_is_cut_off_and_forgotten(served, writer, topic):
    narrow = sockets.socket()
    narrow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", served.port))
    request = (
        f"GET /events?topics={topic} HTTP/1.1\r\nHost: x\r\nAuthorization: Ticket {ticket(topic)}\r\n\r\n"
    )
    narrow.sendall(request.encode())
    deadline = time.monotonic() + 10
    while topic not in served.node.hub._by_topic:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    writer.connection.execute(
        "INSERT INTO ledger (type, topics, data) SELECT 'declaration.endorse', ARRAY[%s],"
        " jsonb_build_object('text', repeat('x', 20000)) FROM generate_series(1, 400)",
        (topic,),
    )
    writer.ring()

    while topic in served.node.hub._by_topic:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    narrow.settimeout(5)
    with narrow:
        got = sum(len(part) for part in iter(lambda: narrow.recv(65536), b""))
    assert got < 400 * 20_000


def test_a_client_that_left_is_forgotten(served, topic):
    with listening(served, topic, ticket(topic)) as stream:
        stream.data(2)
        assert topic in served.node.hub._by_topic

    deadline = time.monotonic() + 5
    while topic in served.node.hub._by_topic:
        assert time.monotonic() < deadline
        time.sleep(0.01)
