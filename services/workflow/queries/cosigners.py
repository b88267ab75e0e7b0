"""Whom a round could ask besides those it asks."""

from datetime import datetime
from typing import Any

from services.workflow.domain.stages import Role
from services.workflow.models import Office, RoundTask
from services.workflow.models.round import HUMAN
from services.workflow.queries.clock import now
from services.workflow.queries.facts import gather
from services.workflow.queries.joint_findings import ASKABLE as FINDERS
from services.workflow.queries.joint_findings import bodies_free

ASKABLE = (Role.DEPARTMENT, Role.OFFICE, Role.LEADING_GROUP, Role.COMMITTEE, Role.TOWN)


def askable(round_: Any) -> list[tuple[int, str, str]]:
    """(unit, role, name of the unit) of every body of the district that has people and is not asked yet."""
    free = seats_free(round_) if round_.slate.objection_id is not None else None
    asked = set(
        RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True).values_list(
            "participant_unit_id", "participant_role"
        )
    )
    seats = (
        Office.objects.filter(
            role__in=[str(role) for role in ASKABLE],
            until__isnull=True,
            member__is_active=True,
            unit__district=round_.slate.edition.district_id,
        )
        .order_by("role", "unit__name", "unit_id")
        .values_list("unit_id", "role", "unit__name")
        .distinct()
    )
    return [
        (unit, role, name)
        for unit, role, name in seats
        if (unit, role) not in asked and (free is None or (unit, role) in free)
    ]


def seats_free(round_: Any, at: datetime | None = None) -> set[tuple[int, str]]:
    """(unit, role) of those who may be asked about the objection that a round is about: they judged nothing."""
    objection = round_.slate.objection
    gather([objection], at=at or now())
    return {(unit.pk, str(FINDERS)) for unit in bodies_free(objection)}
