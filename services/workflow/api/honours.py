"""Honours under standing supervision: their re-reviews and rectifications."""

from typing import Any

from ninja import Router

from services.workflow.api.asking import key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import add_collection, narrowed, the_case
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import ScoresIn
from services.workflow.api.told import HONOURS, RECTIFICATIONS, honour_told, rectification_told
from services.workflow.commands.honours import score_rereview
from services.workflow.models import Honour, Rectification, ReReview
from services.workflow.queries.rights import visible_to

honours = Router(tags=["honours"])
rectifications = Router(tags=["rectifications"])
rereviews = Router(tags=["rereviews"])


@honours.get("")
def list_honours(
    request: Request,
    paging: PageOf,
    edition: int | None = None,
    status: str | None = None,
    unit: int | None = None,
) -> dict[str, Any]:
    rows = visible_to(request.auth, Honour).select_related(*HONOURS)
    return page(narrowed(rows, edition=edition, status=status, unit=unit), paging, honour_told)


def _reviews(row: Honour, actor: Any) -> dict[str, Any]:
    reviews = ReReview.objects.filter(honour=row).select_related("definition_version").order_by("pk")
    orders = Rectification.objects.filter(honour=row).order_by("pk").values_list("pk", flat=True)
    return {"rereviews": [_rereview(review) for review in reviews], "rectifications": list(orders)}


add_collection(honours, Honour, honour_told, HONOURS, detail=_reviews)


@honours.post("/{int:case_id}/scores")
def score(request: Request, case_id: int, body: ScoresIn) -> dict[str, Any]:
    """The reviewing office's scores in an open re-review; saved as often as needed until it is settled."""
    the_case(request.auth, Honour, case_id)
    return {"id": case_id, **score_rereview(case_id, body.told(), by=request.auth, key=key_of(request))}


@rereviews.get("")
def list_rereviews(request: Request, paging: PageOf, honour: int | None = None) -> dict[str, Any]:
    rows = visible_to(request.auth, ReReview).select_related("honour__unit", "definition_version")
    return page(narrowed(rows, honour=honour), paging, rereview_told)


def rereview_told(row: ReReview) -> dict[str, Any]:
    return {
        **_rereview(row),
        "honour": row.honour_id,
        "number": row.honour.number,
        "unit": row.honour.unit.name,
    }


def _rereview(row: ReReview) -> dict[str, Any]:
    return {
        "id": row.pk,
        "cause": row.cause,
        "note": row.note,
        "definition_version": row.definition_version.number,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "points": row.points,
        "outcome": row.outcome,
    }


@rectifications.get("")
def list_rectifications(
    request: Request, paging: PageOf, honour: int | None = None, status: str | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, Rectification).select_related(*RECTIFICATIONS)
    return page(narrowed(rows, honour=honour, status=status), paging, rectification_told)


add_collection(rectifications, Rectification, rectification_told, RECTIFICATIONS)
