"""加签 / 减签: one body more, or one less, is asked while a round of opinions is open."""

from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.announcing import announce
from services.workflow.commands.concluding import conclude_lines
from services.workflow.commands.leading import is_organiser_of, note, organised
from services.workflow.commands.task_due import close_due, open_due
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import NoteKind, Office, Round, RoundTask
from services.workflow.models.round import HUMAN, RoundStatus
from services.workflow.queries.cosigners import ASKABLE, seats_free
from services.workflow.rounds.cosigning import add_participant, remove_participant
from services.workflow.rounds.holding import hold_round
from services.workflow.rounds.participants import Participant

FIXED: dict[str, str] = {Mode.VOTE: "round.not_for_vote", Mode.SCORING: "round.scorer_fixed"}


def add_cosigner(round_id: int, *, unit: int, role: str, reason: str, by: Any, key: UUID | None) -> Answer:
    """Ask one body more; by the organiser, or by a participant who has not answered yet.

    Returns {"round", "task"}. Refused: round.unknown, round.closed, step.not_yours, round.not_for_vote,
    round.scorer_fixed, round.asked_twice, round.nobody_asked (nobody holds that office), field.*.
    """
    request = {"round": round_id, "unit": unit, "role": role, "reason": reason}
    return run(
        lambda tx: _add(tx, round_id, unit, role, reason),
        name="add_cosigner",
        by=by,
        key=key,
        request=request,
    )


def _add(tx: Transaction, round_id: int, unit: int, role: str, reason: str) -> Answer:
    found = (
        Round.objects.select_related("slate__tabled_by", "slate__edition", "slate__objection__declaration")
        .filter(pk=round_id)
        .first()
    )
    if found is None:
        raise Refused("round.unknown", round=round_id)
    asked_of_cases = found.slate.objection_id is None and _is_asked(tx, found)
    if not is_organiser_of(tx, found) and not asked_of_cases:
        raise Refused("step.not_yours", step="add_cosigner")
    _require_flexible(found)
    why = f.text({"reason": reason}, "reason")
    f.choice({"role": role}, "role", tuple(map(str, ASKABLE)))
    held = hold_round(round_id)
    seats = Office.objects.filter(unit=unit, role=role, until__isnull=True, member__is_active=True)
    if not seats.filter(unit__district=found.slate.edition.district_id).exists():
        raise Refused("round.nobody_asked")
    if found.slate.objection_id is not None and (unit, role) not in seats_free(found, tx.at):
        raise Refused("objection.body_judged", field="body", body=unit)
    task = add_participant(held, Participant(unit, role))
    open_due(tx, held, only=[task.pk])
    note(tx, held, NoteKind.ADDED, why, task=task)
    announce(tx, held, "round_task.opened", only=[task.pk])
    announce(tx, held, "round_task.changed")
    return {"round": round_id, "task": task.pk}


def remove_cosigner(task_id: int, *, reason: str, by: Any, key: UUID | None) -> Answer:
    """Take a body out that has not answered; where the others all have, the round ends with it.

    Returns {"round", "task", "round_open", "moved"}. Refused: task.unknown, round.closed, step.not_yours,
    round.answered, round.last_participant, round.not_for_vote, round.scorer_fixed, field.missing.
    """
    request = {"task": task_id, "reason": reason}
    return run(
        lambda tx: _remove(tx, task_id, reason), name="remove_cosigner", by=by, key=key, request=request
    )


def _remove(tx: Transaction, task_id: int, reason: str) -> Answer:
    seen = RoundTask.objects.filter(pk=task_id, flow_task_type=HUMAN).first()
    if seen is None:
        raise Refused("task.unknown", task=task_id)
    _require_flexible(organised(tx, seen.process_id, "remove_cosigner"))
    why = f.text({"reason": reason}, "reason")
    try:
        task = remove_participant(task_id, at=tx.at, by=tx.by)
    except Refused as refusal:
        if refusal.code == "task.overtaken":
            raise Refused("round.answered", task=task_id) from refusal
        raise
    round_ = Round.objects.select_related("slate__tabled_by").get(pk=task.process_id)
    moved = [] if round_.is_open else conclude_lines(tx, round_)
    close_due(tx, round_)
    note(tx, round_, NoteKind.REMOVED, why, task=task)
    announce(tx, round_, "round_task.changed" if round_.is_open else "round_task.closed")
    return {"round": round_.pk, "task": task_id, "round_open": round_.is_open, "moved": moved}


def _require_flexible(round_: Round) -> None:
    if refusal := FIXED.get(round_.mode):
        raise Refused(refusal)


def _is_asked(tx: Transaction, round_: Round) -> bool:
    return RoundTask.objects.filter(
        process=round_,
        flow_task_type=HUMAN,
        status=RoundStatus.OPEN,
        participant_role=tx.by.role,
        participant_unit=tx.by.unit_id,
    ).exists()
