"""Figures that a body enters on one case, and the ranking that comes of the scores."""

from typing import Any

from ninja import Router

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import the_case
from services.workflow.api.shapes import MeasureIn
from services.workflow.commands.measuring import measure
from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration, Edition, Honour
from services.workflow.queries.places import tracks_of
from services.workflow.queries.ranking import ranking_of
from services.workflow.queries.rights import visible_to

router = Router(tags=["scoring"])


@router.post("/declarations/{int:case_id}/measures", response=CREATED)
def measure_declaration(request: Request, case_id: int, body: MeasureIn) -> dict[str, Any]:
    """A figure behind a criterion, with source and day, by the body that scores it; of several the last counts."""
    the_case(request.auth, Declaration, case_id)
    return _measured(request, case_id, body)


@router.post("/honours/{int:case_id}/measures", response=CREATED)
def measure_honour(request: Request, case_id: int, body: MeasureIn) -> dict[str, Any]:
    """The same in an open re-review, by the reviewing body."""
    the_case(request.auth, Honour, case_id)
    return _measured(request, case_id, body)


def _measured(request: Request, case_id: int, body: MeasureIn) -> dict[str, Any]:
    told = measure(case_id, body.criterion, body.measure, body.told(), by=request.auth, key=key_of(request))
    return {"id": case_id, **told}


@router.get("/editions/{int:edition_id}/ranking")
def ranking(request: Request, edition_id: int, track: str = "") -> dict[str, Any]:
    """Places by points and tie-break, best first, of the cases that this office may see with their scores."""
    edition = visible_to(request.auth, Edition).filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    if track not in tracks_of(edition):
        raise Refused("request.filter_invalid", field="track")
    found = ranking_of(edition, track)
    rows = visible_to(request.auth, Declaration).select_related("unit").filter(edition=edition)
    # A unit and its town learn points when the list is public; until then nobody ranks them but the bodies above.
    seen = {row.pk: row for row in rows} if request.auth.role not in {"declarant", "town"} else {}
    return {
        "items": [
            {
                "case": place.case,
                "unit": seen[place.case].unit.name,
                "place": place.place,
                "shared": place.shared,
                "points": place.points,
                "tie_broken_by": place.tie_broken_by,
                "waits": place.case in found.undecided,
            }
            for place in found.places.values()
            if place.case in seen
        ],
        "next": None,
    }
