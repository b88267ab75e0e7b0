"""Due work of round tasks: opened with the round, closed with the answer or the round."""

from collections.abc import Sequence

from django.db.models import F, Max, QuerySet

from services.workflow.commands.transaction import Transaction
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.placing import DueWork
from services.workflow.domain.reminding import ESCALATION, REMINDER, reminder_of
from services.workflow.models import Due, Round
from services.workflow.models.round import HUMAN, RoundStatus, RoundTask
from services.workflow.queries.calendar import calendar_from


def open_due(tx: Transaction, round_: Round, *, only: Sequence[int] | None = None) -> None:
    """The day and the reminder before it, for each open task of a round that has a due day, or for those `only`."""
    if round_.due_at is None:
        return
    day = DueWork("task", round_.due_at, round_.due_provisional, inputs={"from": tx.at.isoformat()})
    today = shanghai_date(tx.at)
    reminder = reminder_of(day, today, calendar_from(today.year))
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, status=RoundStatus.OPEN)
    if only is not None:
        tasks = tasks.filter(pk__in=only)
    Due.objects.bulk_create(
        Due(
            kind=due.kind,
            task=task,
            version=task.version,
            at=due.at,
            provisional=due.provisional,
            inputs=due.inputs,
        )
        for task in tasks
        for due in ((day,) if reminder is None else (day, reminder))
    )


def close_due(tx: Transaction, round_: Round) -> None:
    """Nothing is due any more of tasks that are not open."""
    closed = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN).exclude(status=RoundStatus.OPEN)
    Due.objects.filter(task__in=closed, fired_at__isnull=True, cancelled_at__isnull=True).update(
        cancelled_at=tx.at
    )


def _move_around(tx: Transaction, round_: Round, tasks: QuerySet[RoundTask]) -> None:
    """The reminder still to come moves along; nobody's head is told any more of the day that was given up."""
    to_come = Due.objects.filter(task__in=tasks, fired_at__isnull=True, cancelled_at__isnull=True)
    to_come.filter(kind=ESCALATION).update(cancelled_at=tx.at)
    day = DueWork("task", round_.due_at or tx.at, round_.due_provisional)
    today = shanghai_date(tx.at)
    reminder = reminder_of(day, today, calendar_from(today.year))
    if reminder is None:
        to_come.filter(kind=REMINDER).update(cancelled_at=tx.at)
    else:
        to_come.filter(kind=REMINDER).update(at=reminder.at, inputs=reminder.inputs)


def move_due(tx: Transaction, round_: Round) -> None:
    """What is due of open tasks is due on the round's new day; what had fired already is due once more."""
    if round_.due_at is None:
        return
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, status=RoundStatus.OPEN)
    _move_around(tx, round_, tasks)
    rows = Due.objects.filter(
        kind="task", task__in=tasks, version=F("task__version"), cancelled_at__isnull=True
    )
    rows.filter(fired_at__isnull=True).update(at=round_.due_at, provisional=round_.due_provisional)
    waiting = set(rows.filter(fired_at__isnull=True).values_list("task_id", flat=True))
    last = dict(
        Due.objects.filter(kind="task", task__in=tasks, version=F("task__version"))
        .values_list("task")
        .annotate(last=Max("n"))
    )
    Due.objects.bulk_create(
        Due(
            kind="task",
            n=last.get(task.pk, 0) + 1,
            task=task,
            version=task.version,
            at=round_.due_at,
            provisional=round_.due_provisional,
            inputs={"from": tx.at.isoformat()},
        )
        for task in tasks
        if task.pk not in waiting
    )
