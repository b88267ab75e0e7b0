"""What moves no case is told by a signal, in the transaction of the command that caused it."""

import json
from typing import Any

from django.db import connection

from services.workflow.commands.transaction import Transaction


def forget_old() -> None:
    """Drop signals older than seven days; the ledger alone is history."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signal WHERE at < laurel_now() - interval '7 days'")


def tell(
    tx: Transaction,
    kind: str,
    topics: list[str],
    *,
    case: int | None = None,
    body: dict[str, Any] | None = None,
) -> None:
    """Write one signal, for example `round_task.opened`; it raises no version and goes after seven days."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signal (id, type, topics, case_id, body, at)"
            " VALUES (nextval('feed_id_seq'), %s, %s, %s, %s, %s)",
            [kind, topics, case, json.dumps(body or {}), tx.at],
        )
