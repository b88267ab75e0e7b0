"""Which of the two services answers a request."""

import asyncio
from typing import Any

import pytest

from services.asgi import Application, idle_life, joined, unknown


def named(name: str, heard: list[str]) -> Application:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        heard.append(name)

    return application


async def silent() -> dict[str, Any]:
    return {"type": "http.request"}


def answered(application: Application, scope: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def answer() -> None:
        await application(scope, silent, send)

    asyncio.run(answer())
    return sent


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("http", "/", "workflow"),
        ("http", "/api/v1/inbox", "workflow"),
        ("http", "/api/v1/feeds", "workflow"),
        ("http", "/api/v1/feed", "notify"),
        ("http", "/events", "notify"),
        ("http", "/events/", "notify"),
        ("http", "/eventsx", "workflow"),
        ("websocket", "/ws/", "notify"),
        ("websocket", "/elsewhere", "notify"),
        ("lifespan", "", "notify"),
    ],
)
def test_request_goes_to_the_service_of_its_path(kind, path, expected):
    heard: list[str] = []
    application = joined(named("workflow", heard), named("notify", heard))

    answered(application, {"type": kind, "path": path})

    assert heard == [expected]


def test_split_process_answers_404_on_what_notify_serves():
    heard: list[str] = []
    application = joined(named("workflow", heard), None)

    sent = answered(application, {"type": "http", "path": "/events"})

    assert (heard, sent[0]["status"]) == ([], 404)


def test_split_process_refuses_a_websocket():
    sent = answered(unknown, {"type": "websocket", "path": "/ws/"})

    assert sent == [{"type": "websocket.close", "code": 4404}]


def test_life_with_nothing_to_open_completes():
    sent = answered(idle_life, {"type": "lifespan"})

    assert sent == [{"type": "lifespan.startup.complete"}, {"type": "lifespan.shutdown.complete"}]
