"""The websocket, from hello to its close codes."""

import pytest

pytestmark = pytest.mark.integration


def test_an_event_reaches_the_socket_with_every_field(served, writer, topic):
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
