"""The notification service as an ASGI application: `/ws/`, `/events`, `/api/v1/feed`.

Alone: `uvicorn services.notify.asgi:application --ws services.notify.protocol:LaurelWebSocketProtocol`.
Within services/asgi.py the same object is called for its three addresses and for lifespan.
"""

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.notify.config import Config, from_environment
from services.notify.consumer import Consumer
from services.notify.http import Receive, Scope, Send, answer, refuse
from services.notify.node import Node
from services.notify.poll import page
from services.notify.problems import Problem
from services.notify.sse import stream


class Application:
    """Made without a look at the environment; a node comes to life with lifespan."""

    def __init__(self, config: Config | None = None) -> None:
        self._config = config
        self.node: Node | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Dispatch by kind and path."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self.node is None:
            raise RuntimeError("services.notify was not started: lifespan must reach it")
        elif scope["type"] == "websocket":
            await Consumer(self.node)(scope, receive, send)
        else:
            await self._answer(self.node, scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                if not settings.configured:
                    # Alone in its process: channels asks Django's settings for its layers, and gets none.
                    settings.configure()
                self.node = Node(self._config or from_environment())
                await self.node.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                if self.node:
                    await self.node.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, node: Node, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await refuse(scope, send, Problem("method.not_allowed"))
        elif scope["path"] == "/events":
            await stream(node, scope, receive, send)
        elif scope["path"] == "/api/v1/feed":
            await page(node, scope, send)
        elif scope["path"] == "/healthz":
            await answer(send, 200, b"ok\n", "text/plain")
        elif scope["path"] == "/readyz":
            ready = node.hub.ready and not node.draining
            await answer(send, 200 if ready else 503, b"ok\n" if ready else b"not ready\n", "text/plain")
        elif scope["path"] == "/metrics":
            await answer(send, 200, generate_latest(), CONTENT_TYPE_LATEST)
        else:
            await refuse(scope, send, Problem("address.unknown"))


application = Application()
