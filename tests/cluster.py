"""The throw-away PostgreSQL of one test run, and the environment that goes with it."""

import os
import shutil
from pathlib import Path
from typing import IO

from deploy import process
from deploy.postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent
CLUSTERS = ROOT / ".test-data"


def sweep() -> None:
    """Remove what killed runs left behind; a living run holds its lock."""
    for folder in CLUSTERS.glob("run-*"):
        lock = process.exclusive(folder / "lock")
        if lock is not None:
            cluster = Cluster(folder)
            cluster.end_leftover()
            cluster.remove_sockets()
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()


class TestRun:
    """A folder of its own for this run; the server in it starts when the first test needs it."""

    __test__ = False

    def __init__(self) -> None:
        sweep()
        self.folder = CLUSTERS / f"run-{os.getpid()}"
        self.lock: IO[str] | None = process.exclusive(self.folder / "lock")
        binaries = os.environ.get("PG_BINDIR")
        self.cluster = Cluster(self.folder, durable=False, binaries=Path(binaries) if binaries else None)
        self.started = False

    def environment(self) -> dict[str, str]:
        """What the settings and all processes of the tests read."""
        self.cluster.lay_out()
        return {
            "DATABASE_URL": self.cluster.url(),
            "DATA_DIR": str(self.folder),
        }

    def start(self) -> None:
        if not self.started:
            self.cluster.prepare()
            self.cluster.start()
            self.started = True

    def end(self) -> None:
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.lock is not None:
            self.lock.close()
