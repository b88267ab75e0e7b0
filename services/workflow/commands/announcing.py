"""Telling that something happened in a round: to its participants, the office that tabled it, and its cases' pages."""

from collections.abc import Sequence

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Transaction
from services.workflow.models import Round, SlateLine
from services.workflow.models.round import HUMAN, RoundTask

# One participant's answer, or what the organiser does within a round, changes nothing that the cases' pages show.
WITHIN = frozenset({"round_task.done", "round_task.changed", "round_task.reminded"})
# So many topics one signal carries; a slate of ten thousand makes twenty signals.
TOPICS_MOST = 500


def announce(tx: Transaction, round_: Round, kind: str, *, only: Sequence[int] | None = None) -> list[int]:
    """Tell every participant, or those of some tasks `only`, the organiser and the cases on the slate.

    What is asked about an objection is told to its investigator alone, not to their unit.

    Returns the keys of the tasks.
    """
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN)
    if only is not None:
        tasks = tasks.filter(pk__in=only)
    slate = "process__slate__"
    asker = (f"{slate}tabled_by__unit_id", f"{slate}objection_id", f"{slate}objection__assignee_id")
    rows = list(tasks.values_list("pk", "participant_unit_id", "assignee_id", *asker))
    topics = {f"unit:{body}" for _, body, *_ in rows}
    topics |= {f"unit:{office}" for *_, office, objection, _ in rows if objection is None}
    topics |= {f"user:{person}" for _, _, member, *_, asking in rows for person in (member, asking) if person}
    numbers = [row[0] for row in rows]
    if kind not in WITHIN:
        cases = SlateLine.objects.filter(slate=round_.slate_id, struck_at__isnull=True).order_by("case_id")
        lines = [f"case:{case}" for case in cases.values_list("case_id", flat=True)]
        for begin in range(0, len(lines), TOPICS_MOST):
            tell(tx, kind, lines[begin : begin + TOPICS_MOST], body={"round": round_.pk, "tasks": []})
    tell(tx, kind, sorted(topics), body={"round": round_.pk, "tasks": numbers[:200]})
    return numbers
