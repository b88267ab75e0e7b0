"""Whom a round could ask besides those it asks."""

from typing import Any

from services.workflow.domain.stages import Role
from services.workflow.models import Office, RoundTask
from services.workflow.models.round import HUMAN

ASKABLE = (Role.DEPARTMENT, Role.OFFICE, Role.LEADING_GROUP, Role.COMMITTEE, Role.TOWN)


def askable(round_: Any) -> list[tuple[int, str, str]]:
    """(unit, role, name of the unit) of every body of the district that has people and is not asked yet."""
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
    return [(unit, role, name) for unit, role, name in seats if (unit, role) not in asked]
