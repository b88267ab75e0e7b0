"""The counter of transactions after a restore: past every number that a row carries."""

import os
from functools import partial
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from services.workflow.commands.transaction_numbers import catch_up
from tests.workflow import cast
from tests.workflow.cast import take
from tests.workflow.commands.refusing import refusal

AHEAD = 3_000


def counter() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        return int(cursor.fetchone()[0])


@pytest.fixture
def from_a_dump(committed):
    """A declaration and an event as another cluster wrote them, whose counter had come further."""
    case, far = committed.cases["preliminary"], counter() + AHEAD
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("ALTER TABLE workflow_declaration DISABLE TRIGGER USER")
        owner.execute("UPDATE workflow_declaration SET last_xid = %s WHERE id = %s", [str(far), case])
        owner.execute("ALTER TABLE workflow_declaration ENABLE TRIGGER USER")
        owner.execute(
            "INSERT INTO signal (id, xid, type, topics, body, at) VALUES (nextval('feed_id_seq'), %s,"
            " 'programme.told', '{}', '{}', laurel_now())",
            [str(far)],
        )
    cast.set_clock(cast.NOW)
    return committed


def test_cases_of_a_dump_are_moved_again_once_the_counter_has_caught_up(from_a_dump):
    d = from_a_dump
    act = partial(take, "declaration", d.cases["preliminary"], "endorse", d.people["songxi"])
    before = refusal(act)

    used = catch_up()

    assert (before, AHEAD - 100 < used <= AHEAD + 1) == ("busy", True)
    assert act()["version"] > 1


def test_where_nothing_is_ahead_no_number_is_used_up(committed):
    # The counter is the cluster's: autovacuum may take a number of its own between two looks at it.
    catch_up()
    before = counter()

    used = [catch_up() for _ in range(50)]

    assert (set(used), counter() - before < len(used)) == ({0}, True)
