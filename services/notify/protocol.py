"""Uvicorn's websocket protocol, letting the hub write frames that are encoded already.

Start uvicorn with `ws=LaurelWebSocketProtocol`. The consumer finds the protocol in `scope["extensions"]`.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState

from services.notify.config import BUFFER_LIMIT, INCOMING_LIMIT
from services.notify.frames import encode, text_frame

EXTENSION = "laurel.frames"


class Letters:
    """A queue for one reader: what uvicorn asks of asyncio.Queue, at a tenth of its memory."""

    __slots__ = ("_letters", "_reader")

    def __init__(self) -> None:
        self._letters: list[Any] = []
        self._reader: asyncio.Future[None] | None = None

    def put_nowait(self, letter: Any) -> None:
        self._letters.append(letter)
        if self._reader and not self._reader.done():
            self._reader.set_result(None)

    def empty(self) -> bool:
        return not self._letters

    async def get(self) -> Any:
        while not self._letters:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._letters.pop(0)


class LaurelWebSocketProtocol(WebSocketsSansIOProtocol):
    """One websocket; what it adds never waits for the client."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn.max_message_size = INCOMING_LIMIT
        self.queue = Letters()  # type: ignore[assignment]  # all of a queue that uvicorn uses
        self.bye_ms = 5000
        self.too_slow: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Have the transport itself watch how much waits for the client: it calls `pause_writing`."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=BUFFER_LIMIT)

    def pause_writing(self) -> None:
        """More than BUFFER_LIMIT waits for the client."""
        super().pause_writing()
        if self.too_slow:
            self.too_slow()

    def forget_handshake(self) -> None:
        """Let go of what only the handshake needed: a kibibyte or two for each of thousands."""
        del self.request, self.response

    async def run_asgi(self) -> None:
        """Show the protocol to the application."""
        self.scope["extensions"][EXTENSION] = {"protocol": self}
        await super().run_asgi()

    def write_frame(self, frame: bytes) -> None:
        """Write a whole frame, if the socket still takes any."""
        if self.open:
            self.transport.write(frame)

    @property
    def open(self) -> bool:
        return not (self.close_sent or self.transport.is_closing())

    @property
    def waiting(self) -> int:
        return self.transport.get_write_buffer_size()

    def close_now(self, code: int) -> None:
        """Close from our side behind what is written already; a client that does not read is cut off."""
        if not self.open:
            return
        try:
            self.conn.send_close(code)
        except InvalidState:
            return
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        if self.read_paused:
            # The client's answer to the close frame must get in.
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def shutdown(self) -> None:
        """The server stops: say so before uvicorn closes with 1012."""
        if self.handshake_complete:
            self.write_frame(text_frame(encode({"t": "bye", "retry": self.bye_ms})))
        super().shutdown()
