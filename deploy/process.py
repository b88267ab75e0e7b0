"""What Linux offers a parent: children that end with it, locks that end with it."""

import ctypes
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1

# Loaded before any fork: between fork and exec nothing may be imported.
libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int, call: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")


def die_with_parent(parent: int, number: signal.Signals) -> None:
    """In a child, before exec: ask for this signal when the parent is gone, however it went."""
    if sys.platform == "linux":
        checked(libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0), "prctl")
    if os.getppid() != parent:  # it went between the fork and this line
        os._exit(1)


def alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be counted by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone_within(pid: int, seconds: float) -> bool:
    """Wait for a process that need not be our child."""
    end = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def exclusive(path: Path) -> IO[str] | None:
    """An open file that is locked as long as this process lives, or None if another one holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


@contextmanager
def waiting(path: Path) -> Iterator[None]:
    """Inside, nobody else who asks for the same file is; a lock that ends with the process, however it goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
