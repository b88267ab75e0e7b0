"""A decision as a page: what it says in short, its file, and how to verify it."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from services.workflow.models import DocumentFile
from services.workflow.queries.papers import public_paper
from services.workflow.web.pages import Context
from services.workflow.web.public_pages import for_everybody, paint, verified
from services.workflow.wording.labels import document_label


@for_everybody
def decision(request: HttpRequest, document_id: int) -> HttpResponse:
    """Who decided what about whom, under which number and when."""
    found = public_paper(document_id)
    context = {"decision": _shown(found), **verified(f"documents/{found.pk}")}
    return paint(request, "public/decision.html", context)


def _shown(found: DocumentFile) -> Context:
    paper = found.paper
    return {
        "kind": document_label(found.kind),
        "number": found.number,
        "honour": paper["title"],
        "issuers": paper["issuers"],
        "on": date.fromisoformat(paper["on"]),
        "named": paper.get("named") or [{"unit": paper.get("unit", ""), "town": ""}],
        "reason": paper.get("reason", ""),
        "example": bool(paper.get("example")),
        "file_address": f"/documents/{found.pk}",
        "sha256": found.sha256 if len(found.sha256) == 64 else "",
    }
