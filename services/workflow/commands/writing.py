"""The one statement: it writes place, ledger, due work and the answer of a step, or nothing of them.

Columns come as arrays, one element a case, so one case and ten thousand take the same statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from services.workflow.models.case import Case

PLACED = (
    "waiting_role",
    "waiting_unit_id",
    "assignee_id",
    "since",
    "due_at",
    "due_provisional",
    "paused_days",
)


@dataclass
class Entry:
    """One case's step as plain values, in the order of the ledger."""

    case: Any
    seq: int
    source: str
    source_leg: int | None
    target: str
    hash: str
    previous: str
    reason_digest: str
    salt: str
    text: str
    topics: list[str]
    public: dict[str, object] | None
    due: list[tuple[Any, ...]] = field(default_factory=list)
    rearmed: bool = False


@dataclass(frozen=True)
class Written:
    moved: int
    entries: int


@cache
def _columns(model: type[Case]) -> tuple[tuple[str, str], ...]:
    """(column, array type) of what a step may write on this kind besides place, leg and version."""
    by_name = {f.attname: f for f in model._meta.concrete_fields}
    return tuple(
        (
            name,
            str(
                by_name[name].rel_db_type(connection)
                if by_name[name].is_relation
                else by_name[name].db_type(connection)
            ),
        )
        for name in (*PLACED, *model.CARRIED)
    )


def _unnest(model: type[Case]) -> tuple[str, str]:
    fixed = (
        ("case_id", "bigint"), ("seq", "int"), ("source", "text"), ("source_leg", "smallint"), ("target", "text"),
        ("leg", "smallint"), ("hash", "text"), ("previous", "text"), ("reason_digest", "text"), ("salt", "text"),
        ("text", "text"), ("topics", "jsonb"), ("public", "jsonb"), ("rearmed", "boolean"),
    )  # fmt: skip
    columns = (*fixed, *_columns(model))
    names = ", ".join(name for name, _ in columns)
    arrays = ", ".join(f"%s::{kind.split('(')[0] if 'varchar' in kind else kind}[]" for _, kind in columns)
    return names, arrays


STATEMENT = """
WITH input AS MATERIALIZED (
  SELECT * FROM unnest({arrays}) WITH ORDINALITY AS i({names}, ordinal)
), log AS (
  INSERT INTO command_log (key, actor_id, request_hash, answer, at)
  SELECT * FROM (VALUES (%s::uuid, %s::bigint, %s::text, %s::jsonb, %s::timestamptz)) AS l(key, actor, hash, answer, at)
   WHERE l.key IS NOT NULL
), moved AS (
  UPDATE {table} c SET {place} = i.target, leg = i.leg, version = i.seq,
         last_xid = pg_current_xact_id(), {sets}
    FROM input i
   WHERE c.id = i.case_id AND c.{place} = i.source AND c.leg IS NOT DISTINCT FROM i.source_leg
     AND c.version = i.seq - 1 AND c.last_xid <= pg_current_xact_id()
  RETURNING c.id
), {entries}
SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM entries)
"""

ENTRIES = """entries AS (
  INSERT INTO ledger (id, case_id, kind, seq, source, target, leg, step, actor_id, office_id, at,
                      reason_digest, previous, hash, topics, public)
  SELECT nextval('feed_id_seq'), i.case_id, %s, i.seq, i.source, i.target, i.leg, %s, %s::bigint, %s::bigint,
         %s::timestamptz, i.reason_digest, i.previous, i.hash,
         ARRAY(SELECT jsonb_array_elements_text(i.topics)), i.public
    FROM input i JOIN moved m ON m.id = i.case_id ORDER BY i.ordinal
  RETURNING id, case_id
), texts AS (
  INSERT INTO ledger_text (entry_id, salt, text)
  SELECT e.id, i.salt, i.text FROM entries e JOIN input i USING (case_id) WHERE i.text <> ''
), closed AS (
  UPDATE due SET cancelled_at = %s::timestamptz FROM input i
   WHERE due.case_id = i.case_id AND i.rearmed AND due.fired_at IS NULL AND due.cancelled_at IS NULL
), opened AS (
  INSERT INTO due (kind, n, case_id, case_kind, leg, version, at, inputs, provisional)
  SELECT d.kind, d.n, d.case_id, %s, d.leg, d.version, d.at, d.inputs, d.provisional
    FROM unnest(%s::text[], %s::smallint[], %s::bigint[], %s::smallint[], %s::int[], %s::timestamptz[],
                %s::jsonb[], %s::boolean[]) AS d(kind, n, case_id, leg, version, at, inputs, provisional)
)"""


@cache
def _statement(model: type[Case]) -> str:
    names, arrays = _unnest(model)
    sets = ", ".join(f"{name} = i.{name}" for name, _ in _columns(model))
    return STATEMENT.format(
        arrays=arrays,
        names=names,
        table=f'"{model._meta.db_table}"',
        place=model.FIELD,
        sets=sets,
        entries=ENTRIES,
    )


@cache
def _birth_statement(model: type[Case]) -> str:
    """The same for cases that have just been inserted: no row is moved, the first entry is written."""
    names, arrays = _unnest(model)
    return (
        f"WITH input AS MATERIALIZED (SELECT * FROM unnest({arrays}) WITH ORDINALITY AS i({names}, ordinal)),"
        f" moved AS (SELECT case_id AS id FROM input), {ENTRIES}"
        " SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM entries)"
    )


def _arrays(model: type[Case], entries: Sequence[Entry]) -> list[list[Any]]:
    rows = [
        (
            e.case.pk, e.seq, e.source, e.source_leg, e.target, e.case.leg, e.hash, e.previous, e.reason_digest,
            e.salt, e.text, Jsonb(e.topics), None if e.public is None else Jsonb(e.public), e.rearmed,
            *(getattr(e.case, name) for name, _ in _columns(model)),
        )
        for e in entries
    ]  # fmt: skip
    return [list(column) for column in zip(*rows, strict=True)]


def write(
    model: type[Case],
    entries: Sequence[Entry],
    step: str,
    *,
    log: tuple[Any, ...] | None,
    by: tuple[int | None, int | None, Any],
    birth: bool = False,
) -> Written:
    """Write the entries of one step; `log` is None at a birth, `by` is (member, office, moment)."""
    member, office, at = by
    due = [row for e in entries for row in e.due]
    due_columns = [list(column) for column in zip(*due, strict=True)] if due else [[] for _ in range(8)]
    tail = [model.KIND, step, member, office, at, at, model.KIND, *due_columns]
    arrays = _arrays(model, entries)
    with connection.cursor() as cursor:
        if birth:
            cursor.execute(_birth_statement(model), [*arrays, *tail])
        else:
            cursor.execute(_statement(model), [*arrays, *(log or (None, None, None, None, None)), *tail])
        moved, written = cursor.fetchone()
    return Written(moved, written)
