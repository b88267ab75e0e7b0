"""The product as `make run` starts it, in a process of its own, for tests that come from outside."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
READY_S = 240
STOP_S = 60
OF_THE_TESTS = (
    "DATABASE_URL",
    "SECRET_KEY",
    "TICKET_SECRET",
    "IDENTITY_KEY",
    "DB_ROLE",
    "DJANGO_SETTINGS_MODULE",
)


@dataclass
class Product:
    """A running product; `pids` reads what it wrote of its processes."""

    base: str
    data: Path
    log: Path

    @property
    def logins(self) -> list[Any]:
        return list(json.loads((self.data / "demo-logins.json").read_text(encoding="utf-8")))

    def pid(self, name: str) -> int:
        return int((self.data / "run" / f"{name}.pid").read_text())

    def kill(self, name: str) -> None:
        """kill -9, and wait until the supervisor has put another in its place."""
        before = self.pid(name)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: self.pid(name) != before, f"{name} was not restarted")

    def serves(self) -> bool:
        try:
            with urlopen(self.base + "/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def wait_until(happened: Any, what: str, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if happened():
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.2)
    raise AssertionError(what)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Product]:
    """`make run` on a free port with a folder of its own; stopped by SIGTERM, which must end in 0."""
    port = free_port()
    log = folder / "run.log"
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    environment |= {
        "PORT": str(port),
        "DATA_DIR": str(folder / "data"),
        "NOTIFY_PORT": str(free_port()),
        **settings,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.run"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    product = Product(f"http://127.0.0.1:{port}", folder / "data", log)
    try:
        ready = f"ready {product.base}"
        wait_until(
            lambda: process.poll() is not None or ready in log.read_text(errors="replace"),
            "the product did not become ready",
            seconds=READY_S,
        )
        assert process.poll() is None, log.read_text(errors="replace")[-3000:]
        yield product
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(STOP_S)
    assert status == 0, log.read_text(errors="replace")[-3000:]
