"""Official documents and evidence files."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from services.workflow.api.asking import key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import narrowed
from services.workflow.api.declarations import evidence_told
from services.workflow.api.notices import pdf_answer
from services.workflow.api.pages import PageOf, page
from services.workflow.commands.declare import remove_evidence
from services.workflow.documents.making import pdf_of
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile, Evidence
from services.workflow.queries.rights import visible_to
from services.workflow.queries.stored import path_of

router = Router(tags=["documents"])


@router.get("/documents")
def documents(
    request: Request, paging: PageOf, edition: int | None = None, kind: str | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, DocumentFile).select_related("edition")
    return page(narrowed(rows, edition=edition, kind=kind), paging, document_told)


def document_told(row: DocumentFile) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "number": row.number,
        "edition": row.edition.name if row.edition else "",
        "edition_id": row.edition_id,
        "case": row.case_id,
        "at": row.at,
        "file": f"/api/v1/documents/{row.pk}/file",
    }


def _document(request: Request, document_id: int) -> DocumentFile:
    row: DocumentFile | None = (
        visible_to(request.auth, DocumentFile).select_related("edition").filter(pk=document_id).first()
    )
    if row is None:
        raise Refused("document.not_found", document=document_id)
    return row


@router.get("/documents/{int:document_id}")
def document(request: Request, document_id: int) -> dict[str, Any]:
    """A document with all that it says."""
    row = _document(request, document_id)
    return {**document_told(row), "paper": row.paper}


@router.get("/documents/{int:document_id}/file")
def document_file(request: Request, document_id: int) -> HttpResponse:
    """The document as PDF/A; the same document gives the same bytes."""
    row = _document(request, document_id)
    return pdf_answer(pdf_of(row), f"{row.kind}-{row.pk}.pdf")


@router.get("/files")
def files(request: Request, paging: PageOf, declaration: int | None = None) -> dict[str, Any]:
    """Evidence files in this office's scope."""
    rows = visible_to(request.auth, Evidence).filter(removed_at__isnull=True)
    return page(narrowed(rows, declaration=declaration), paging, evidence_told)


@router.get("/files/{int:evidence_id}")
def file(request: Request, evidence_id: int) -> HttpResponse:
    """The bytes of an evidence file, always as an attachment."""
    row = visible_to(request.auth, Evidence).filter(pk=evidence_id).first()
    if row is None:
        raise Refused("evidence.not_found", evidence=evidence_id)
    return attachment(path_of(row.sha256), row.name, row.media_type)


def attachment(path: Path, name: str, media_type: str) -> HttpResponse:
    """A file as a whole: at most 20 MB, and Django cannot stream one to an asynchronous server."""
    if not path.exists():
        raise Refused("file.missing")
    response = HttpResponse(path.read_bytes(), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@router.delete("/evidence/{int:evidence_id}")
def remove(request: Request, evidence_id: int) -> dict[str, Any]:
    """Take a file off its criterion while the declaration may be written in."""
    if not visible_to(request.auth, Evidence).filter(pk=evidence_id).exists():
        raise Refused("evidence.not_found", evidence=evidence_id)
    return {"id": evidence_id, **remove_evidence(evidence_id, by=request.auth, key=key_of(request))}
