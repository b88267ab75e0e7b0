"""The list of official documents for those who work here."""

from django.http import HttpRequest, HttpResponse

from services.workflow.models import DocumentFile
from services.workflow.queries.papers import papers_of
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, show
from services.workflow.wording.labels import document_label


def documents(request: HttpRequest) -> HttpResponse:
    return show(request, "documents.html", {"papers": [_paper(one) for one in papers_of(actor(request))]})


def _address(one: DocumentFile) -> str:
    """An order is for those concerned, a decision for everybody."""
    return (
        f"/rectifications/{one.case_id}/order.pdf" if one.kind == "rectification" else f"/documents/{one.pk}"
    )


def _paper(one: DocumentFile) -> Context:
    return {
        "address": _address(one),
        "word_address": f"/documents/{one.pk}.docx",
        "number": one.number,
        "kind": document_label(one.kind),
        "edition": one.edition.name if one.edition else "",
        "by": f"{one.made_by.unit.name} {one.made_by.name}" if one.made_by else "",
        "at": one.at,
        "example": bool(one.paper.get("example")),
    }
