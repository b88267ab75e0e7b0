"""What a round's organiser does while it is open: move its due day, remind, take a line off, end it without outcome.

Order of locks: the round first, then its cases by key. Each act leaves a note with its reason (round_note.py).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.announcing import announce
from services.workflow.commands.concluding import hear
from services.workflow.commands.leading import held_by_organiser, note
from services.workflow.commands.lines import free_lines, strike, wait_at_office
from services.workflow.commands.task_due import close_due, move_due
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.calendar import DueDate, end_of_day, shanghai_date, start_of_day
from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration, NoteKind, RoundNote, RoundTask, SlateLine
from services.workflow.models.round import HUMAN, RoundStatus
from services.workflow.queries.calendar import calendar_from
from services.workflow.rounds.closing import cancel
from services.workflow.rounds.cosigning import extend
from services.workflow.rounds.holding import hold_round

STRUCK = "struck"  # what stands on a line that its organiser took off; the reason is in the round's notes


def extend_round(round_id: int, *, due_on: str, reason: str, by: Any, key: UUID | None) -> Answer:
    """Move the due day of a round and of what is open in it to a later day. Returns {"round", "due_at"}.

    Refused: round.unknown, round.closed, step.not_yours, field.*, round.due_not_later.
    """
    request = {"round": round_id, "due_on": due_on, "reason": reason}
    return run(
        lambda tx: _extend(tx, round_id, due_on, reason), name="extend_round", by=by, key=key, request=request
    )


def _extend(tx: Transaction, round_id: int, due_on: str, reason: str) -> Answer:
    held = held_by_organiser(tx, round_id, "extend_round")
    why, day = f.text({"reason": reason}, "reason"), f.day({"due_on": due_on}, "due_on")
    at = end_of_day(day)
    if at <= tx.at or (held.due_at is not None and at <= held.due_at):
        raise Refused("round.due_not_later")
    known = calendar_from(shanghai_date(tx.at).year).known_until
    round_ = extend(held, DueDate(day, day > known))
    move_due(tx, round_)
    note(tx, round_, NoteKind.EXTENDED, f"{day.isoformat()} {why}")
    announce(tx, round_, "round_task.changed")
    return {"round": round_id, "due_at": at.isoformat()}


def cancel_round(round_id: int, *, reason: str, by: Any, key: UUID | None) -> Answer:
    """End a round without outcome: its open tasks are closed, its lines are free to be tabled again.

    Returns {"round", "freed"}. Refused: round.unknown, round.closed, step.not_yours, field.missing.
    """
    request = {"round": round_id, "reason": reason}
    return run(lambda tx: _cancel(tx, round_id, reason), name="cancel_round", by=by, key=key, request=request)


def _cancel(tx: Transaction, round_id: int, reason: str) -> Answer:
    round_ = held_by_organiser(tx, round_id, "cancel_round")
    why = f.text({"reason": reason}, "reason")
    ended = cancel(round_, reason=why, at=tx.at)
    freed = free_lines(tx, ended.slate) if ended.slate.objection_id is None else []
    if ended.slate.objection_id is not None:
        hear(tx, ended.slate)
    close_due(tx, ended)
    note(tx, ended, NoteKind.CANCELLED, why)
    announce(tx, ended, "round_task.closed")
    return {"round": round_id, "freed": freed}


def strike_line(round_id: int, case_id: int, *, reason: str, by: Any, key: UUID | None) -> Answer:
    """Take one case off the slate with a reason; the rest goes on, the case lies with the organiser again.

    Returns {"round", "case", "round_open"}: without any line left the round ends. Refused: round.unknown,
    round.closed, step.not_yours, field.missing, slate.line_not_open.
    """
    request = {"round": round_id, "case": case_id, "reason": reason}
    return run(
        lambda tx: _strike(tx, round_id, case_id, reason),
        name="strike_line",
        by=by,
        key=key,
        request=request,
    )


def _strike(tx: Transaction, round_id: int, case_id: int, reason: str) -> Answer:
    round_ = held_by_organiser(tx, round_id, "strike_line")
    why = f.text({"reason": reason}, "reason")
    list(Declaration.objects.select_for_update().filter(pk=case_id))
    if not SlateLine.objects.filter(slate=round_.slate_id, case=case_id, open=True).exists():
        raise Refused("slate.line_not_open", case=case_id)
    note(tx, round_, NoteKind.STRUCK, why, case=case_id)
    strike(tx, [case_id], STRUCK)
    wait_at_office([case_id], round_.slate.tabled_by, tx.at)
    announce(tx, round_, "round_task.changed")
    open_still = RoundTask.objects.filter(process=round_, process__status=RoundStatus.OPEN).exists()
    return {"round": round_id, "case": case_id, "round_open": open_still}


def remind(
    round_id: int, *, tasks: Sequence[int] | None = None, text: str = "", by: Any, key: UUID | None
) -> Answer:
    """催办: tell those who have not answered, or those of some tasks, that they are waited for; once a day.

    Returns {"round", "tasks"}. Refused: round.unknown, round.closed, step.not_yours, round.nobody_to_remind,
    round.reminded_today.
    """
    chosen = None if tasks is None else sorted(tasks)
    request = {"round": round_id, "tasks": chosen, "text": text}
    return run(lambda tx: _remind(tx, round_id, chosen, text), name="remind", by=by, key=key, request=request)


def _remind(tx: Transaction, round_id: int, tasks: Sequence[int] | None, text: str) -> Answer:
    round_ = held_by_organiser(tx, round_id, "remind")
    said = f.text({"text": text}, "text", limit=200, required=False)
    waiting = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, status=RoundStatus.OPEN)
    if tasks is not None:
        waiting = waiting.filter(pk__in=tasks)
    if not (found := list(waiting.order_by("pk"))):
        raise Refused("round.nobody_to_remind")
    today = start_of_day(shanghai_date(tx.at))
    reminded = RoundNote.objects.filter(round=round_, kind=NoteKind.REMINDED, at__gte=today)
    before = set(reminded.values_list("task_id", flat=True))
    if not (due := [task for task in found if task.pk not in before]):
        raise Refused("round.reminded_today")
    for task in due:
        note(tx, round_, NoteKind.REMINDED, said, task=task)
    told = announce(tx, round_, "round_task.reminded", only=[task.pk for task in due])
    return {"round": round_id, "tasks": told}


def late_opinion(task_id: int, *, text: str, by: Any, key: UUID | None) -> Answer:
    """Keep what a participant has to say once nothing can be answered any more: a note, which moves nothing.

    Returns {"task", "note"}. Refused: task.unknown, step.not_yours, task.still_open, field.missing.
    """
    request = {"task": task_id, "text": text}
    return run(lambda tx: _late(tx, task_id, text), name="late_opinion", by=by, key=key, request=request)


def _late(tx: Transaction, task_id: int, text: str) -> Answer:
    task = RoundTask.objects.select_related("process").filter(pk=task_id, flow_task_type=HUMAN).first()
    if task is None:
        raise Refused("task.unknown", task=task_id)
    own = (tx.by.role, tx.by.unit_id) == (task.participant_role, task.participant_unit_id)
    if not own or task.assignee_id not in {None, tx.by.member_id}:
        raise Refused("step.not_yours", step="late_opinion")
    said = f.text({"text": text}, "text")
    try:
        hold_round(task.process_id)
    except Refused as refusal:
        if refusal.code != "round.closed":
            raise
    else:
        raise Refused("task.still_open", task=task_id)
    kept = note(tx, task.process, NoteKind.LATE, said, task=task)
    announce(tx, task.process, "round_task.changed")
    return {"task": task_id, "note": kept.pk}
