"""Ask one body more, or one less, while a round is open (加签 / 减签), and move its due day."""

from datetime import datetime

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import DueDate, end_of_day
from services.workflow.domain.refused import Refused
from services.workflow.models.round import HUMAN, Round, RoundStatus, RoundTask
from services.workflow.rounds.closing import conclude, standing
from services.workflow.rounds.holding import hold_round, hold_task
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import RoundRule


def add_participant(round_: Round, participant: Participant) -> RoundTask:
    """Ask one more participant. Refused: `round.closed`; `round.asked_twice`."""
    held = hold_round(round_.pk)
    asked = RoundTask.objects.filter(
        process=held,
        flow_task_type=HUMAN,
        removed_at__isnull=True,
        participant_unit_id=participant.unit_id,
        participant_role=participant.role,
    )
    if participant.member_id is not None:
        asked = asked.filter(assignee_id=participant.member_id)
    if asked.exists():
        raise Refused("round.asked_twice")
    task = RoundTask.objects.get(process=held, flow_task=held.flow_class.ask)
    task.process = held
    added: list[RoundTask] = task.flow_task.activation_class(task).ask([participant])
    return added[0]


def remove_participant(task_id: int, *, at: datetime, by: Actor) -> RoundTask:
    """Take a participant out who has not answered; where the others all have, the round closes with it.

    Refused: as `hold_task`; `round.last_participant` where nobody would be left: cancel the round instead.
    """
    task = hold_task(task_id)
    if standing(task.process).asked == 1:
        raise Refused("round.last_participant")
    task.removed_at = at
    task.flow_task.activation_class(task).cancel()
    if RoundRule.read(task.process.rule).ends(standing(task.process)):
        task.process = conclude(task.process, at=at, by=by)
    return task


def extend(round_: Round, due: DueDate) -> Round:
    """Move the due day of a round and of its open tasks. Refused: `round.closed`."""
    held = hold_round(round_.pk)
    held.due_at, held.due_provisional = end_of_day(due.date), due.provisional
    held.save(update_fields=["due_at", "due_provisional"])
    open_tasks = RoundTask.objects.filter(process=held, flow_task_type=HUMAN, status=RoundStatus.OPEN)
    open_tasks.update(due_at=held.due_at, due_provisional=held.due_provisional)
    return held
