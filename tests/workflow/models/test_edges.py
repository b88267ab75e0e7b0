"""The last line of defence: what PostgreSQL refuses, whoever speaks to it past the commands."""

import pytest
from django.db import Error, connection, transaction

from services.workflow.commands.objections import lodge
from services.workflow.models import (
    Declaration,
    Honour,
    IdentityLook,
    Notice,
    Objection,
    Programme,
    Rectification,
)
from services.workflow.models.lifecycle.steps import edges
from tests.workflow.cast import NOW, OBJECTION, District

KINDS = (Declaration, Honour, Notice, Objection, Programme, Rectification)


def test_the_table_of_edges_is_that_of_the_machines(d: District) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, source, target FROM edge")
        kept = set(cursor.fetchall())

    assert kept == {(kind.KIND, source, target) for kind in KINDS for source, target, _ in edges(kind)}


def refusal(statement: str, *values: int | str, role: str = "laurel_web") -> str:
    """What the server says to this role; "" where it lets the statement through. The test's rows stay as they were."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement, values)
            cursor.execute("RESET ROLE")
            transaction.set_rollback(True)
    except Error as error:
        return str(error).splitlines()[0]
    return ""


def test_a_stage_does_not_jump_over_an_edge(d: District) -> None:
    case = d.cases["preliminary"]

    found = refusal(
        "UPDATE workflow_declaration SET stage = 'taken', version = version + 1 WHERE id = %s", case
    )

    assert found == f"declaration {case}: no step leads from preliminary_review to taken"


@pytest.mark.parametrize("to", ["named", "draft", "withdrawn"])
def test_an_ended_case_stays_ended(d: District, to: str) -> None:
    case = d.cases["held"]

    found = refusal(
        "UPDATE workflow_declaration SET stage = %s, version = version + 1 WHERE id = %s", to, case
    )

    assert found == f"declaration {case}: no step leads from named to {to}"


@pytest.mark.parametrize("step", ["0", "2", "-1"])
def test_a_version_rises_by_one(d: District, step: str) -> None:
    case = d.case("preliminary")
    version = case.version

    found = refusal(
        f"UPDATE workflow_declaration SET stage = 'returned', version = version + {step} WHERE id = %s",
        case.pk,
    )

    assert found == f"declaration {case.pk}: version {version + int(step)} does not follow {version}"


@pytest.mark.parametrize("column", ["stage = 'returned'", "leg = 5", "stage = stage", "version = version"])
def test_a_place_is_not_written_without_a_new_version(d: District, column: str) -> None:
    case = d.case("preliminary")

    found = refusal(f"UPDATE workflow_declaration SET {column} WHERE id = %s", case.pk)

    assert found == f"declaration {case.pk}: version {case.version} does not follow {case.version}"


def test_a_lawful_edge_passes(d: District) -> None:
    update = "UPDATE workflow_declaration SET stage = 'returned', version = version + 1 WHERE id = %s"

    assert refusal(update, d.cases["preliminary"]) == ""


@pytest.mark.parametrize(
    ("table", "status", "to"),
    [
        ("honour", "held", "revoked"),
        ("notice", "released", "draft"),
        ("programme", "admitted", "proposed"),
    ],
)
def test_other_kinds_keep_to_their_edges_too(d: District, table: str, status: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM workflow_{table} WHERE status = %s ORDER BY id LIMIT 1", [status])
        case = cursor.fetchone()[0]

    found = refusal(f"UPDATE workflow_{table} SET status = %s, version = version + 1 WHERE id = %s", to, case)

    assert found == f"{table} {case}: no step leads from {status} to {to}"


KEPT = (
    "ledger",
    "workflow_ballot",
    "workflow_programmeversion",
    "workflow_identitylook",
    "workflow_measurement",
)


@pytest.mark.parametrize("role", ["laurel_web", "laurel_worker"])
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_kept_for_ever_is_not_theirs_to_change(d: District, role: str, table: str, verb: str) -> None:
    assert refusal(verb.format(table), role=role) == f"permission denied for table {table}"


@pytest.mark.parametrize("role", ["laurel_web", "laurel_worker"])
@pytest.mark.parametrize(
    "verb", ["INSERT INTO edge VALUES ('honour', 'held', 'revoked')", "DELETE FROM edge"]
)
def test_nobody_adds_an_edge(d: District, role: str, verb: str) -> None:
    assert refusal(verb, role=role) == "permission denied for table edge"


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        ("ledger", "UPDATE ledger SET step = 'x'"),
        ("ledger", "DELETE FROM ledger"),
        ("ledger", "TRUNCATE ledger CASCADE"),
        ("workflow_ballot", "UPDATE workflow_ballot SET choice = 'against'"),
        ("workflow_ballot", "DELETE FROM workflow_ballot"),
        ("workflow_ballot", "TRUNCATE workflow_ballot CASCADE"),
        ("workflow_programmeversion", "UPDATE workflow_programmeversion SET number = 7"),
        ("workflow_programmeversion", "DELETE FROM workflow_programmeversion"),
        ("workflow_programmeversion", "TRUNCATE workflow_programmeversion CASCADE"),
        ("workflow_identitylook", "UPDATE workflow_identitylook SET purpose = 'x'"),
        ("workflow_identitylook", "DELETE FROM workflow_identitylook"),
        ("workflow_identitylook", "TRUNCATE workflow_identitylook CASCADE"),
    ],
)
def test_even_the_owner_is_stopped(d: District, table: str, verb: str) -> None:
    a_look(d)

    assert refusal(verb, role=owner()) == f"{table} is never changed"


def owner() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def a_look(d: District) -> None:
    """A row trigger says something only where there is a row."""
    lodged = lodge(d.notice, {**OBJECTION, "unit": 1})["objection"]
    IdentityLook.objects.create(
        objection_id=lodged, office_id=d.people["investigator"].office, at=NOW, purpose="核实"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is emptied while checks are pending


def test_a_decided_task_keeps_its_decision(d: District) -> None:
    update = "UPDATE workflow_roundtask SET verdict = 'disagree' WHERE verdict = 'agree'"

    assert refusal(update) == "workflow_roundtask is never changed"


def test_the_feed_reader_reads_the_feed(d: District) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE laurel_feed")
        cursor.execute("SELECT count(*) > 100, feed_head() <> '0.0', feed_epoch() <> '' FROM feed")
        found = cursor.fetchone()
        cursor.execute("RESET ROLE")

    assert found == (True, True, True)


def test_the_feed_reader_reads_and_writes_nothing_else(d: District) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace"
            " AND c.relkind IN ('r', 'v', 'm', 'p')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT t, p FROM unnest(%s::text[]) t,"
            " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p"
            " WHERE has_table_privilege('laurel_feed', t, p)",
            [tables],
        )
        granted = cursor.fetchall()

    assert len(tables) > 40
    assert granted == [("feed", "SELECT")]
    assert (
        refusal("SELECT * FROM ledger_text", role="laurel_feed") == "permission denied for table ledger_text"
    )
