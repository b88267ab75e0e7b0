"""What moves no case is told by a signal, in the transaction of the command that caused it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from services.workflow.commands.transaction import Transaction


@dataclass(frozen=True)
class Told:
    """One signal: its type, who may hear it, the case it concerns, and what it says."""

    kind: str
    topics: list[str]
    case_id: int | None
    body: dict[str, Any]


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
    tell_many(tx, [Told(kind, topics, case, body or {})])


def tell_many(tx: Transaction, told: Sequence[Told]) -> None:
    """Write signals in the order given, in one statement."""
    rows = [vars(each) for each in told]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signal (id, type, topics, case_id, body, at)"
            " SELECT nextval('feed_id_seq'), kind, topics, case_id, body, %s"
            "   FROM json_to_recordset(%s::json) AS s(kind text, topics text[], case_id bigint, body jsonb)",
            [tx.at, json.dumps(rows)],
        )
