"""The sweep of what falls due: any number of workers, each row fired once, those of one case in their order.

What falls due together is done together, by the one path for many cases.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from services.workflow.commands import admission, honours, notices, reminders
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.silence import deem_silence
from services.workflow.commands.transaction import Answer, Busy, Transaction, run
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.placing import TAKE_DOWN
from services.workflow.domain.refused import Refused
from services.workflow.domain.reminding import ESCALATION, REMINDER
from services.workflow.models import Due, Honour, Notice, RoundTask

BATCH = 500
Refusals = Mapping[int, Refused]


def fire_due(*, most: int = BATCH) -> int:
    """Fire up to `most` rows that are due by the database's clock; returns how many were."""
    fired = 0
    while fired < most:
        work = partial(_fire, most=min(most - fired, BATCH))
        answer = run(work, name="fire_due", by=SYSTEM, key=None)
        if not answer["fired"]:
            break
        fired += answer["fired"]
    return fired


def _fire(tx: Transaction, *, most: int) -> Answer:
    rows = _claim(tx, most)
    if not rows:
        return {"fired": 0}
    Due.objects.filter(pk__in=[row.pk for row in rows]).update(fired_at=tx.at)
    noted = _act(replace(tx, by=SYSTEM), rows)
    # What was true when it was written no longer is; the row says so and is not tried again.
    for row in rows:
        if row.pk in noted:
            row.inputs = {**row.inputs, "refused": noted[row.pk].code}
    Due.objects.bulk_update([row for row in rows if row.pk in noted], ["inputs"])
    return {"fired": len(rows), "kind": rows[0].kind}


def _claim(tx: Transaction, most: int) -> list[Due]:
    """The earliest row that nobody else holds, and with it others of its kind where they are done together."""
    first = _open(tx).first()
    if first is None or first.kind not in TOGETHER:
        return [first] if first else []
    alike = _open(tx).filter(kind=first.kind).exclude(pk=first.pk)
    return [first, *alike[: most - 1]]


def _open(tx: Transaction) -> QuerySet[Due]:
    """Due, and preceded by no other row of its case; such a one has to wait, so no case is there twice.

    The earliest is looked up for each row: as a join, ten thousand rows that nobody has counted yet take minutes.
    """
    due = Due.objects.filter(fired_at__isnull=True, cancelled_at__isnull=True, at__lte=tx.at)
    earliest = due.filter(case_id=OuterRef("case_id")).order_by("at", "pk").values("pk")[:1]
    free = due.filter(Q(case_id__isnull=True) | Q(pk=Subquery(earliest)))
    return free.select_for_update(skip_locked=True, of=("self",)).order_by("at", "id")


def _act(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    """Do what the rows ask for; {row: why not} of those that are refused, who leave nothing behind."""
    try:
        with transaction.atomic():  # a refusal in the middle of an act takes back what the act has written
            return ACTS.get(rows[0].kind, reminders.overdue)(tx, rows)
    except Refused as refusal:
        if refusal.code == "overtaken":
            raise Busy from refusal
        if len(rows) == 1:
            return {rows[0].pk: refusal}
    return {pk: refusal for row in rows for pk, refusal in _act(tx, [row]).items()}


def _moves(rows: Sequence[Due]) -> list[Move]:
    return [Move(row.case_id or 0) for row in rows]


def _refused(rows: Sequence[Due], outcome: Outcome) -> Refusals:
    by_case = {row.case_id: row.pk for row in rows}
    return {by_case[each.case]: each.refusal for each in outcome.refused}


def _rereview(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    return _refused(rows, honours.open_rereview(tx, _moves(rows), "", {"cause": "due"}))


def _notice_end(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    return _refused(rows, notices.close(tx, _moves(rows), "", {}))


def _take_down(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    return _refused(rows, advance(tx, Notice, _moves(rows), "take_down"))


def _project_notice_end(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    for row in rows:
        admission.conclude(tx, row.case_id or 0)
    return {}


def _term_end(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    return _refused(rows, advance(tx, Honour, _moves(rows), "lapse"))


def _task(tx: Transaction, rows: Sequence[Due]) -> Refusals:
    """Those who are asked are told; where silence is an answer, their round ends with it."""
    told = reminders.overdue(tx, rows)
    tasks = RoundTask.objects.filter(pk__in=[row.task_id for row in rows])
    deem_silence(tx, set(tasks.values_list("process_id", flat=True)))
    return told


ACTS: dict[str, Callable[[Transaction, Sequence[Due]], Refusals]] = {
    "task": _task,
    "rereview": _rereview,
    "notice_end": _notice_end,
    "term_end": _term_end,
    TAKE_DOWN: _take_down,
    "project_notice_end": _project_notice_end,
    REMINDER: reminders.remind,
    ESCALATION: reminders.escalate,
}
# A notice's end moves every case on its list: one of them is a transaction of its own.
TOGETHER = frozenset({"leg", "task", "deadline", "rereview", "term_end", TAKE_DOWN, REMINDER, ESCALATION})
