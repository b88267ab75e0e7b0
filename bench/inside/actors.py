"""Django set up in a process of a bench, with the people and cases it works with."""

import os
from pathlib import Path

import django

django.setup()

from services.workflow.domain.actor import Actor  # noqa: E402  # app ready
from services.workflow.models import Declaration, Office  # noqa: E402
from services.workflow.queries.rights import actor_of  # noqa: E402


def towns() -> dict[int, Actor]:
    """An officer of each town, by the town's key."""
    offices = Office.objects.filter(role="town", until__isnull=True).select_related("unit", "member")
    return {office.unit_id: actor_of(office) for office in offices}


def waiting(number: int) -> list[tuple[int, int]]:
    """(case, town) of declarations that wait at their towns."""
    rows = Declaration.objects.filter(unit__code__startswith="bench-", stage="preliminary_review", version=1)
    return [(pk, town) for pk, town in rows.order_by("pk").values_list("pk", "town_id")[:number] if town]


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used, all of its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
