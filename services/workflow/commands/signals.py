"""What moves no case is told by a signal, in the transaction of the command that caused it."""

import json
from typing import Any

from django.db import connection

from services.workflow.commands.transaction import Transaction


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
