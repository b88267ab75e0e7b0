"""Uvicorn with the product's own settings, and a trigger."""

import asyncio
from collections.abc import Callable
from typing import Any

import uvicorn

from bench.servers import at_each_line, say_ready
from deploy.serve import raise_open_files, settings


async def serve(application: Any, act: Callable[[], object], **changes: Any) -> None:
    """Serve an application on a free port of the loopback until the input ends.

    Without pings: the bench counts bytes, and a ping would be taken for a message.
    """
    raise_open_files()
    config = settings(application)
    for name, value in {"port": 0, "backlog": 4096, "ws_ping_interval": None, **changes}.items():
        setattr(config, name, value)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    at_each_line(act)
    say_ready(server.servers[0].sockets[0].getsockname()[1])
    await serving
