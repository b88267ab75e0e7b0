"""Harm done on purpose, so that one sees whether the check of the invariants would tell."""

from django.db import connection

# The row moves on, and its ledger hears nothing of it: what no command can do while the trigger stands.
LOST = """
UPDATE workflow_honour SET status = 'revoked', version = version + 1
 WHERE id = (SELECT min(id) FROM workflow_honour WHERE status = 'held') RETURNING id
"""


def lose_an_entry() -> int:
    """Drop the trigger of the edges of honours, and revoke a title without an entry; which one."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER honour_edges ON workflow_honour")
        cursor.execute(LOST)
        case: int = cursor.fetchone()[0]
    return case
