"""Databases for tests of the whole: one with the cast, built once a run, and copies of it for races.

Inside the first every test runs in a transaction that is rolled back. A race needs committed rows, which nobody can
take away again from a ledger; so it gets a copy of the database, dropped when its file is done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.db import connection, transaction
from psycopg import sql
from psycopg.pq import TransactionStatus
from pytest_django import DjangoDbBlocker

from services.workflow.queries.calendar import forget_calendar
from services.workflow.queries.definitions import forget_definitions
from tests.workflow import cast, contract

_numbers = count(1)


@contextmanager
def using(name: str) -> Iterator[None]:
    """All of Django's connections go to this database; what was read from another is forgotten."""
    before = connection.settings_dict["NAME"]
    _go_to(name)
    try:
        yield
    finally:
        _go_to(before)


def _go_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    forget_definitions()
    forget_calendar()


@contextmanager
def copy_of(template: str) -> Iterator[str]:
    """A database with the same rows, for as long as it is needed."""
    name = f"{template[:40]}_{next(_numbers)}"
    # Clients only: an autovacuum worker may not be ended by us, and goes by itself when a copy is made.
    ends = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with connection._nodb_cursor() as cursor:
        cursor.execute(ends, [template])
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def transactional_db(django_db_setup: None) -> None:
    """By this name pytest-django sees that its database is wanted; here nothing empties the tables afterwards."""


_kept: list[tuple[str, cast.District]] = []


@pytest.fixture(scope="session")
def built(transactional_db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, cast.District]]:
    """The database with the cast, and the cast; built once, however many folders ask for it by this name."""
    if _kept:
        yield _kept[0]
        return
    with django_db_blocker.unblock():
        connection.close()
        with copy_of(str(connection.settings_dict["NAME"])) as name:
            with using(name):
                district = cast.build()
            _kept.append((name, district))
            yield name, district
            _kept.clear()


@pytest.fixture(scope="module")
def at_the_cast(built: tuple[str, cast.District], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), using(built[0]):
        yield


@pytest.fixture
def d(at_the_cast: None, built: tuple[str, cast.District]) -> Iterator[cast.District]:
    """The cast on 2 March 2026, nine o'clock; whatever a test does with it is rolled back.

    What its commands told meanwhile keeps to the schemas of docs/schemas.
    """
    with transaction.atomic():
        cast.set_clock(cast.NOW)
        before = contract.last_event()
        yield built[1]
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            assert contract.faults_since(before) == []
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def committed(
    built: tuple[str, cast.District], django_db_blocker: DjangoDbBlocker
) -> Iterator[cast.District]:
    """The cast in a copy of its own, for several connections at once."""
    with django_db_blocker.unblock(), copy_of(built[0]) as name, using(name):
        yield built[1]
