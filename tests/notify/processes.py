"""Notify processes of their own, to be stopped and killed."""

import contextlib
import os
import socket as sockets
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import httpx

from tests.notify.conftest import ORIGIN, SECRET


def free_port() -> int:
    with sockets.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def process(database_url: str, port: int = 0, **environment: str) -> Iterator[SimpleNamespace]:
    """A notify process of its own, as `SPLIT=1` starts it."""
    port = port or free_port()
    command = [sys.executable, "-m", "uvicorn", "services.notify.asgi:application", "--port", str(port)]
    command += ["--ws", "services.notify.protocol:LaurelWebSocketProtocol", "--log-level", "error"]
    command += ["--backlog", "4096"]
    given = {"DATABASE_URL": database_url, "TICKET_SECRET": SECRET.decode(), "PUBLIC_ORIGIN": ORIGIN}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    child = subprocess.Popen(command, env={**kept, **given, **environment}, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 20
        while True:
            assert child.poll() is None, child.communicate()
            assert time.monotonic() < deadline
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200:
                    break
            time.sleep(0.05)
        yield SimpleNamespace(child=child, port=port)
    finally:
        child.kill()
        child.communicate()
