"""Several clients at once, each on a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections

from services.workflow.domain.refused import Refused


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same time; what each returned, or the code it was refused with, in their order."""
    barrier = Barrier(len(acts))

    def attempt(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def codes(results: Sequence[Any]) -> list[str]:
    """The outcomes without their answers: "done" or the code of the refusal, sorted."""
    return sorted(result if isinstance(result, str) else "done" for result in results)
