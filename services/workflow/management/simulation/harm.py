"""Harm done on purpose, each kind by its name, so that one sees whether the check of the invariants would tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection


class NothingToHarm(Exception):
    """The run has no row of the sort that this harm is done to."""


@dataclass(frozen=True)
class Harm:
    """What is done, in order, the last statement returning what it was done to; and the invariants that it breaks."""

    statements: tuple[str, ...]
    breaks: frozenset[str]


HARMS: Mapping[str, Harm] = {
    # The row moves on, and its ledger hears nothing of it: what no command can do while the trigger stands.
    "entry": Harm(
        (
            "DROP TRIGGER honour_edges ON workflow_honour",
            "UPDATE workflow_honour SET status = 'revoked', version = version + 1"
            " WHERE id = (SELECT min(id) FROM workflow_honour WHERE status = 'held') RETURNING id",
        ),
        frozenset({"ledger_row", "trigger_missing"}),
    ),
    # An entry is taken out of the middle of a ledger that may only grow.
    "history": Harm(
        (
            "ALTER TABLE ledger DISABLE TRIGGER ledger_kept",
            "ALTER TABLE ledger_text DISABLE TRIGGER USER",
            "DELETE FROM ledger_text WHERE entry_id = (SELECT id FROM ledger WHERE kind = 'declaration' AND seq = 2"
            " ORDER BY case_id LIMIT 1)",
            "DELETE FROM ledger WHERE id = (SELECT id FROM ledger WHERE kind = 'declaration' AND seq = 2"
            " ORDER BY case_id LIMIT 1) RETURNING case_id",
        ),
        frozenset({"ledger_gap", "ledger_unguarded"}),
    ),
    # A worker forgets what it fired: the row waits again, long after its day.
    "due": Harm(
        (
            "UPDATE due SET fired_at = NULL WHERE id = (SELECT min(id) FROM due WHERE fired_at IS NOT NULL)"
            " RETURNING coalesce(case_id, task_id)",
        ),
        frozenset({"due_not_fired"}),
    ),
    # One unit holds the same title twice, where the index that forbids it is gone.
    "title": Harm(
        (
            "DROP INDEX one_live_honour",
            "UPDATE workflow_honour h SET unit_id = o.unit_id FROM workflow_honour o"
            " WHERE o.id = (SELECT min(id) FROM workflow_honour WHERE status = 'held')"
            " AND h.id = (SELECT max(id) FROM workflow_honour WHERE status = 'held') AND h.id <> o.id RETURNING o.id",
        ),
        frozenset({"two_live_honours"}),
    ),
}


def do_harm(kind: str) -> int:
    """Do one kind of harm to the database at hand; the case that it was done to. Raises NothingToHarm."""
    with connection.cursor() as cursor:
        for statement in HARMS[kind].statements:
            cursor.execute(statement)
        row = cursor.fetchone()
    if row is None:
        raise NothingToHarm
    case: int = row[0]
    return case
