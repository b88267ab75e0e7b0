"""What a round asks of its participants, and what they have said so far."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from services.workflow.models import Ballot, Finding, Round, RoundTask, Score, Slate, SlateLine
from services.workflow.models.round import HUMAN, RoundStatus

ASKED = Q(task_set__flow_task_type=HUMAN, task_set__removed_at__isnull=True)


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Each round with how many were asked (`asked`) and how many have answered (`answered`)."""
    return rounds.annotate(
        asked=Count("task_set", filter=ASKED),
        answered=Count("task_set", filter=ASKED & Q(task_set__status=RoundStatus.DONE)),
    )


def counted(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """The last ballot of each member on each line, which is the one that counts."""
    later = Ballot.objects.filter(task=OuterRef("task"), case=OuterRef("case"), number__gt=OuterRef("number"))
    return ballots.exclude(Exists(later))


def lines_of(slate: Slate) -> list[SlateLine]:
    """The lines of a slate in their order, struck ones too, with unit and town at hand."""
    return list(slate.lines.select_related("case__unit", "case__town").order_by("position"))


def said_in(task: RoundTask) -> list[dict[str, Any]]:
    """What a participant answered, as {"case", "verdict", "criterion", "points", "note"}."""
    findings = [
        {"case": case, "verdict": verdict, "note": note}
        for case, verdict, note in Finding.objects.filter(task=task)
        .order_by("case_id")
        .values_list("case_id", "verdict", "note")
    ]
    scores = [
        {
            "case": row.case_id,
            "criterion": row.criterion,
            "points": "n/a" if row.not_applicable else row.points,
            "note": row.note,
        }
        for row in Score.objects.filter(task=task).order_by("case_id", "criterion")
    ]
    ballots = [
        {"case": case, "verdict": choice, "note": reason}
        for case, choice, reason in counted(Ballot.objects.filter(task=task))
        .order_by("case_id")
        .values_list("case_id", "choice", "reason")
    ]
    return [*findings, *scores, *ballots]


def opinions_in(round_: Round) -> dict[int, list[dict[str, Any]]]:
    """{case: what each body found}, of a clearance or a joint review; votes are told as counts only."""
    rows = (
        Finding.objects.filter(task__process=round_)
        .select_related("office__unit", "task__participant_unit")
        .order_by("case_id", "pk")
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        unit = row.task.participant_unit
        found.setdefault(row.case_id, []).append(
            {"unit": unit.name if unit else "", "verdict": row.verdict, "note": row.note}
        )
    return found


def participants_of(round_: Round) -> list[RoundTask]:
    """Who was asked, in the order they were, with their units."""
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN)
    return list(tasks.select_related("participant_unit", "assignee").order_by("pk"))
