"""A participant's answer."""

from datetime import datetime

from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models.round import RoundTask
from services.workflow.rounds.holding import hold_task
from services.workflow.rounds.rule import VERDICTS


def answer(
    task_id: int, *, verdict: str, office_id: int, at: datetime, version: int | None = None
) -> RoundTask:
    """Answer one task, and close the round where that was the last answer it needed.

    1. Wait for the round's lock; whoever comes second is refused (see `hold_task`).
    2. Check the verdict against the kind of round.
    3. Let the flow go on. The round as it stands then is `task.process`: `task.process.is_open`.
    """
    task = hold_task(task_id, version=version)
    if verdict not in VERDICTS[task.process.mode]:
        raise Refused("task.verdict_unknown", verdict=verdict)
    task.verdict = verdict
    task.decided_by_id = office_id
    task.decided_at = at
    task.version += 1
    complete(task)
    return task


def answered_vote(task_id: int, *, version: int | None) -> RoundTask | None:
    """A member's cast vote that may still be changed, locked: at the version that was seen, the round open.

    The caller holds the round's lock (`hold_task` takes it before it refuses an answered task).
    """
    task = RoundTask.objects.select_related("process").select_for_update(of=("self",)).get(pk=task_id)
    same = task.verdict != "" and version is not None and version == task.version
    return task if same and task.process.is_open and task.process.mode == Mode.VOTE else None


def revise(task: RoundTask, *, verdict: str, office_id: int, at: datetime) -> RoundTask:
    """A vote that was cast is cast again; its task stays done, and the flow stays where it is."""
    task.verdict, task.decided_by_id, task.decided_at = verdict, office_id, at
    task.version += 1
    task.save(update_fields=["verdict", "decided_by", "decided_at", "version"])
    return task


def complete(task: RoundTask) -> None:
    """Let the flow go on past a task that code completes; its round is locked by the caller."""
    activation = task.flow_task.activation_class(task)
    activation.run(None)
    activation.execute()
