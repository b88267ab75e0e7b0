"""The product as `make run` starts it, in a process of its own, for tests that come from outside."""

import json
import os
import shutil
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

from deploy import process

OF_ONE_RUN = {"log", "run"}
ROOT = Path(__file__).resolve().parent.parent.parent
READY_S = 240
STOP_S = 60
OF_THE_TESTS = (
    "DATABASE_URL",
    "SECRET_KEY",
    "TICKET_SECRET",
    "IDENTITY_KEY",
    "LOG_KEY",
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
        before = 0

        def hit() -> bool:
            nonlocal before
            before = self.pid(name)
            os.kill(
                before, signal.SIGKILL
            )  # gone by itself, as after the database: its successor is waited for
            return True

        wait_until(hit, f"{name} was not to be killed")
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


def filled(shared: Path) -> Path:
    """The data of a product that started from nothing and was stopped; one for all who test beside each other.

    Filling takes half a minute of a core, copying what is filled a second.
    """
    with process.waiting(shared / "filled.lock"):
        whole = shared / "filled"
        if not whole.exists():
            half = shared / "half-filled"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            with running(half):
                pass
            half.rename(whole)
    return whole / "data"


def begin_with(data: Path, folder: Path) -> None:
    """Copy all but what belonged to that run: its log, its sockets and pids. Owners stay: the server's is its own."""
    (folder / "data").mkdir()
    for each in data.iterdir():
        if each.name not in OF_ONE_RUN:
            subprocess.run(["cp", "-a", each, folder / "data"], check=True)


@contextmanager
def running(folder: Path, *, like: Path | None = None, **settings: str) -> Iterator[Product]:
    """`make run` on a free port with a folder of its own, empty or `like` another; SIGTERM must end it with 0."""
    if like is not None:
        begin_with(like, folder)
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
        child = subprocess.Popen(
            [sys.executable, "-m", "deploy.run"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    product = Product(f"http://127.0.0.1:{port}", folder / "data", log)
    try:
        ready = f"ready {product.base}"
        wait_until(
            lambda: child.poll() is not None or ready in log.read_text(errors="replace"),
            "the product did not become ready",
            seconds=READY_S,
        )
        assert child.poll() is None, log.read_text(errors="replace")[-3000:]
        yield product
    finally:
        child.send_signal(signal.SIGTERM)
        status = child.wait(STOP_S)
    assert status == 0, log.read_text(errors="replace")[-3000:]
