"""The one application behind PORT: what is pushed goes to notify, the rest to workflow.

With SPLIT=1 notify is a process of its own, and these paths are unknown here.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import django

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

PUSHED = frozenset({"/ws", "/events", "/api/v1/feed"})


def is_pushed(scope: Message) -> bool:
    """Whether a request is for notify: one of its paths, or a websocket whatever its path."""
    if scope["type"] == "websocket":
        return True
    return scope["path"].rstrip("/") in PUSHED


async def idle_life(scope: Message, receive: Receive, send: Send) -> None:
    """The life of a process that has nothing to open or close."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def unknown(scope: Message, receive: Receive, send: Send) -> None:
    """What a path of notify answers where notify is another process."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4404})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"Notify serves this on a port of its own.\n"})


def joined(workflow: Application, notify: Application | None) -> Application:
    """Both services as one application; notify's life is the process's life."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await (notify or idle_life)(scope, receive, send)
        elif is_pushed(scope):
            await (notify or unknown)(scope, receive, send)
        else:
            await workflow(scope, receive, send)

    return application


def build() -> Application:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "services.settings")
    django.setup(set_prefix=False)
    from django.conf import settings  # app ready

    from services.public_cache import Kept  # app ready
    from services.threads import ThreadedHandler  # app ready
    from services.workflow.commands.bell import bell  # app ready

    workflow = Kept(ThreadedHandler(settings.WEB_THREADS), lambda: bell.rung)
    if os.environ.get("SPLIT", "0") == "1":
        return joined(workflow, None)
    from services.notify.asgi import application as notify  # app ready

    return joined(workflow, notify)


application = build()
