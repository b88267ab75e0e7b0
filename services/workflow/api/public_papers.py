"""Decisions for everybody: what they say, and their files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from services.workflow.api.notices import pdf_answer
from services.workflow.api.pages import PageOf, page
from services.workflow.documents.making import pdf_of
from services.workflow.domain.calendar import shanghai_date
from services.workflow.models import DocumentFile
from services.workflow.queries.papers import public_paper, public_papers

router = Router(tags=["public"], auth=None)
CACHED = "public, s-maxage=5, stale-while-revalidate=60"


@router.get("/documents")
def documents(request: HttpRequest, paging: PageOf, response: HttpResponse) -> dict[str, Any]:
    """Decisions that name, and those that revoke, newest first."""
    response["Cache-Control"] = CACHED
    return page(public_papers(), paging, document_row)


@router.get("/documents/{int:document_id}")
def document(request: HttpRequest, document_id: int, response: HttpResponse) -> dict[str, Any]:
    """One decision with all that it says."""
    row = public_paper(document_id)
    response["Cache-Control"] = CACHED
    response["ETag"] = f'"{row.pk}-{row.sha256[:12]}"'
    return document_row(row)


@router.get("/documents/{int:document_id}/file")
def document_file(request: HttpRequest, document_id: int) -> HttpResponse:
    """The decision as PDF/A; its SHA-256 is `sha256` of the decision."""
    answer = pdf_answer(pdf_of(public_paper(document_id)), f"decision-{document_id}.pdf")
    answer["Cache-Control"] = CACHED
    return answer


def document_row(row: DocumentFile) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "number": row.number,
        "on": shanghai_date(row.at),
        "paper": row.paper,
        "sha256": row.sha256,
        "file": f"/api/v1/public/documents/{row.pk}/file",
    }
