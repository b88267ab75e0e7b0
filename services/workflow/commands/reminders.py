"""Before a day, on it and after it: whoever has the work is reminded, then told; its head hears of what stays undone.

Nothing here decides anything. Rows of work that was answered are cancelled with the answer (commands/writing.py,
commands/task_due.py), so what fires still waits; a clock that stands still reminds nobody.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from services.workflow.commands.signals import Told, tell_many
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.reminding import escalation_of
from services.workflow.models import Due, SideAct
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.having import Holder, heads_of, holders_of

NOTHING_REFUSED: Mapping[int, Refused] = {}


def remind(tx: Transaction, rows: Sequence[Due]) -> Mapping[int, Refused]:
    """The day comes near. Where it has passed meanwhile, the day itself is told and this is not."""
    holders = holders_of(rows)
    told = []
    for row in rows:
        holder = holders.get(row.pk)
        if holder is not None and datetime.fromisoformat(str(row.inputs["due"])) > tx.at:
            body = {"kind": row.kind, "at": row.inputs["due"]}
            told.append(Told("due.near", [*_case_topic(row), *holder.topics], row.case_id, body))
    tell_many(tx, told)
    return NOTHING_REFUSED


def overdue(tx: Transaction, rows: Sequence[Due]) -> Mapping[int, Refused]:
    """Whoever has it is told that the day has passed; when its head is to hear of it is written down."""
    holders = holders_of(rows)
    told: list[Told] = []
    later: list[dict[str, Any]] = []
    calendar = calendar_from(shanghai_date(tx.at).year)
    for row in rows:
        holder = holders.get(row.pk)
        topics = [*_case_topic(row), *(holder.topics if holder else [])]
        told.append(Told("due.passed", topics, row.case_id, {"kind": row.kind, "at": row.at.isoformat()}))
        after = escalation_of(row.kind, row.at, calendar)
        if after is not None and holder is not None:
            later.append({**vars(after), "at": after.at.isoformat(), "after": row.pk})
    tell_many(tx, told)
    _open_after(later)
    return NOTHING_REFUSED


# Of the same case or task and version; with the same n, for a round that was extended passes its day again.
AFTER = """
INSERT INTO due (kind, n, case_id, case_kind, task_id, leg, version, at, inputs, provisional)
SELECT l.kind, d.n, d.case_id, d.case_kind, d.task_id, d.leg, d.version, l.at, l.inputs, l.provisional
  FROM json_to_recordset(%s::json) AS l(after bigint, kind text, at timestamptz, inputs jsonb, provisional boolean)
  JOIN due d ON d.id = l.after
"""


def _open_after(later: Sequence[Mapping[str, Any]]) -> None:
    """What falls due after rows that have fired, in one statement."""
    if later:
        with connection.cursor() as cursor:
            cursor.execute(AFTER, [json.dumps(later)])


def escalate(tx: Transaction, rows: Sequence[Due]) -> Mapping[int, Refused]:
    """督办: the heads of the body that has it are told, and whoever organises the work; it enters the timeline.

    In a clearance whose rule is only to remind, the silent ones are reminded once more instead.
    """
    holders = holders_of(rows)
    heads = heads_of(holders.values())
    waiting = [
        (row, holders[row.pk]) for row in rows if row.pk in holders and not holders[row.pk].reminded_only
    ]
    again = [(row, holders[row.pk]) for row in rows if row.pk in holders and holders[row.pk].reminded_only]
    passed = [(row, holder.topics, {"kind": row.kind, "at": row.inputs["due"]}) for row, holder in again]
    tell_many(tx, [Told("due.passed", topics, row.case_id, body) for row, topics, body in passed])
    tell_many(tx, [_escalated(row, holder, heads.get(holder.unit_id, [])) for row, holder in waiting])
    SideAct.objects.bulk_create(
        SideAct(
            kind="escalate",
            case_id=row.case_id,
            case_kind=row.case_kind,
            task_id=row.task_id,
            to_member_id=head,
            at=tx.at,
        )
        for row, holder in waiting
        for head in heads.get(holder.unit_id) or [None]  # type: ignore[list-item]  # nobody heads it
    )
    return NOTHING_REFUSED


def _escalated(row: Due, holder: Holder, heads: Sequence[int]) -> Told:
    topics = [*_case_topic(row), *(f"user:{head}" for head in heads)]
    if holder.organiser_unit_id is not None:
        topics.append(f"unit:{holder.organiser_unit_id}")
    if holder.asked_by is not None:
        topics.append(f"user:{holder.asked_by}")
    body: dict[str, Any] = {"kind": row.kind, "at": row.inputs["due"]}
    if holder.round_id is not None:
        body["round"] = holder.round_id
    return Told("due.escalated", topics, row.case_id, body)


def _case_topic(row: Due) -> list[str]:
    return [f"case:{row.case_id}"] if row.case_id else []
