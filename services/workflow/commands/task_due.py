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


def move_due(tx: Transaction, round_: Round) -> None:
    """What is due of open tasks is due on the round's new day, with a reminder before it; what fired comes once more.

    Nobody's head is told any more of the day that was given up.
    """
    if round_.due_at is None:
        return
    tasks = list(RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, status=RoundStatus.OPEN))
    day = DueWork("task", round_.due_at, round_.due_provisional, inputs={"from": tx.at.isoformat()})
    today = shanghai_date(tx.at)
    reminder = reminder_of(day, today, calendar_from(today.year))
    _move(tasks, day)
    given_up = {ESCALATION}
    if reminder is None:
        given_up.add(REMINDER)
    else:
        _move(tasks, reminder)
    _to_come(tasks).filter(kind__in=given_up).update(cancelled_at=tx.at)


def _to_come(tasks: Sequence[RoundTask]) -> QuerySet[Due]:
    return Due.objects.filter(task__in=tasks, fired_at__isnull=True, cancelled_at__isnull=True)


def _move(tasks: Sequence[RoundTask], due: DueWork) -> None:
    """One kind of due work to its new moment, each task once."""
    rows = _to_come(tasks).filter(kind=due.kind, version=F("task__version"))
    rows.update(at=due.at, provisional=due.provisional, inputs=due.inputs)
    waiting = set(rows.values_list("task_id", flat=True))
    earlier = Due.objects.filter(kind=due.kind, task__in=tasks, version=F("task__version"))
    last = dict(earlier.values_list("task").annotate(last=Max("n")))
    Due.objects.bulk_create(
        Due(
            kind=due.kind,
            n=last.get(task.pk, 0) + 1,
            task=task,
            version=task.version,
            at=due.at,
            provisional=due.provisional,
            inputs=due.inputs,
        )
        for task in tasks
        if task.pk not in waiting
    )
