import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from websockets.frames import Frame, Opcode

from services.notify.cursor import Place
from services.notify.frames import Event, encode, text_frame

AT = datetime(2026, 3, 2, 9, 15, 0, 250000, tzinfo=timezone(timedelta(hours=8)))


def event(*topics, **changes):
    fields = {
        "epoch": "e",
        "place": Place(3, 4),
        "at": AT,
        "type": "notice.release",
        "case_id": 41,
        "seq": 2,
        "data": {"reason": "内部意见"},
        "public": {"number": "公示〔2026〕1"},
    }
    return Event(topics=topics, **{**fields, **changes})


def test_the_full_payload_goes_to_private_topics():
    assert json.loads(event("unit:7", "public:notice").json("unit:7")) == {
        "t": "event",
        "c": "e.3.4",
        "case": 41,
        "seq": 2,
        "type": "notice.release",
        "topic": "unit:7",
        "at": "2026-03-02T01:15:00.250000Z",
        "data": {"reason": "内部意见"},
    }


def test_public_topics_get_the_public_payload_only():
    text = event("unit:7", "public:notice").json("public:notice")

    assert json.loads(text)["data"] == {"number": "公示〔2026〕1"}
    assert "内部意见" not in text.decode()


def test_without_a_public_payload_nothing_goes_to_public_topics():
    assert event("public:notice", "unit:7", public=None).topics == ("unit:7",)


def test_full_topics_go_before_public_ones():
    assert event("public:notice", "unit:7").topic_for({"public:notice", "unit:7"}) == "unit:7"


def test_the_end_of_a_session_is_told_to_nobody():
    ended = event("user:7", type="session.ended", data={"session": "s"})

    assert (ended.topics, ended.users) == ((), ("7",))


def test_each_topic_is_encoded_once():
    one = event("unit:7")

    assert one.frame("unit:7") is one.frame("unit:7")


def test_a_moment_in_utc_is_written_alike():
    assert b'"at":"2026-03-02T01:15:00.250000Z"' in event("unit:7", at=AT.astimezone(UTC)).json("unit:7")


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_frames_are_those_of_the_websockets_package(size):
    payload = b"x" * size

    assert text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)


def test_a_chunk_carries_the_cursor_as_its_id():
    one = event("unit:7", data={"text": "two\nlines"})

    chunk = one.chunk("unit:7").decode()

    assert chunk == f"id: e.3.4\nevent: event\ndata: {one.json('unit:7').decode()}\n\n"
    assert len(chunk.splitlines()) == 4


def test_json_is_compact_and_keeps_chinese():
    assert encode({"a": "桂"}) == '{"a":"桂"}'.encode()
