"""Telling that something happened in a round: to its participants, and to the office that tabled it."""

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Transaction
from services.workflow.models import Round
from services.workflow.models.round import HUMAN, RoundTask


def announce(tx: Transaction, round_: Round, kind: str) -> list[int]:
    """Tell every participant and the organising office; returns the keys of the round's tasks."""
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN)
    rows = list(
        tasks.values_list("pk", "participant_unit_id", "assignee_id", "process__slate__tabled_by__unit_id")
    )
    topics = {f"unit:{unit}" for _, body, _, office in rows for unit in (body, office)}
    topics |= {f"user:{member}" for _, _, member, _ in rows if member}
    numbers = [row[0] for row in rows]
    tell(tx, kind, sorted(topics), body={"round": round_.pk, "tasks": numbers[:200]})
    return numbers
