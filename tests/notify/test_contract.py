"""docs/events.md and docs/asyncapi.yaml say what is so."""

import json
import re
from pathlib import Path

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator

from services.notify import cursor, http
from services.notify.ticket import Ticket, TicketOffice
from tests.contract import SCHEMAS, event_faults, validator
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
    assert pattern == SCHEMAS["event.json"]["$defs"]["cursor"]["pattern"]


@pytest.mark.parametrize(
    "text", ["case:41", "unit:7-b", "public:notice", "public:notice:9", "public:x", "case:", "all"]
)
def test_the_pattern_of_a_topic_is_the_code_s(text):
    _, pattern = re.findall(r"pattern: '(.*)'", ASYNCAPI)

    assert bool(re.search(pattern, text)) == bool(http.TOPIC.fullmatch(text))
    assert pattern == SCHEMAS["event.json"]["$defs"]["topic"]["pattern"]


def test_every_reason_for_a_denial_is_listed():
    (listed,) = re.findall(r"enum: \[(.*)\]", ASYNCAPI)
    reasons = re.findall(r'BadTicket\("(\w+)"\)', Path(http.__file__).with_name("ticket.py").read_text())

    assert set(listed.split(", ")) == {"not_granted", "rights_changed"} | {f"ticket_{why}" for why in reasons}


def test_asyncapi_names_every_schema_of_an_event():
    messages = yaml.safe_load(ASYNCAPI)["components"]["messages"]
    named = {one["$ref"] for one in messages["event"]["payload"]["oneOf"]}
    others = {"event.json", "cloudevent.json", "session.json"}

    assert named == {f"schemas/{name}" for name in set(SCHEMAS) - others}


def test_asyncapi_leads_nowhere_that_does_not_exist():
    document = yaml.safe_load(ASYNCAPI)
    found = re.findall(r"'(#/[^']+)'", ASYNCAPI)

    for pointer in found:
        place = document
        for name in pointer.removeprefix("#/").split("/"):
            place = place[name]
    assert (document["asyncapi"], len(found) > 20) == ("3.0.0", True)


def frame_faults(frame):
    """What is wrong with a frame of the server by asyncapi.yaml; an event by docs/schemas."""
    if frame["t"] == "event":
        return event_faults(frame)
    document = yaml.safe_load(ASYNCAPI)
    schema = document["components"]["messages"][frame["t"]]["payload"] | {
        "components": document["components"]
    }
    return [error.message for error in Draft202012Validator(schema).iter_errors(frame)]


STEP = {"source": "draft", "target": "preliminary_review", "leg": 1, "step": "submit", "version": 2}


@pytest.mark.integration
def test_every_frame_keeps_to_its_schema(serve, writer, topic):
    node = serve()
    with node.socket() as socket:
        frames = [socket.hello]
        socket.send(t="sub", ticket=ticket(topic), topics=[topic, "unit:none"], since="f.1.1")
        frames += socket.frames(3)
        writer.write(topic, type="declaration.submit", case_id=41, seq=2, data=STEP)
        frames.append(socket.frame())
        frames.append(json.loads(socket.connection.recv(timeout=2)))
        node.server.should_exit = True
        frames.append(socket.frame())

    assert [frame["t"] for frame in frames] == ["hello", "deny", "reset", "ok", "event", "hb", "bye"]
    assert [fault for frame in frames for fault in frame_faults(frame)] == []
    assert all(
        frame_faults(frame | {"t": frame["t"], "topic": 7, "epoch": 7, "retry": "7", "c": 7, "from": 7})
        for frame in frames
    )


@pytest.mark.integration
def test_everyone_gets_the_public_payload_and_it_keeps_to_the_schema(served, writer):
    since = writer.cursor()
    public = {"notice": 9, "status": "released"}
    data = STEP | {"source": "prepared", "target": "released", "step": "release"}
    writer.write(
        "unit:1",
        "public:notice",
        "public:notice:9",
        type="notice.release",
        case_id=9,
        seq=3,
        data=data,
        public=public,
    )
    served.reach(writer.cursor())

    told = httpx.get(
        f"{served.http}/api/v1/feed", params={"since": since, "topics": "public:notice:9"}
    ).json()

    (frame,) = told["events"]
    assert (frame["data"], event_faults(frame)) == (public, [])
    assert event_faults(frame | {"data": data}) != []


@pytest.mark.integration
def test_a_batch_of_cloudevents_says_the_same_as_the_page(served, writer, topic):
    since = writer.cursor()
    writer.write(topic, type="declaration.submit", case_id=41, seq=2, data=STEP)
    writer.write(topic, type="round_task.opened", data={"round": 1, "tasks": [2]})
    served.reach(writer.cursor())

    def asked(**headers):
        headers["Authorization"] = f"Ticket {ticket(topic)}"
        return httpx.get(f"{served.http}/api/v1/feed", params={"since": since}, headers=headers)

    page, cloud = asked(), asked(Accept="application/cloudevents-batch+json")

    assert cloud.headers["content-type"] == "application/cloudevents-batch+json"
    assert [cloud.headers["laurel-next"], cloud.headers["laurel-reset"]] == [page.json()["next"], "false"]
    step, signal = cloud.json()
    frame = page.json()["events"][0]
    assert step == {
        "specversion": "1.0",
        "id": frame["c"],
        "source": f"/laurel/{since.split('.')[0]}",
        "type": "laurel.declaration.submit",
        "subject": "41",
        "time": frame["at"],
        "datacontenttype": "application/json",
        "sequence": "2",
        "topic": topic,
        "data": STEP,
    }
    assert "subject" not in signal
    assert "sequence" not in signal
    assert [list(validator("cloudevent.json").iter_errors(one)) for one in (step, signal)] == [[], []]
