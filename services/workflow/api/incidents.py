"""Incidents of the negative lists: reported by the department that owns the entry."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import narrowed
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import IncidentIn
from services.workflow.commands.incidents import report_incident
from services.workflow.models import Incident
from services.workflow.queries.rights import visible_to

router = Router(tags=["incidents"])


@router.get("")
def list_incidents(
    request: Request, paging: PageOf, unit: int | None = None, kind: str | None = None
) -> dict[str, Any]:
    """What this department reported, newest first."""
    rows = visible_to(request.auth, Incident).select_related("unit", "reported_by__unit")
    return page(narrowed(rows, unit=unit, kind=kind), paging, incident_told)


@router.post("", response=CREATED)
def report(request: Request, body: IncidentIn, response: HttpResponse) -> dict[str, Any]:
    """Report an incident; it bars the unit from filing and from being decided on for the look-back period."""
    given = body.model_dump(exclude={"unit"})
    told = report_incident(body.unit, given, by=request.auth, key=key_of(request))
    response["Location"] = f"/api/v1/incidents?unit={body.unit}"
    return {"id": told["incident"], **told}


def incident_told(row: Incident) -> dict[str, Any]:
    return {
        "id": row.pk,
        "unit": row.unit.name,
        "unit_id": row.unit_id,
        "kind": row.kind,
        "happened_on": row.happened_on,
        "basis": row.basis,
        "reported_by": row.reported_by.unit.name,
        "at": row.at,
    }
