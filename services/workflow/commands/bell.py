"""The bell: an empty NOTIFY after commit, at most one per 5 ms and process, on a connection of its own; and a message
by Redis where a site has named one, for readers behind a pooler that carries no LISTEN.

Inside the transaction a NOTIFY takes a lock that all committing writers share; after it, a lost bell costs the
reader one poll and no event.
"""

import contextlib
import functools
import threading
import time
from typing import TYPE_CHECKING, Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

if TYPE_CHECKING:
    from redis import Redis

QUIET_S = 0.005


class Bell:
    """`rung` counts the commits of this process's commands, for what keeps public pages in memory."""

    def __init__(self) -> None:
        self.rung = 0
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def ring_after_commit(self) -> None:
        transaction.on_commit(self._ring)

    def _ring(self) -> None:
        self.rung += 1
        self._wanted.set()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                # All of them: the password may lie in a file, the server ask for a certificate.
                address = connection.get_connection_params()
                self._thread = threading.Thread(target=self._run, args=(address,), daemon=True, name="bell")
                self._thread.start()

    def _run(self, address: dict[str, Any]) -> None:
        """Ends with the first error: the next change starts a new thread, and readers poll meanwhile."""
        try:
            with psycopg.connect(**address, autocommit=True) as link:
                while self._wanted.wait(timeout=60):
                    self._wanted.clear()
                    link.execute("NOTIFY laurel")
                    ring_by_redis()
                    time.sleep(QUIET_S)
        except psycopg.Error:
            return


def ring_by_redis() -> None:
    """A message that says nothing; a Redis that is away costs readers one poll."""
    if not settings.BELL_REDIS_URL:
        return
    from redis.exceptions import RedisError  # slow import

    with contextlib.suppress(RedisError, OSError):
        redis_at(settings.BELL_REDIS_URL).publish("laurel", "")


@functools.cache
def redis_at(url: str) -> "Redis":
    from redis import Redis  # slow import

    return Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)


bell = Bell()
