"""What our subclass adds to uvicorn's websocket."""

import pytest

pytestmark = pytest.mark.integration


def test_a_pre_encoded_frame_arrives_between_uvicorn_s_own(served, writer, topic):
    with served.socket() as socket:
        socket.sub(topic)
        assert socket.connection.ping().wait(5)
        writer.write(topic, data={"text": "桂" * 30_000})
        assert socket.connection.ping().wait(5)

        assert socket.frame()["data"] == {"text": "桂" * 30_000}


def test_nothing_is_written_after_the_close(served, writer, topic):
    with served.socket() as socket:
        socket.sub(topic)
        ((sink,),) = served.node.hub._by_topic[topic].values()
        sink.protocol.close_sent = True

        sink.protocol.write_frame(b"x")
        sink.protocol.close_now(1013)
        sink.protocol.close_sent = False
        assert socket.silent()


def test_a_client_that_closes_gets_its_answer(served):
    with served.socket() as socket:
        socket.connection.close(1000)

        assert socket.connection.protocol.close_rcvd is not None
        assert socket.connection.protocol.close_rcvd.code == 1000
