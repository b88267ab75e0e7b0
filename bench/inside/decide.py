"""One decision after another by the command itself, and the same statements once more by bare psycopg."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection, transaction

from bench.inside.actors import towns, waiting
from services.workflow.commands.steps import take_step
from services.workflow.queries.prepared import numbered

WARM = 30


def main(number: int) -> None:
    officers = towns()
    cases = waiting(2 * number + WARM)
    warm, ours, recorded = cases[:WARM], cases[WARM : WARM + number], cases[WARM + number :]

    def decide(case: int, town: int) -> None:
        take_step(
            "declaration", case, "endorse", by=officers[town], key=uuid4(), version=1, fields={"rank": 1}
        )

    for case, town in warm:
        decide(case, town)
    taken = [timed(decide, case, town) for case, town in ours]
    scripts = [statements(decide, case, town) for case, town in recorded]
    connection.connection.prepare_threshold = 0  # the product prepares by SQL and has psycopg prepare nothing
    bare = [timed(replay, script) for script in scripts]
    figures = {
        "ours_ms": 1000 * statistics.median(taken),
        "bare_ms": 1000 * statistics.median(bare),
        "statements": len(scripts[0]),
    }
    print(json.dumps(figures))


def timed(work: Callable[..., None], *what: Any) -> float:
    began = time.perf_counter()
    work(*what)
    return time.perf_counter() - began


def statements(work: Callable[..., None], *what: Any) -> list[tuple[str, Any]]:
    """What the work sends to PostgreSQL, taken back again: only the replay is to count."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            text, names, _call = numbered(sql)
            sent.append((text, [params[name] for name in names]))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            work(*what)
        transaction.set_rollback(True)
    return sent


def replay(script: list[tuple[str, Any]]) -> None:
    """The same round trips in one transaction, rows fetched, without Django; planned once, as ours are."""
    bare = connection.connection
    with bare.transaction(), psycopg.RawCursor(bare) as cursor:
        for sql, params in script:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


if __name__ == "__main__":
    main(int(sys.argv[1]))
