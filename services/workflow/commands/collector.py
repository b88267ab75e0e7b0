"""Python's collector of garbage, resting while thousands of rows live at once.

Each of its rounds walks over all that lives: with ten thousand cases at hand, none of them garbage, that was a third
of a command's processor time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MANY = 500


class _Rest:
    """How many commands want it to rest; the last one wakes it, where it was awake before the first."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.wanted = 0
        self.was_on = True

    def begin(self) -> None:
        with self.lock:
            if self.wanted == 0:
                self.was_on = gc.isenabled()
                gc.disable()
            self.wanted += 1

    def end(self) -> None:
        with self.lock:
            self.wanted -= 1
            if self.wanted == 0 and self.was_on:
                gc.enable()


_rest = _Rest()


@contextmanager
def collector_rests(rows: int) -> Iterator[None]:
    """For a command on this many rows; a few are not worth it."""
    if rows < MANY:
        yield
        return
    _rest.begin()
    try:
        yield
    finally:
        _rest.end()
