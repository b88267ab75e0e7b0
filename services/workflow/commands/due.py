"""The sweep of what falls due: any number of workers, each row fired once, those of one case in their order."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, OuterRef

from services.workflow.commands import admission, honours, notices
from services.workflow.commands.advance import Move, advance
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Busy, Transaction, run
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.refused import Refused
from services.workflow.models import Due, Honour

BATCH = 100


def fire_due(*, most: int = BATCH) -> int:
    """Fire up to `most` rows that are due by the database's clock; returns how many were."""
    fired = 0
    while fired < most:
        answer = run(_fire_one, name="fire_due", by=SYSTEM, key=None)
        if not answer["fired"]:
            break
        fired += 1
    return fired


def _fire_one(tx: Transaction) -> Answer:
    """Claim the earliest row that nobody else holds; one that an earlier row of its case precedes has to wait."""
    open_rows = Due.objects.filter(fired_at__isnull=True, cancelled_at__isnull=True, at__lte=tx.at)
    earlier = open_rows.filter(case_id=OuterRef("case_id"), at__lt=OuterRef("at"))
    due = (
        open_rows.exclude(Exists(earlier))
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("at", "id")
        .first()
    )
    if due is None:
        return {"fired": 0}
    due.fired_at = tx.at
    due.save(update_fields=["fired_at"])
    try:
        with transaction.atomic():  # a refusal in the middle of an act takes back what the act has written
            ACTS.get(due.kind, _overdue)(replace(tx, by=SYSTEM), due)
    except Refused as refusal:
        if refusal.code == "overtaken":
            raise Busy from refusal
        # What was true when it was written no longer is; the row says so and is not tried again.
        due.inputs = {**due.inputs, "refused": refusal.code}
        due.save(update_fields=["inputs"])
    return {"fired": due.pk, "kind": due.kind}


def _rereview(tx: Transaction, due: Due) -> None:
    honours.open_rereview(tx, [Move(due.case_id or 0)], "", {"cause": "due"}).only()


def _notice_end(tx: Transaction, due: Due) -> None:
    notices.close(tx, [Move(due.case_id or 0)], "", {}).only()


def _project_notice_end(tx: Transaction, due: Due) -> None:
    admission.conclude(tx, due.case_id or 0)


def _term_end(tx: Transaction, due: Due) -> None:
    advance(tx, Honour, [Move(due.case_id or 0)], "lapse").only()


def _overdue(tx: Transaction, due: Due) -> None:
    """Nothing decides itself: whoever has it is told that the day has passed."""
    topics = [f"case:{due.case_id}"] if due.case_id else []
    if due.task_id is not None and due.task is not None:
        topics.append(f"unit:{due.task.participant_unit_id}")
    tell(tx, "due.passed", topics, case=due.case_id, body={"kind": due.kind, "at": due.at.isoformat()})


ACTS: dict[str, Callable[[Transaction, Due], None]] = {
    "rereview": _rereview,
    "notice_end": _notice_end,
    "term_end": _term_end,
    "project_notice_end": _project_notice_end,
}
