"""A scratch database with a feed of its own, and notify nodes served by uvicorn in a thread."""

import base64
import contextlib
import hashlib
import hmac
import itertools
import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import uvicorn
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from deploy.postgres import Cluster
from services.notify.asgi import Application
from services.notify.config import Config
from services.notify.node import Node
from services.notify.protocol import LaurelWebSocketProtocol

SECRET = b"a secret of the tests, 32 characters"
ORIGIN = Origin("http://laurel.test:8000")
CASES = itertools.count(1)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server of our own: the snapshot horizon is the whole cluster's, so any other test's long transaction
    would hold this feed back; and it may be killed."""
    binaries = os.environ.get("PG_BINDIR")
    folder = tmp_path_factory.mktemp("notify")
    cluster = Cluster(folder, durable=False, binaries=Path(binaries) if binaries else None)
    cluster.prepare()
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def database_url(cluster: Cluster) -> str:
    url = cluster.url()
    with psycopg.connect(url) as owner:
        owner.execute((Path(__file__).parent / "feed.sql").read_bytes())
    return url


class Writer:
    """Writes events the way workflow does: a transaction, then the bell on a connection of its own."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.bell = psycopg.connect(url, autocommit=True)
        # The cluster's default would let a killed server forget what it has told us is committed.
        self.connection.execute("SET synchronous_commit = on")

    def write(
        self, *topics: str, type: str = "declaration.endorse", ring: bool = True, **columns: Any
    ) -> int:
        row = {"case_id": None, "seq": None, "data": {}, "public": None, "at": None, **columns}
        ((number,),) = self.connection.execute(
            "INSERT INTO ledger (type, topics, case_id, kind, seq, data, public, at) VALUES"
            " (%s, %s, %s, 'declaration', %s, %s, %s, coalesce(%s, clock_timestamp())) RETURNING id",
            (
                type,
                list(topics),
                row["case_id"],
                row["seq"],
                json.dumps(row["data"]),
                None if row["public"] is None else json.dumps(row["public"]),
                row["at"],
            ),
        ).fetchall()
        if ring:
            self.ring()
        return int(number)

    def ring(self) -> None:
        self.bell.execute("NOTIFY laurel")

    def cursor(self) -> str:
        ((text,),) = self.connection.execute("SELECT feed_epoch() || '.' || feed_head()").fetchall()
        return str(text)

    def close(self) -> None:
        self.connection.close()
        self.bell.close()


@pytest.fixture
def writer(database_url: str) -> Iterator[Writer]:
    writer = Writer(database_url)
    yield writer
    writer.close()


@pytest.fixture
def topic() -> str:
    """A topic nobody else in the run writes to."""
    return f"case:{next(CASES)}-{uuid.uuid4().hex[:8]}"


class Socket:
    """A websocket client that speaks frames."""

    def __init__(self, connection: ClientConnection, *, greeted: bool = True) -> None:
        self.connection = connection
        self.hello = self.frame() if greeted else {}

    def frame(self, timeout: float = 5.0) -> dict[str, Any]:
        """The next frame but heartbeats."""
        deadline = time.monotonic() + timeout
        while True:
            left = max(0.0, deadline - time.monotonic())
            frame: dict[str, Any] = json.loads(self.connection.recv(timeout=left))
            if frame["t"] != "hb":
                return frame

    def frames(self, count: int) -> list[dict[str, Any]]:
        return [self.frame() for _ in range(count)]

    def silent(self, for_s: float = 0.3) -> bool:
        try:
            self.frame(timeout=for_s)
        except TimeoutError:
            return True
        return False

    def send(self, **frame: Any) -> None:
        self.connection.send(json.dumps(frame))

    def sub(self, *topics: str, since: str | None = None, **claims: Any) -> dict[str, Any]:
        """Subscribe with a ticket of exactly these topics; the answer."""
        self.send(t="sub", ticket=ticket(*topics, **claims), topics=list(topics), since=since)
        return self.frame()

    def close_code(self, timeout: float = 5.0) -> int | None:
        """Read to the end; the code the server closed with."""
        deadline = time.monotonic() + timeout
        with contextlib.suppress(Exception):
            while time.monotonic() < deadline:
                self.connection.recv(timeout=deadline - time.monotonic())
        return self.connection.protocol.close_code


def claims(*topics: str, user: str = "7", session: str = "s7", ttl: float = 60.0) -> dict[str, Any]:
    return {
        "user": user,
        "session": session,
        "topics": list(topics),
        "nonce": uuid.uuid4().hex,
        "exp": time.time() + ttl,
    }


def sign(content: dict[str, Any], secret: bytes = SECRET) -> str:
    """A ticket, signed as workflow signs it: docs/events.md, section 3."""
    payload = json.dumps(content, separators=(",", ":"), sort_keys=True).encode()
    mac = hmac.digest(secret, payload, hashlib.sha256)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (payload, mac))


def ticket(*topics: str, **content: Any) -> str:
    return sign(claims(*topics, **content))


class Served:
    """A node behind uvicorn."""

    def __init__(self, config: Config, port: int = 0, *, proxies: str = "127.0.0.1") -> None:
        self.application = Application(config)
        self.server = uvicorn.Server(
            uvicorn.Config(
                self.application,
                port=port,
                ws=LaurelWebSocketProtocol,
                ws_per_message_deflate=False,
                forwarded_allow_ips=proxies,
                log_level="critical",
                timeout_graceful_shutdown=3,
                loop="uvloop",
            )
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def start(self) -> None:
        self.thread.start()
        deadline = time.monotonic() + 15
        while not (self.server.started and self.node.hub.ready):
            assert self.thread.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    @property
    def node(self) -> Node:
        node = self.application.node
        if node is None:
            deadline = time.monotonic() + 10
            while self.application.node is None and time.monotonic() < deadline:
                time.sleep(0.01)
            node = self.application.node
        assert node is not None
        return node

    def reach(self, cursor: str) -> None:
        """Wait until the hub has handed out the event at a cursor."""
        deadline = time.monotonic() + 10
        while self.node.hub.cursor != cursor:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def socket(self, *, greeted: bool = True, **options: Any) -> Iterator[Socket]:
        options = {"origin": ORIGIN, "compression": None, **options}
        with connect(f"ws://127.0.0.1:{self.port}/ws/", **options) as connection:
            yield Socket(connection, greeted=greeted)

    def raw_socket(self, **options: Any) -> contextlib.AbstractContextManager[Socket]:
        """A socket whose first frame has not been read."""
        return self.socket(greeted=False, **options)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        assert not self.thread.is_alive()


Serve = Callable[..., Served]


@pytest.fixture(scope="session")
def settings_of_a_node(database_url: str) -> dict[str, Any]:
    return {
        "database_url": database_url,
        "ticket_secret": SECRET,
        "origins": frozenset({ORIGIN}),
        "heartbeat_s": 0.2,
        "drain_s": 0.1,
    }


@pytest.fixture(scope="session")
def served(settings_of_a_node: dict[str, Any]) -> Iterator[Served]:
    """The node most tests share."""
    one = Served(Config(**settings_of_a_node))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def serve(settings_of_a_node: dict[str, Any]) -> Iterator[Serve]:
    """Further nodes, with settings of their own."""
    started: list[Served] = []

    def start(proxies: str = "127.0.0.1", **settings: Any) -> Served:
        one = Served(Config(**{**settings_of_a_node, **settings}), proxies=proxies)
        started.append(one)
        one.start()
        return one

    yield start
    for one in started:
        one.stop()
