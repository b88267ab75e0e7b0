"""The throw-away PostgreSQL of one test process, and the environment that goes with it.

Migrating costs many seconds of a core, copying a stopped server's folder a part of one. So a migrated server is kept,
and every process that tests begins with a copy of it: workers of one run do not see each other.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deploy import process
from deploy.postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent
CLUSTERS = ROOT / ".test-data"
# Set where the server is our own: a worker of pytest-xdist inherits its parent's address, not its server.
OWN = "LAUREL_TEST_SERVER"
# What the migrated tables follow from, beside PostgreSQL itself: migrations know columns, not the models of today.
SOURCES = ("services/workflow/migrations", "services/workflow/models/fields.py", "requirements")


def sweep() -> None:
    """Remove what killed runs left behind; a living run holds its lock."""
    for folder in CLUSTERS.glob("run-*"):
        lock = process.exclusive(folder / "lock")
        if lock is not None:
            remove(folder)
            lock.close()


def remove(folder: Path) -> None:
    """A server's folder and what may be left of the server."""
    cluster = Cluster(folder)
    cluster.end_leftover()
    cluster.remove_sockets()
    shutil.rmtree(folder, ignore_errors=True)


def throw_away(folder: Path) -> Cluster:
    binaries = os.environ.get("PG_BINDIR")
    return Cluster(folder, durable=False, binaries=Path(binaries) if binaries else None)


def digest(major: int) -> str:
    """Another one where tables, their makers or the server have changed."""
    told = hashlib.sha256(str(major).encode())
    for source in SOURCES:
        here = ROOT / source
        found = [here] if here.is_file() else here.rglob("*.*")
        for path in sorted(path for path in found if path.suffix in {".py", ".txt"}):
            told.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def migrated() -> Iterator[Path]:
    """The folder of a stopped server whose database is migrated and empty; nobody changes it meanwhile."""
    major = throw_away(CLUSTERS).major()
    folder = CLUSTERS / f"migrated-{major}-{digest(major)}"
    with process.waiting(CLUSTERS / "migrated.lock"):
        if not folder.exists():
            for older in CLUSTERS.glob(f"migrated-{major}-*"):
                remove(older)
            migrate(folder)
        yield folder


def migrate(folder: Path) -> None:
    """Make it under another name first, so that what has the right name is complete."""
    half = folder.with_name(f"half-{folder.name}")
    remove(half)
    cluster = throw_away(half)
    cluster.prepare()
    cluster.start()
    try:
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0", "--skip-checks"]
        subprocess.run(command, env={**os.environ, "DATABASE_URL": cluster.url()}, check=True)
    finally:
        cluster.stop()
    half.rename(folder)


class TestRun:
    """A folder of its own for this process; the server in it starts when the first test needs it."""

    __test__ = False

    def __init__(self) -> None:
        sweep()
        self.folder = CLUSTERS / f"run-{os.getpid()}"
        self.lock: IO[str] | None = process.exclusive(self.folder / "lock")
        self.cluster = throw_away(self.folder)
        self.started = False

    def environment(self) -> dict[str, str]:
        """What the settings and all processes of the tests read."""
        self.cluster.lay_out()
        return {"DATABASE_URL": self.cluster.url(), "DATA_DIR": str(self.folder), OWN: "1"}

    def start(self) -> None:
        if self.started:
            return
        with migrated() as folder:
            # The owner of the files is the server's account, which need not be ours.
            subprocess.run(["cp", "-a", folder / "postgres", self.folder / "postgres"], check=True)
            shutil.copy2(folder / "secrets" / "pgpass", self.cluster.passfile)
        self.cluster.prepare()
        self.cluster.start()
        self.started = True

    def end(self) -> None:
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.lock is not None:
            self.lock.close()
