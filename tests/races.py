"""Several clients at once, each on a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local
from typing import Any

from django.db import connection

from services.workflow.domain.refused import Refused

MOST = 64
# Threads and their connections last: a backend costs more than most of what is raced here.
_pool = ThreadPoolExecutor(MOST)
_kept = local()


def _connect() -> None:
    """To the database that the tests look at now; another one, or one taken away meanwhile, is let go."""
    name = connection.settings_dict["NAME"]
    if getattr(_kept, "name", name) != name or not (connection.connection and connection.is_usable()):
        connection.close()
    _kept.name = name
    connection.ensure_connection()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same time; what each returned, or the code it was refused with, in their order."""
    barrier = Barrier(len(acts))

    def attempt(act: Callable[[], Any]) -> Any:
        try:
            _connect()
            barrier.wait(timeout=30)
            return act()
        except Refused as refused:
            return refused.code
        except BaseException:
            connection.close()
            raise

    return list(_pool.map(attempt, acts))


def codes(results: Sequence[Any]) -> list[str]:
    """The outcomes without their answers: "done" or the code of the refusal, sorted."""
    return sorted(result if isinstance(result, str) else "done" for result in results)
