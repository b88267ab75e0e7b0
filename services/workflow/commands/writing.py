"""The one statement: it writes place, ledger, due work and the answer of a step, or nothing of them.

What the cases have in common goes in one JSON text, what is each one's own in lists, so one case and ten thousand
take the same statement, and PostgreSQL keeps its plan.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
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
    # How many had recused themselves by then: whoever acts may be one of them since.
    recusals: int = 0


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


# What many cases of one step have in common: where they come from and go to, and what falls due there.
SHAPE = (
    ("source", "text"), ("source_leg", "smallint"), ("target", "text"), ("leg", "smallint"), ("text", "text"),
    ("public", "jsonb"), ("rearmed", "boolean"), ("held_by", "bigint"), ("recusals", "smallint"),
)  # fmt: skip


STATEMENT = """
WITH step AS MATERIALIZED (
  SELECT %(step)s::text AS step, %(actor)s::bigint AS actor, %(office)s::bigint AS office, %(at)s::timestamptz AS at
), shape AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%(shapes)s::json) AS s(shape int, {columns})
), input AS MATERIALIZED (
  SELECT * FROM unnest(%(cases)s::bigint[], %(seqs)s::int[], %(shape_of)s::int[], %(hashes)s::text[],
                       %(previous)s::text[], %(digests)s::text[], %(salts)s::text[], %(topics)s::text[])
         WITH ORDINALITY AS i(case_id, seq, shape, hash, previous, reason_digest, salt, topics, ordinal)
), log AS (
  INSERT INTO command_log (key, actor_id, request_hash, answer, at)
  SELECT %(key)s::uuid, step.actor, %(hash)s::text, %(answer)s::jsonb, step.at
    FROM step WHERE %(key)s::uuid IS NOT NULL
), moved AS ({moved}), whole AS MATERIALIZED (
  SELECT (SELECT count(*) FROM moved) = (SELECT count(*) FROM input) AS are
), entered AS MATERIALIZED (
  SELECT nextval('feed_id_seq') AS id, i.* FROM (
    SELECT * FROM input JOIN shape USING (shape) WHERE (SELECT are FROM whole) ORDER BY ordinal) AS i
), entries AS (
  INSERT INTO ledger (id, case_id, kind, seq, source, target, leg, step, actor_id, office_id, at,
                      reason_digest, previous, hash, topics, public)
  SELECT i.id, i.case_id, '{kind}', i.seq, i.source, i.target, i.leg, step.step, step.actor,
         step.office, step.at, i.reason_digest, i.previous, i.hash, i.topics::text[], i.public
    FROM entered i, step
  RETURNING 1
), texts AS (
  INSERT INTO ledger_text (entry_id, salt, text) SELECT id, salt, text FROM entered WHERE text <> ''
), closed AS (
  UPDATE due SET cancelled_at = step.at FROM entered i, step
   WHERE due.case_id = i.case_id AND i.rearmed AND due.fired_at IS NULL AND due.cancelled_at IS NULL
), opened AS (
  INSERT INTO due (kind, n, case_id, case_kind, leg, version, at, inputs, provisional)
  SELECT d.kind, d.n, w.case_id, '{kind}', d.leg, w.seq, d.at, d.inputs, d.provisional
    FROM unnest(%(due_cases)s::bigint[], %(due_seqs)s::int[], %(due_of)s::int[]) AS w(case_id, seq, due)
    JOIN json_to_recordset(%(dues)s::json)
         AS d(due int, leg smallint, kind text, n smallint, at timestamptz, inputs jsonb, provisional boolean)
   USING (due) WHERE (SELECT are FROM whole)
)
SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM entries)
"""
MOVED = """
  UPDATE {table} c SET {place} = s.target, leg = s.leg, version = i.seq,
         last_xid = pg_current_xact_id(), {sets}
    FROM input i JOIN shape s USING (shape)
   WHERE c.id = i.case_id AND c.{place} = s.source AND c.leg IS NOT DISTINCT FROM s.source_leg
     AND c.version = i.seq - 1 AND c.assignee_id IS NOT DISTINCT FROM s.held_by
     AND c.recusals = s.recusals AND c.last_xid <= pg_current_xact_id()
  RETURNING 1
"""
BORN = "SELECT 1 FROM input"  # inserted just now: no row is moved, the first entry is written


@cache
def _statement(model: type[Case], *, birth: bool) -> str:
    named = _columns(model)
    moved = MOVED.format(
        table=f'"{model._meta.db_table}"',
        place=model.FIELD,
        sets=", ".join(f"{name} = s.{name}" for name, _ in named),
    )
    columns = ", ".join(f"{name} {kind}" for name, kind in (*SHAPE, *named))
    return STATEMENT.format(kind=model.KIND, columns=columns, moved=BORN if birth else moved)


class Shapes:
    """Entries as the statement takes them: what they have in common once, their own in lists of one order.

    Ten thousand cases that go the same way are one shape; cases that differ in all they carry are one each.
    """

    def __init__(self, model: type[Case], entries: Sequence[Entry]) -> None:
        names = tuple(name for name, _ in _columns(model))
        self._carried = attrgetter(*names)
        self._names = (
            "source", "source_leg", "target", "rearmed", "text", "held_by", "recusals", "leg", *names
        )  # fmt: skip
        self._shapes: dict[Any, int] = {}
        self._dues: dict[tuple[int, int | None], int] = {}
        self.shapes: list[dict[str, Any]] = []
        self.dues: list[dict[str, Any]] = []
        self.due_of: list[tuple[int, int, int]] = []
        self.shape_of = [self._shape_of(entry) for entry in entries]
        for entry in entries:
            for due in entry.due:
                self.due_of.append((entry.case.id, entry.seq, self._due(due, entry.case.leg)))

    def _shape_of(self, entry: Entry) -> int:
        case = entry.case
        own = (
            entry.source, entry.source_leg, entry.target, entry.rearmed, entry.text, entry.held_by, entry.recusals,
            case.leg,
            *[tuple(value) if isinstance(value, list) else value for value in self._carried(case)],
        )  # fmt: skip
        found = self._shapes.get(own) if entry.public is None else None
        if found is None:
            found = len(self.shapes)
            self.shapes.append(
                {**dict(zip(self._names, own, strict=True)), "public": entry.public, "shape": found}
            )
            if entry.public is None:
                self._shapes[own] = found
        return found

    def _due(self, due: DueWork, leg: int | None) -> int:
        found = self._dues.get((id(due), leg))
        if found is None:
            found = self._dues[id(due), leg] = len(self.dues)
            self.dues.append({**vars(due), "due": found, "leg": leg})
        return found


def _array(values: Iterable[object]) -> str:
    """A list as PostgreSQL reads it; for numbers and for text without quotes and backslashes."""
    return "{" + ",".join(map(str, values)) + "}"


def _texts(values: Iterable[str]) -> str:
    inner = '","'.join(values)
    return '{"' + inner + '"}'


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
    told = Shapes(model, entries)
    due_of: Iterable[Any] = zip(*told.due_of, strict=True) if told.due_of else ((), (), ())
    due_cases, due_seqs, dues = due_of
    said = {
        "step": step, "actor": member, "office": office, "at": at, **kept,
        "shapes": _text(told.shapes), "shape_of": _array(told.shape_of),
        "cases": _array(e.case.id for e in entries), "seqs": _array(e.seq for e in entries),
        "hashes": _texts(e.hash for e in entries), "previous": _texts(e.previous for e in entries),
        "digests": _texts(e.reason_digest for e in entries), "salts": _texts(e.salt for e in entries),
        "topics": _texts(_array(e.topics) for e in entries),
        "dues": _text(told.dues), "due_of": _array(dues),
        "due_cases": _array(due_cases), "due_seqs": _array(due_seqs),
    }  # fmt: skip
    [(moved, written)] = fetch(_statement(model, birth=birth), said)
    return Written(moved, written)


def _plain(value: Any) -> Any:
    """Moments to the microsecond, which Django's own encoder cuts off."""
    return value.isoformat() if isinstance(value, datetime) else DjangoJSONEncoder().default(value)


_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain).encode
NOT_KEPT = {"key": None, "hash": None, "answer": None}
