"""`manage.py ledger verify`: every chain of the database recomputed, every row compared with its last entry."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from services.workflow.queries.history import verify_ledgers
from services.workflow.queries.transparency import spoiled_heads


class Command(BaseCommand):
    help = (
        "Verify the ledgers: sequence, sources, hashes, texts, and that each row agrees with its last entry."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            if not connection.savepoint_ids:  # a snapshot is chosen by the outermost transaction
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            found = verify_ledgers()
            cut = list(spoiled_heads())
        for head in cut:
            self.stdout.write(
                f"head {head}: the ledgers are not what they were when the transparency log told of them"
            )
        for flaw in found.flaws:
            self.stdout.write(f"case {flaw.case} seq {flaw.seq}: {flaw.what}")
        self.stdout.write(
            f"{found.cases} cases, {found.entries} entries, {len(found.flaws) + len(cut)} faults"
        )
        if found.flaws or cut:
            sys.exit(1)
