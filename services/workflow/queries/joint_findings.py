"""What bodies found together of an objection: who may be asked, what was asked, and what each has said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import ObjectionStatus, Role
from services.workflow.models import JointFinding, Objection, Office, Round, RoundTask, Unit
from services.workflow.models.round import HUMAN, RoundStatus
from services.workflow.queries.acts import units_on
from services.workflow.queries.rights import visible_to

# Who may be asked for a finding. A town has judged, or stands behind its communities; the host's people decide by it.
ASKABLE = Role.DEPARTMENT
UNTOLD = (str(ObjectionStatus.LODGED), str(ObjectionStatus.RECEIVED), str(ObjectionStatus.INVESTIGATING))


@dataclass(frozen=True)
class Said:
    """One body's finding; `verdict` is empty while it is open, or where the body stayed silent or was taken out."""

    unit: str
    verdict: str = ""
    text: str = ""
    by: str = ""
    at: datetime | None = None
    removed: bool = False


@dataclass(frozen=True)
class Consultation:
    """One question to several bodies. `status` is the round's: open, done or cancelled."""

    slate: int
    round: int
    question: str
    status: str
    asked_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    said: tuple[Said, ...]


def bodies_free(objection: Any) -> list[Unit]:
    """Departments of the district that may be asked: they have people, none of whom judged the case, and did not act
    on it as a body; nor is it the unit concerned. `objection` carries its facts.
    """
    seats = Office.objects.filter(
        role=str(ASKABLE), until__isnull=True, member__is_active=True, unit__district=objection.district_id
    )
    judged = set(
        seats.filter(member__in=objection.facts.reviewers).values_list("unit_id", flat=True)
    ) | units_on(objection.declaration_id)
    judged.add(objection.declaration.unit_id)
    units = Unit.objects.filter(pk__in=seats.exclude(unit__in=judged).values("unit_id"))
    return list(units.order_by("name", "pk"))


def consultations_of(objection: Any, actor: Actor) -> list[Consultation]:
    """What was asked about an objection and what was said, oldest first: for its investigator at once, for whoever
    else reads the objection once the finding is stated.
    """
    seen = visible_to(actor, Objection).filter(pk=objection.pk).exists()
    if not seen or (actor.role != Role.INVESTIGATOR and objection.status in UNTOLD):
        return []
    rounds = Round.objects.filter(slate__objection=objection.pk).select_related("slate").order_by("pk")
    return [consultation_of(round_) for round_ in rounds]


def consultation_of(round_: Round) -> Consultation:
    """One of them, for somebody who may read it."""
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN).select_related(
        "participant_unit", "decided_by"
    )
    texts = dict(JointFinding.objects.filter(task__process=round_).values_list("task_id", "text"))
    return Consultation(
        round_.slate_id,
        round_.pk,
        round_.slate.question,
        str(RoundStatus(str(round_.status)).name).lower(),
        round_.opened_at,
        round_.due_at,
        round_.closed_at,
        tuple(_said(task, texts.get(task.pk, "")) for task in tasks.order_by("pk")),
    )


def _said(task: RoundTask, text: str) -> Said:
    unit, who = task.participant_unit, task.decided_by
    name = unit.name if unit else ""
    return Said(
        name, task.verdict, text, who.name if who else "", task.decided_at, task.removed_at is not None
    )


def own_finding(task: RoundTask) -> str:
    """What the body itself has written."""
    return JointFinding.objects.filter(task=task).values_list("text", flat=True).first() or ""
