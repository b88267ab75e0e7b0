"""A database of its own: made beside the one in use, and never one that holds anything."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from psycopg import sql

from services.workflow.models import LedgerEntry, Unit
from services.workflow.queries.calendar import forget_calendar
from services.workflow.queries.definitions import forget_definitions


class NotEmpty(Exception):
    """A database that somebody uses."""


@contextmanager
def of_its_own(name: str, *, keep: bool = False) -> Iterator[None]:
    """All of this process's connections go to the database `name`, which is made; it is dropped unless it is kept.

    Raises NotEmpty where there is one of that name with units or a ledger, which is left as it is.
    """
    before = str(connection.settings_dict["NAME"])
    made = _make(name)
    try:
        _go_to(name)
        call_command("migrate", interactive=False, verbosity=0)
        check_empty()
        yield
    finally:
        _go_to(before)
        if made and not keep:
            with connection._nodb_cursor() as cursor:
                cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def check_empty() -> None:
    """Raises NotEmpty where this database holds units or a ledger."""
    if Unit.objects.exists() or LedgerEntry.objects.exists():
        raise NotEmpty


def _make(name: str) -> bool:
    """Make it where there is none; whether it was made."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return False
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return True


def _go_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    forget_definitions()
    forget_calendar()
