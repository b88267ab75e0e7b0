"""One objection as staff works it; who may investigate it, and how often its identity was looked at."""

from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.models import IdentityLook, Objection, Office
from services.workflow.queries.case_page import one_case

RELATED = ("declaration__unit__town", "notice__edition__programme", "assignee", "investigator_unit")


def objection_page(objection_id: int, actor: Actor) -> Any:
    """An objection that this actor may see. Refused: case.not_found."""
    return one_case(actor, Objection, objection_id, *RELATED)


def investigators_for(objection: Any) -> list[Office]:
    """Investigators of the district who judged nothing in the case; `objection` carries its facts."""
    offices = Office.objects.filter(
        role=str(Role.INVESTIGATOR),
        until__isnull=True,
        member__is_active=True,
        unit__district=objection.district_id,
    )
    rows = offices.exclude(member__in=objection.facts.reviewers).select_related("member", "unit")
    return list(rows.order_by("unit_id", "pk"))


def looks_at(objection: Objection) -> list[IdentityLook]:
    """Who opened the identity, when, and for what."""
    return list(
        IdentityLook.objects.filter(objection=objection).select_related("office__unit").order_by("-at")
    )
