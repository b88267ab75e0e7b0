"""The two ways in which a round ends other than by its last answer."""

from datetime import datetime

from services.workflow.domain.actor import Actor
from services.workflow.models.round import HUMAN, Round, RoundStatus, RoundTask
from services.workflow.rounds.answering import complete
from services.workflow.rounds.holding import hold_round
from services.workflow.rounds.rule import RoundRule, Standing


def conclude(round_: Round, *, at: datetime, by: Actor) -> Round:
    """Close a round by its organiser, or by the system where it fell due.

    Open tasks are cancelled, their participants named in the outcome as silent. Refused: `round.closed`;
    `round.not_quorate` (a vote); `round.unanswered` (answers that the rule cannot do without).
    """
    held = hold_round(round_.pk)
    overdue = held.due_at is not None and at >= held.due_at
    RoundRule.read(held.rule).require_closable(str(held.mode), standing(held), overdue=overdue)
    task = RoundTask.objects.get(process=held, flow_task=held.flow_class.closing, status=RoundStatus.OPEN)
    task.process = held
    task.decided_by_id = by.office_id
    task.decided_at = at
    complete(task)
    return held


def cancel(round_: Round, *, reason: str, at: datetime) -> Round:
    """End a round without an outcome and close its open tasks. Refused: `round.closed`."""
    held = hold_round(round_.pk)
    held.closed_at = at
    held.outcome = {"cancelled": reason}
    held.flow_class.instance.cancel(held)
    return held


def concluded(round_id: int) -> bool:
    """Whether the round came to its outcome; a cancelled one did not."""
    return Round.objects.filter(pk=round_id, status=RoundStatus.DONE).exists()


def standing(round_: Round) -> Standing:
    """How many were asked and what they have said so far."""
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
    return Standing.of(tasks.values_list("verdict", flat=True))
