"""Django behind ASGI in threads that stay."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from services.threads import ThreadedHandler, look_at_connection

PIECES = 3


class Answering(ThreadedHandler):
    """Without the product's middleware: its answer is one function."""

    def __init__(self, answer: Any) -> None:
        super().__init__(2)
        self.get_response = answer  # type: ignore[method-assign]


def asked(handler: ThreadedHandler, body: bytes = b"", *, hangs_up: bool = False) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/x",
        "query_string": b"",
        "headers": [],
        "root_path": "",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"} if hangs_up else {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(handler(scope, receive, send))
    return sent


def test_a_request_is_answered_in_one_of_its_threads() -> None:
    names: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        names.append(threading.current_thread().name)
        response = HttpResponse(request.body[::-1], headers={"X-One": "1"})
        response.set_cookie("a", "b")
        return response

    handler = Answering(answer)
    sent = asked(handler, b"abc")
    asked(handler)
    asked(handler)

    assert [name.partition("_")[0] for name in names] == ["web"] * 3
    assert (sent[0]["status"], sent[1]["body"]) == (200, b"cba")
    assert {(b"X-One", b"1"), (b"Set-Cookie", b"a=b; Path=/")} <= set(sent[0]["headers"])


def test_a_stream_is_sent_piece_by_piece_and_closed() -> None:
    closed: list[bool] = []

    def pieces() -> Iterator[bytes]:
        try:
            yield from (b"%d" % n for n in range(PIECES))
        finally:
            closed.append(True)

    sent = asked(Answering(lambda request: StreamingHttpResponse(pieces())))

    assert [message.get("body", b"") for message in sent[1:]] == [b"0", b"1", b"2", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * PIECES + [False]
    assert closed == [True]


def test_who_hangs_up_before_the_request_is_whole_is_not_answered() -> None:
    assert asked(Answering(None), hangs_up=True) == []


@pytest.mark.django_db
def test_a_connection_that_postgresql_closed_is_opened_anew() -> None:
    processes: list[int] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            processes.append(cursor.fetchone()[0])

    def as_a_thread_of_the_server() -> None:
        ask()
        look_at_connection()
        ask()
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [processes[0]])
        look_at_connection()
        ask()
        connection.close()

    thread = threading.Thread(target=as_a_thread_of_the_server)
    thread.start()
    thread.join()

    first, again, anew = processes
    assert first == again != anew
