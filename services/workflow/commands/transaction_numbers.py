"""After a restore from a dump the database counts its transactions anew, below the numbers that its rows carry.

Then no case could be moved (commands/writing.py keeps the order by them), and what happens now would come before what
happened long ago. So the numbers in between are used up, some hundred thousand a second.
"""

from django.db import connection

HIGHEST = """
SELECT greatest((SELECT xid FROM ledger ORDER BY xid DESC LIMIT 1), (SELECT xid FROM signal ORDER BY xid DESC LIMIT 1),
                '0'::xid8)::text
"""
# Each turn is a transaction of its own; nothing of it need be on the disk.
PASS_OVER = (
    "SET synchronous_commit = off",
    "DO $$ BEGIN WHILE pg_current_xact_id() <= '{}'::xid8 LOOP COMMIT; END LOOP; END $$",
    "RESET synchronous_commit",
)


def catch_up() -> int:
    """Bring the counter past every number that a row carries; how many were passed over, 0 where none had to be.

    Outside any transaction; by the owner, before anybody acts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('ledger') IS NULL")
        if cursor.fetchone()[0]:
            return 0
        cursor.execute(HIGHEST)
        highest = int(cursor.fetchone()[0])
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        behind = highest - int(cursor.fetchone()[0]) + 1
        if behind <= 0:
            return 0
        for statement in PASS_OVER:
            cursor.execute(statement.format(highest))
    return behind
