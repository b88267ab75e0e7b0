"""docs/events.md and docs/asyncapi.yaml say what is so."""

import json
import re
from pathlib import Path

import pytest

from services.notify import cursor, http
from services.notify.ticket import Ticket, TicketOffice
from tests.notify.conftest import sign, ticket

DOCS = Path(__file__).parents[2] / "docs"
EVENTS = (DOCS / "events.md").read_text()
ASYNCAPI = (DOCS / "asyncapi.yaml").read_text()
SECRET = b"0123456789abcdef0123456789abcdef"
CLAIMS = {"exp": 1790000000.5, "nonce": "n1", "session": "s1", "topics": ["case:41", "unit:7"], "user": "3"}


def functions(sql):
    """The functions of a text, by name, without regard to layout and search path."""
    found = re.findall(r"CREATE FUNCTION (feed_\w+)(.*?\$\$.*?\$\$)", sql, re.DOTALL)
    return {name: " ".join(body.split()) for name, body in found}


def test_the_test_vector_of_the_ticket_is_a_good_ticket():
    (text,) = re.findall(r"^    (eyJ\S+)$", EVENTS, re.MULTILINE)

    assert text == sign(CLAIMS, SECRET)
    assert TicketOffice(SECRET).redeem(text, now=1790000000.0) == Ticket(
        "3", "s1", frozenset({"case:41", "unit:7"}), "n1", 1790000000.5
    )


def test_the_tests_feed_has_the_functions_of_the_contract():
    ours = functions((Path(__file__).parent / "feed.sql").read_text())

    assert ours == functions(EVENTS)
    assert sorted(ours) == ["feed_epoch", "feed_head", "feed_keeps"]


@pytest.mark.parametrize("text", ["e-1-4.90211.7733", "e.1", "E.1.2", "e.1.2.3", ".1.2"])
def test_the_pattern_of_a_cursor_is_the_code_s(text):
    pattern, _ = re.findall(r"pattern: '(.*)'", ASYNCAPI)

    assert bool(re.search(pattern, text)) == bool(cursor.parse(text))


@pytest.mark.parametrize(
    "text", ["case:41", "unit:7-b", "public:notice", "public:notice:9", "public:x", "case:", "all"]
)
def test_the_pattern_of_a_topic_is_the_code_s(text):
    _, pattern = re.findall(r"pattern: '(.*)'", ASYNCAPI)

    assert bool(re.search(pattern, text)) == bool(http.TOPIC.fullmatch(text))


def test_every_reason_for_a_denial_is_listed():
    (listed,) = re.findall(r"enum: \[(.*)\]", ASYNCAPI)
    reasons = re.findall(r'BadTicket\("(\w+)"\)', Path(http.__file__).with_name("ticket.py").read_text())

    assert set(listed.split(", ")) == {"not_granted", "rights_changed"} | {f"ticket_{why}" for why in reasons}


@pytest.mark.integration
def test_every_frame_has_the_fields_of_its_schema(serve, writer, topic):
    node = serve()
    seen = {}
    with node.socket() as socket:
        seen["hello"] = socket.hello
        socket.send(t="sub", ticket=ticket(topic), topics=[topic, "unit:none"], since="f.1.1")
        frames = socket.frames(3)
        writer.write(topic)
        frames.append(socket.frame())
        frames.append(json.loads(socket.connection.recv(timeout=2)))
        node.server.should_exit = True
        frames.append(socket.frame())
    seen |= {frame["t"]: frame for frame in frames}

    schemas = re.findall(r"required: \[(.*?)\].*?const: (\w+)", ASYNCAPI, re.DOTALL)
    assert {name: list(frame) for name, frame in sorted(seen.items())} == {
        name: fields.split(", ")
        for fields, name in sorted(schemas, key=lambda pair: pair[1])
        if name != "sub"
    }
