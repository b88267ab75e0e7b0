"""What must hold in any database, and that each breach is told."""

import pytest
from django.db import connection

from services.workflow.queries.invariants import Violation, names, violations


def do(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def codes() -> set[str]:
    return {one.code for one in violations()}


@pytest.fixture
def at_rest(d):
    """The cast after what fell due with its moved clock."""
    do("UPDATE due SET fired_at = at WHERE fired_at IS NULL AND cancelled_at IS NULL AND at <= laurel_now()")
    return d


def test_nothing_is_violated_by_what_commands_do(at_rest):
    assert violations() == []


FREE = "ALTER TABLE {} DISABLE TRIGGER USER"
LEDGER = FREE.format("ledger")
# What is done to the database: what has to be told of it, beside the triggers that had to go.
HARM = {
    "ledger_row": ("UPDATE workflow_honour SET status = 'revoked', version = version + 1",),
    "ledger_gap": ("DELETE FROM ledger WHERE kind = 'declaration' AND seq = 2",),
    "ledger_hash": ("UPDATE ledger SET step = 'decide' WHERE kind = 'declaration' AND seq = 2",),
    "edge_unknown": (
        "UPDATE ledger SET source = 'named', target = 'draft' WHERE kind = 'declaration' AND seq = 2",
    ),
    "feed_out_of_order": ("UPDATE ledger SET xid = '9999999' WHERE kind = 'declaration' AND seq = 1",),
    "task_of_closed_round": (
        "ALTER TABLE workflow_roundtask DISABLE TRIGGER USER",
        "ALTER TABLE workflow_round DROP CONSTRAINT round_closed_with_outcome",
        "UPDATE workflow_round SET status = 'DONE' WHERE status = 'NEW'",
    ),
    "due_not_fired": ("UPDATE due SET at = laurel_now() WHERE kind = 'rereview'",),
    "due_fired_early": ("UPDATE due SET fired_at = at - interval '1 second' WHERE kind = 'rereview'",),
    "due_of_a_case_that_rests": (
        "UPDATE ledger SET target = 'revoked' WHERE kind = 'honour'",
        "UPDATE workflow_honour SET status = 'revoked'",
    ),
    "two_live_honours": (
        "DROP INDEX one_live_honour",
        "CREATE TEMP TABLE twin AS SELECT * FROM workflow_honour",
        "UPDATE twin SET id = 900000, number = 'TWIN', declaration_id ="
        " (SELECT min(id) FROM workflow_declaration WHERE stage <> 'named')",
        "INSERT INTO workflow_honour SELECT * FROM twin",
    ),
    "named_in_a_ban": (
        "UPDATE workflow_honour SET revoked_on = conferred_on, banned_until = conferred_on + 365",
    ),
    "named_without_honour": ("UPDATE workflow_declaration SET stage = 'named' WHERE stage = 'naming'",),
    "review_without_place": ("UPDATE workflow_honour SET status = 'under_review'",),
    "mending_without_order": ("UPDATE workflow_honour SET status = 'rectifying'",),
}
TABLES = ("ledger", "workflow_honour", "workflow_declaration")


@pytest.mark.parametrize("code", HARM)
def test_harm_is_told(at_rest, code):
    do(*(FREE.format(table) for table in TABLES), *HARM[code])

    assert {code, "trigger_missing", "ledger_unguarded"} <= codes()


def test_more_named_than_the_quota_allows_is_told(at_rest):
    do(
        "ALTER TABLE workflow_programmeversion DISABLE TRIGGER USER",
        "UPDATE workflow_programmeversion SET definition ="
        """ jsonb_set(definition, '{quota}', '{"kind": "maximum", "number": 0}')""",
    )

    assert violations() == [Violation("over_quota", at_rest.edition, "1 > 0")]


def test_a_trigger_that_is_gone_is_told(at_rest):
    do("DROP TRIGGER honour_edges ON workflow_honour")

    assert violations() == [Violation("trigger_missing", 0, "honour")]


def test_each_invariant_has_a_name_of_its_own():
    assert len(set(names())) == len(names())
    assert HARM.keys() <= set(names())
