"""Channels as it is meant to be used: consumers in a group, `group_send` by the in-memory layer, under uvicorn."""

import asyncio
from typing import Any

import uvloop
from channels.generic.websocket import AsyncWebsocketConsumer  # type: ignore[import-untyped]  # it has no types
from channels.layers import get_channel_layer  # type: ignore[import-untyped]  # the same
from django.conf import settings

from bench.servers import PAYLOAD
from bench.servers.uvicorn_server import serve

GROUP = "unit.7"
sending: set[asyncio.Task[None]] = set()


class Member(AsyncWebsocketConsumer):  # type: ignore[misc]  # the same
    groups = (GROUP,)

    async def told(self, message: dict[str, Any]) -> None:
        await self.send(text_data=message["text"])


def send_all() -> None:
    message = {"type": "told", "text": PAYLOAD.decode()}
    sending.add(asyncio.get_running_loop().create_task(get_channel_layer().group_send(GROUP, message)))


if __name__ == "__main__":
    settings.configure(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}})
    uvloop.run(serve(Member.as_asgi(), send_all, ws="websockets-sansio", lifespan="off"))
