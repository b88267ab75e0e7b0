"""The waiting lock of a round, taken before anything in it is read to be changed.

Order of locks everywhere: the round first, then cases by key. The lock lasts until the caller's transaction
ends, so whoever writes findings, scores or ballots of a task calls `hold_task` first and cannot be overtaken
by the closing.
"""

from django.db import connection

from services.workflow.domain.refused import Refused
from services.workflow.models.round import HUMAN, Round, RoundStatus, RoundTask


def hold_round(round_id: int) -> Round:
    """The round, locked and fresh. Refused: `round.unknown`, `round.closed` (with its status)."""
    flow = Round.objects.filter(pk=round_id).values_list("flow_class", flat=True).first()
    if flow is None:
        raise Refused("round.unknown", round=round_id)
    _wait_for(flow, round_id)
    round_ = Round.objects.get(pk=round_id)
    if not round_.is_open:
        raise Refused("round.closed", status=round_.status)
    return round_


def hold_task(task_id: int, *, version: int | None = None) -> RoundTask:
    """A participant's open task with its round, locked and fresh.

    Refused: `task.unknown`; `task.overtaken` where somebody has answered it, or it is not the version that
    was read; `round.closed` where the round ended without it; `task.removed` where only it was.
    """
    found = (
        RoundTask.objects.filter(pk=task_id, flow_task_type=HUMAN)
        .values_list("process_id", "process__flow_class")
        .first()
    )
    if found is None:
        raise Refused("task.unknown", task=task_id)
    round_id, flow = found
    _wait_for(flow, round_id)
    # The task's own row too: a claim touches it without the round, and the flow writes the whole row back.
    task = RoundTask.objects.select_related("process").select_for_update(of=("self",)).get(pk=task_id)
    if task.status == RoundStatus.DONE:
        raise Refused("task.overtaken", verdict=task.verdict, office=task.decided_by_id, at=task.decided_at)
    if not task.process.is_open:
        raise Refused("round.closed", status=task.process.status)
    if not task.is_open:
        raise Refused("task.removed", at=task.removed_at)
    if version is not None and version != task.version:
        raise Refused("task.overtaken", version=task.version)
    return task


def _wait_for(flow: type, round_id: int) -> None:
    assert connection.in_atomic_block, "the lock lasts as long as the caller's transaction"
    with flow.lock(round_id):  # type: ignore[attr-defined]  # a Flow, which viewflow does not type
        pass
