"""Due work of round tasks: opened with the round, closed with the answer or the round."""

from services.workflow.commands.transaction import Transaction
from services.workflow.models import Due, Round
from services.workflow.models.round import HUMAN, RoundStatus, RoundTask


def open_due(tx: Transaction, round_: Round) -> None:
    """One row for each open task of a round that has a due day."""
    if round_.due_at is None:
        return
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, status=RoundStatus.OPEN)
    Due.objects.bulk_create(
        Due(
            kind="task",
            task=task,
            version=task.version,
            at=round_.due_at,
            provisional=round_.due_provisional,
            inputs={"from": tx.at.isoformat()},
        )
        for task in tasks
    )


def close_due(tx: Transaction, round_: Round) -> None:
    """Nothing is due any more of tasks that are not open."""
    closed = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN).exclude(status=RoundStatus.OPEN)
    Due.objects.filter(task__in=closed, fired_at__isnull=True, cancelled_at__isnull=True).update(
        cancelled_at=tx.at
    )
