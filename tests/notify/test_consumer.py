"""The websocket, from hello to its close codes."""

import contextlib
import json
import socket as sockets
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.notify.conftest import ORIGIN, claims, sign, ticket

pytestmark = pytest.mark.integration


def test_an_event_reaches_the_socket_with_every_field(served, writer, topic):
    served.reach(writer.cursor())
    with served.socket() as socket:
        ok = socket.sub(topic)
        writer.write(topic, case_id=41, seq=3, data={"step": "endorse"})

        event = socket.frame()

    assert ok == {"t": "ok", "topics": [topic], "from": socket.hello["head"]}
    assert event.pop("at").endswith("Z")
    assert event == {
        "t": "event",
        "c": writer.cursor(),
        "case": 41,
        "seq": 3,
        "type": "declaration.endorse",
        "topic": topic,
        "data": {"step": "endorse"},
    }


def test_hello_says_where_we_are_and_how_the_line_is_kept(served, writer, topic):
    writer.write(topic)

    with served.socket() as socket:
        assert socket.hello == {
            "t": "hello",
            "epoch": writer.cursor().split(".")[0],
            "head": socket.hello["head"],
            "hb": 200,
            "retry": 5000,
        }


def test_the_line_is_kept_by_heartbeats_that_move_the_cursor(served, writer, topic):
    with served.socket() as socket:
        socket.sub(topic)
        writer.write("case:of-nobody-here")
        deadline = time.monotonic() + 3
        beat = json.loads(socket.connection.recv(timeout=2))
        while beat["c"] != writer.cursor() and time.monotonic() < deadline:
            beat = json.loads(socket.connection.recv(timeout=2))

    assert beat == {"t": "hb", "c": writer.cursor()}


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.test", "https://laurel.test:8000", "http://laurel.test"]
)
def test_a_foreign_or_absent_origin_is_refused(served, origin):
    with pytest.raises(InvalidStatus) as refused, served.socket(origin=origin):
        pass

    assert refused.value.response.status_code == 403


def test_a_foreign_topic_is_denied_and_the_others_are_heard(served, writer, topic):
    served.reach(writer.cursor())
    with served.socket() as socket:
        socket.send(t="sub", ticket=ticket(topic), topics=["unit:99", topic, "nonsense"])

        assert socket.frames(3) == [
            {"t": "deny", "topic": "unit:99", "reason": "not_granted"},
            {"t": "deny", "topic": "nonsense", "reason": "not_granted"},
            {"t": "ok", "topics": [topic], "from": socket.hello["head"]},
        ]
        writer.write("unit:99")
        assert socket.silent()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (lambda t: ticket(t, ttl=-1.0), "ticket_expired"),
        (lambda t: sign(claims(t), b"another secret, of 32 characters"), "ticket_forged"),
        (lambda t: "a.b", "ticket_malformed"),
    ],
)
def test_a_bad_ticket_is_denied_and_closes(served, topic, text, reason):
    with served.socket() as socket:
        socket.send(t="sub", ticket=text(topic), topics=[topic, "public:notice"])

        assert socket.frame() == {"t": "deny", "topic": topic, "reason": reason}
        assert socket.close_code() == 4401


def test_a_ticket_is_good_once(served, topic):
    text = ticket(topic)
    with served.socket() as first, served.socket() as second:
        first.send(t="sub", ticket=text, topics=[topic])
        heard = first.frame()
        second.send(t="sub", ticket=text, topics=[topic])

        assert heard["t"] == "ok"
        assert second.frame() == {"t": "deny", "topic": topic, "reason": "ticket_used"}
        assert second.close_code() == 4401


def test_without_topics_the_ticket_s_are_heard(served, topic):
    with served.socket() as socket:
        socket.send(t="sub", ticket=ticket(topic, "user:7"))

        assert socket.frame()["topics"] == sorted([topic, "user:7"])


def test_public_topics_need_no_ticket_and_get_the_public_payload(served, writer):
    with served.socket() as socket:
        socket.send(t="sub", topics=["public:notice", "unit:3"])
        assert [frame["t"] for frame in socket.frames(2)] == ["deny", "ok"]
        writer.write("unit:3", "public:notice", data={"secret": 1})
        writer.write("unit:3", "public:notice", data={"secret": 1}, public={"number": 5})

        event = socket.frame()

    assert (event["topic"], event["data"]) == ("public:notice", {"number": 5})


def test_changed_rights_take_topics_until_a_new_ticket(served, writer, topic):
    with served.socket() as socket:
        socket.sub(topic, user="31")
        writer.write("user:31", type="rights.changed")
        assert socket.frame() == {"t": "deny", "topic": topic, "reason": "rights_changed"}
        since = writer.cursor()
        writer.write(topic, seq=1)
        assert socket.silent()

        ok = socket.sub(topic, user="31", since=since)

        assert (ok["t"], socket.frame()["seq"]) == ("ok", 1)


def test_the_end_of_a_session_closes_its_sockets(served, writer, topic):
    with served.socket() as ended, served.socket() as other:
        ended.sub(topic, user="32", session="a")
        other.sub(topic, user="32", session="b")
        writer.write("user:32", type="session.ended", data={"session": "a"})
        writer.write(topic, seq=1)

        assert ended.close_code() == 4401
        assert other.frame()["seq"] == 1


def test_a_ticket_of_somebody_else_closes(served, topic):
    with served.socket() as socket:
        socket.sub(topic, user="33")
        socket.send(t="sub", ticket=ticket(topic, user="34"))

        assert socket.close_code() == 4403


@pytest.mark.parametrize("text", ["{", '{"t":"pub"}', "[]", b"bytes"])
def test_an_unlawful_frame_closes(served, text):
    with served.socket() as socket:
        socket.connection.send(text)

        assert socket.close_code() == 4403


def test_a_huge_frame_closes(served):
    with served.socket() as socket:
        socket.connection.send(json.dumps({"t": "sub", "topics": ["x" * 16_384]}))

        assert socket.close_code() == 1009


def test_an_endless_message_closes(served):
    with served.socket() as socket:
        with contextlib.suppress(ConnectionClosed):
            socket.connection.send("x" * 1024 for _ in range(32))

        # The kernel may drop the close frame, for the client is still sending.
        assert socket.close_code() in {1009, 1006}


def test_too_many_frames_close(served):
    with served.socket() as socket:
        for _ in range(61):
            socket.send(t="sub", topics=[])

        assert socket.close_code() == 4429


def test_too_many_sockets_of_a_session_close(serve, topic):
    node = serve(session_most=1)
    with node.socket() as first, node.socket() as second:
        first.sub(topic)
        second.send(t="sub", ticket=ticket(topic))

        assert second.close_code() == 4429


def test_a_client_that_reads_nothing_is_closed_and_the_others_go_on(served, writer, topic):
    narrow = sockets.socket()
    narrow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", served.port))
    with served.socket(sock=narrow, max_queue=1) as slow, served.socket() as quick:
        slow.sub(topic)
        quick.sub(topic)
        for first in range(1, 400, 10):
            writer.connection.execute(
                "INSERT INTO ledger (type, topics, seq, data) SELECT 'declaration.endorse', ARRAY[%s], n,"
                " jsonb_build_object('text', repeat('x', 20000)) FROM generate_series(%s::int, %s::int) n",
                (topic, first, first + 9),
            )
            writer.ring()
            assert [frame["seq"] for frame in quick.frames(10)] == list(range(first, first + 10))

        assert slow.close_code(timeout=10) == 1013


def test_a_socket_opened_before_the_feed_is_reached_is_sent_away(serve, settings_of_a_node, monkeypatch):
    monkeypatch.setattr("services.notify.node.READY_WITHIN_S", 0.1)
    node = serve()
    node.node.hub.epoch = ""

    with node.socket(origin=ORIGIN) as socket:
        assert socket.hello == {"t": "bye", "retry": 5000}
        assert socket.close_code() == 1012
    node.node.hub.epoch = "e"
