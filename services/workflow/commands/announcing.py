"""Telling that something happened in a round: to its participants, the office that tabled it, and its cases' pages."""

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Transaction
from services.workflow.models import Round, SlateLine
from services.workflow.models.round import HUMAN, RoundTask

# One participant's answer changes nothing that the cases' own pages show.
ANSWERED = "round_task.done"
# So many topics one signal carries; a slate of ten thousand makes twenty signals.
TOPICS_MOST = 500


def announce(tx: Transaction, round_: Round, kind: str) -> list[int]:
    """Tell every participant, the organising office and the cases on its slate; returns the keys of its tasks."""
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN)
    rows = list(
        tasks.values_list("pk", "participant_unit_id", "assignee_id", "process__slate__tabled_by__unit_id")
    )
    topics = {f"unit:{unit}" for _, body, _, office in rows for unit in (body, office)}
    topics |= {f"user:{member}" for _, _, member, _ in rows if member}
    numbers = [row[0] for row in rows]
    if kind != ANSWERED:
        cases = SlateLine.objects.filter(slate=round_.slate_id, struck_at__isnull=True).order_by("case_id")
        lines = [f"case:{case}" for case in cases.values_list("case_id", flat=True)]
        for begin in range(0, len(lines), TOPICS_MOST):
            tell(tx, kind, lines[begin : begin + TOPICS_MOST], body={"round": round_.pk, "tasks": []})
    tell(tx, kind, sorted(topics), body={"round": round_.pk, "tasks": numbers[:200]})
    return numbers
