"""Where a bench runs: a durable PostgreSQL of its own, databases with our tables, processes on cores of their own."""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from deploy import process
from deploy.postgres import Cluster
from deploy.run import SECRETS
from deploy.serve import raise_open_files

ROOT = Path(__file__).resolve().parent.parent
# The server under measure has a core of its own; the client and PostgreSQL share the other one.
SERVER_CORE, CLIENT_CORE = 0, 1


class Place:
    """Made once a run; what it has started ends with it."""

    def __init__(self) -> None:
        raise_open_files()
        cores = sorted(os.sched_getaffinity(0))
        self.server_core = cores[SERVER_CORE]
        self.client_core = cores[min(CLIENT_CORE, len(cores) - 1)]
        self._ending = contextlib.ExitStack()
        self._ending.callback(os.sched_setaffinity, 0, cores)
        os.sched_setaffinity(0, {self.client_core})
        self.folder = Path(tempfile.mkdtemp(prefix="laurel-bench-"))
        self._ending.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self._databases: set[str] = set()
        self.secrets = {name: secrets.token_hex(32) for name in SECRETS}

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *error: object) -> None:
        self._ending.close()

    @cached_property
    def cluster(self) -> Cluster:
        """The server, with fsync, full_page_writes and synchronous_commit on, as in `make run`."""
        cluster = Cluster(self.folder)
        cluster.prepare()
        self._ending.callback(cluster.stop)
        cluster.start()
        return cluster

    def database(self, name: str, *, demo: bool = False) -> str:
        """The address of a database with our tables, and the demo district where it is asked for; made once."""
        url = urlsplit(self.cluster.url())._replace(path=f"/{name}").geturl()
        if url in self._databases:
            return url
        with psycopg.connect(self.cluster.url(), autocommit=True) as owner:
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        fill = [sys.executable, "-m", "deploy.fill"]
        environment = self.environment(url, DEMO="1" if demo else "0")
        subprocess.run(fill, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        self._databases.add(url)
        return url

    def environment(self, database_url: str = "", **more: str) -> dict[str, str]:
        """What the product's processes are told, as `make run` tells them."""
        told = {
            "DATABASE_URL": database_url or "postgresql:///none",
            "DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "services.settings",
        }
        return dict(os.environ) | told | self.secrets | more

    def start(
        self, command: Sequence[str], *, core: int | None = None, environment: dict[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """A process pinned to a core (the server's unless given); its input and output are pipes."""
        chosen, parent = (self.server_core if core is None else core), os.getpid()

        def enter() -> None:
            os.sched_setaffinity(0, {chosen})
            process.die_with_parent(parent, signal.SIGKILL)

        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment or self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=enter,
        )
        self._ending.callback(end, child)
        return child


def end(child: "subprocess.Popen[bytes]") -> None:
    """Stop a process of ours, at once if it does not follow."""
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()


def read_line(output: IO[bytes] | None) -> str:
    """The next line a process prints; an empty one would mean that it has ended."""
    assert output is not None
    line = output.readline().decode().strip()
    if not line:
        raise RuntimeError("a process of the bench ended early; its reason stands above")
    return line
