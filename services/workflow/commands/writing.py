"""The one statement: it writes place, ledger, due work and the answer of a step, or nothing of them.

The entries go in one JSON text, so one case and ten thousand take the same statement, and PostgreSQL keeps its plan.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from services.workflow.domain.placing import DueWork
from services.workflow.models.case import Case
from services.workflow.queries.prepared import fetch

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
    due: Sequence[DueWork] = ()
    rearmed: bool = False
    # Who had claimed it when it was read: a claim that came between is no step, and would not show in the version.
    held_by: int | None = None


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


FIXED = (
    ("case_id", "bigint"), ("seq", "int"), ("source", "text"), ("source_leg", "smallint"), ("target", "text"),
    ("leg", "smallint"), ("hash", "text"), ("previous", "text"), ("reason_digest", "text"), ("salt", "text"),
    ("text", "text"), ("topics", "text[]"), ("public", "jsonb"), ("rearmed", "boolean"), ("due", "json"),
    ("held_by", "bigint"),
)  # fmt: skip


STATEMENT = """
WITH step AS MATERIALIZED (
  SELECT %(step)s::text AS step, %(actor)s::bigint AS actor, %(office)s::bigint AS office, %(at)s::timestamptz AS at
), input AS MATERIALIZED (
  SELECT i.*, row_number() OVER () AS ordinal FROM json_to_recordset(%(entries)s::json) AS i({columns})
), log AS (
  INSERT INTO command_log (key, actor_id, request_hash, answer, at)
  SELECT %(key)s::uuid, step.actor, %(hash)s::text, %(answer)s::jsonb, step.at
    FROM step WHERE %(key)s::uuid IS NOT NULL
), moved AS ({moved}), entries AS (
  INSERT INTO ledger (id, case_id, kind, seq, source, target, leg, step, actor_id, office_id, at,
                      reason_digest, previous, hash, topics, public)
  SELECT nextval('feed_id_seq'), i.case_id, '{kind}', i.seq, i.source, i.target, i.leg, step.step, step.actor,
         step.office, step.at, i.reason_digest, i.previous, i.hash, i.topics, i.public
    FROM input i JOIN moved m ON m.id = i.case_id, step ORDER BY i.ordinal
  RETURNING id, case_id
), texts AS (
  INSERT INTO ledger_text (entry_id, salt, text)
  SELECT e.id, i.salt, i.text FROM entries e JOIN input i USING (case_id) WHERE i.text <> ''
), closed AS (
  UPDATE due SET cancelled_at = step.at FROM input i, step
   WHERE due.case_id = i.case_id AND i.rearmed AND due.fired_at IS NULL AND due.cancelled_at IS NULL
), opened AS (
  INSERT INTO due (kind, n, case_id, case_kind, leg, version, at, inputs, provisional)
  SELECT d.kind, d.n, i.case_id, '{kind}', i.leg, i.seq, d.at, d.inputs, d.provisional
    FROM input i JOIN moved m ON m.id = i.case_id,
         json_to_recordset(i.due) AS d(kind text, n smallint, at timestamptz, inputs jsonb, provisional boolean)
)
SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM entries)
"""
MOVED = """
  UPDATE {table} c SET {place} = i.target, leg = i.leg, version = i.seq,
         last_xid = pg_current_xact_id(), {sets}
    FROM input i
   WHERE c.id = i.case_id AND c.{place} = i.source AND c.leg IS NOT DISTINCT FROM i.source_leg
     AND c.version = i.seq - 1 AND c.assignee_id IS NOT DISTINCT FROM i.held_by
     AND c.last_xid <= pg_current_xact_id()
  RETURNING c.id
"""
BORN = "SELECT case_id AS id FROM input"  # inserted just now: no row is moved, the first entry is written


@cache
def _statement(model: type[Case], *, birth: bool) -> str:
    named = _columns(model)
    moved = MOVED.format(
        table=f'"{model._meta.db_table}"',
        place=model.FIELD,
        sets=", ".join(f"{name} = i.{name}" for name, _ in named),
    )
    columns = ", ".join(f"{name} {kind}" for name, kind in (*FIXED, *named))
    return STATEMENT.format(kind=model.KIND, columns=columns, moved=BORN if birth else moved)


def _told(model: type[Case], entry: Entry) -> dict[str, Any]:
    case = entry.case
    told = {name: getattr(case, name) for name, _ in _columns(model)}
    return told | {
        "case_id": case.pk,
        "seq": entry.seq,
        "source": entry.source,
        "source_leg": entry.source_leg,
        "target": entry.target,
        "leg": case.leg,
        "hash": entry.hash,
        "previous": entry.previous,
        "reason_digest": entry.reason_digest,
        "salt": entry.salt,
        "text": entry.text,
        "topics": entry.topics,
        "public": entry.public,
        "rearmed": entry.rearmed,
        "due": [vars(due) for due in entry.due],
        "held_by": entry.held_by,
    }


def write(
    model: type[Case],
    entries: Sequence[Entry],
    step: str,
    *,
    log: dict[str, Any] | None,
    by: tuple[int | None, int | None, Any],
    birth: bool = False,
) -> Written:
    """Write the entries of one step; `log` {key, hash, answer} is None at a birth, `by` is (member, office, moment)."""
    member, office, at = by
    kept = {"key": str(log["key"]), "hash": log["hash"], "answer": _text(log["answer"])} if log else NOT_KEPT
    told = _text([_told(model, entry) for entry in entries])
    said = {"step": step, "actor": member, "office": office, "at": at, "entries": told, **kept}
    [(moved, written)] = fetch(_statement(model, birth=birth), said)
    return Written(moved, written)


def _plain(value: Any) -> Any:
    """Moments to the microsecond, which Django's own encoder cuts off."""
    return value.isoformat() if isinstance(value, datetime) else DjangoJSONEncoder().default(value)


_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain).encode
NOT_KEPT = {"key": None, "hash": None, "answer": None}
