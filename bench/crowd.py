"""Many connections of one client process, read by epoll: the same client for every server under measure."""

import asyncio
import base64
import contextlib
import os
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

import uvloop
from websockets.typing import Origin

ORIGIN = Origin("http://127.0.0.1:8000")
# Loopback addresses the clients come from: one alone has too few ports.
SOURCES = 8
AT_ONCE = 100
DEADLINE_S = 60.0


def frame_size(head: bytes) -> int:
    """How long a server's websocket frame is, its head included."""
    length = head[1]
    return 2 + length if length < 126 else 4 + int.from_bytes(head[2:4])


@dataclass(frozen=True)
class Opening:
    """What a client says first, and what ends the server's answer to it."""

    request: bytes
    answered: bytes = b"\r\n\r\n"
    then: bytes = b""
    until: bytes = b""


def websocket(path: str, *, text: str = "", until: bytes = b"") -> Opening:
    """A handshake, and a first frame with the answer that is waited for."""
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET {path} HTTP/1.1\nHost: 127.0.0.1\nOrigin: {ORIGIN}\nUpgrade: websocket\nConnection: Upgrade\n"
    )
    head += f"Sec-WebSocket-Key: {key}\nSec-WebSocket-Version: 13\n\n"
    return Opening(head.replace("\n", "\r\n").encode(), then=client_frame(text) if text else b"", until=until)


def event_stream(path: str, ticket: str) -> Opening:
    head = f"GET {path} HTTP/1.1\nHost: 127.0.0.1\nAuthorization: Ticket {ticket}\n\n"
    return Opening(head.replace("\n", "\r\n").encode(), answered=b'"t":"ok"')


def client_frame(text: str) -> bytes:
    """A text frame as a client sends it; a mask of zeros leaves the text as it is."""
    payload = text.encode()
    size = len(payload)
    head = bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2)
    return head + bytes(4) + payload


class Crowd:
    """Connections that have got what their opening waits for."""

    def __init__(self, port: int, count: int, opening: Callable[[int], Opening]) -> None:
        self.sockets: list[socket.socket] = []
        began = time.perf_counter()
        uvloop.run(self._enter(port, count, opening))
        self.opened_s = time.perf_counter() - began
        self._epoll = select.epoll(len(self.sockets))
        for one in self.sockets:
            self._epoll.register(one.fileno(), select.EPOLLIN)

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *error: object) -> None:
        self._epoll.close()
        for one in self.sockets:
            one.close()

    def round(self, begin: Callable[[], object], size: int = 0) -> float:
        """Seconds from `begin` until every connection has got one message of `size` bytes.

        Without a size: as many bytes as the first websocket frame that comes says it has.
        """
        left = size * len(self.sockets)
        began = time.perf_counter()
        begin()
        while left > 0 or not size:
            ready = self._epoll.poll(DEADLINE_S)
            if not ready:
                raise TimeoutError(f"{left} bytes did not come")
            for descriptor, _ in ready:
                came = os.read(descriptor, 16384)
                if not came:
                    raise ConnectionError("a server closed a connection of the bench")
                if not size:
                    size = frame_size(came)
                    left = size * len(self.sockets)
                left -= len(came)
        if left < 0:
            raise AssertionError("more came than was sent")
        return time.perf_counter() - began

    def learn(self, begin: Callable[[], object]) -> int:
        """The size of one message: a first round in which all that comes within a second is counted."""
        begin()
        sizes = dict.fromkeys((one.fileno() for one in self.sockets), 0)
        while ready := self._epoll.poll(1.0 if all(sizes.values()) else DEADLINE_S):
            for descriptor, _ in ready:
                sizes[descriptor] += len(os.read(descriptor, 16384))
        if len(set(sizes.values())) != 1:
            raise AssertionError(f"not everyone got the same: {sorted(set(sizes.values()))} bytes")
        return sizes.popitem()[1]

    def quiet(self) -> None:
        """Throw away what has come so far."""
        while ready := self._epoll.poll(0.5):
            for descriptor, _ in ready:
                os.read(descriptor, 16384)

    async def _enter(self, port: int, count: int, opening: Callable[[int], Opening]) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def enter(n: int) -> socket.socket:
            async with gate:
                return await _open(port, f"127.0.0.{2 + n % SOURCES}", opening(n))

        self.sockets = await asyncio.gather(*(enter(n) for n in range(count)))


async def _open(port: int, source: str, opening: Opening) -> socket.socket:
    loop = asyncio.get_running_loop()
    one = socket.socket()
    with contextlib.suppress(AttributeError):
        one.setsockopt(socket.IPPROTO_IP, socket.IP_BIND_ADDRESS_NO_PORT, 1)
    one.bind((source, 0))
    one.setblocking(False)
    await loop.sock_connect(one, ("127.0.0.1", port))
    await loop.sock_sendall(one, opening.request)
    came = await _until(one, b"", opening.answered)
    if opening.then:
        await loop.sock_sendall(one, opening.then)
        await _until(one, came.partition(opening.answered)[2], opening.until)
    return one


async def _until(one: socket.socket, came: bytes, mark: bytes) -> bytes:
    while mark not in came:
        more = await asyncio.get_running_loop().sock_recv(one, 16384)
        if not more:
            raise ConnectionError(f"closed during the opening: {came[:200]!r}")
        came += more
    return came
