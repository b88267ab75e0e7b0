"""Files about an honour and its decisions, for those who may see them."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from services.workflow.api.auth import Request
from services.workflow.documents.certificates import (
    certificate_of,
    certificate_pdf,
    plaque_of,
    plaque_pdf,
)
from services.workflow.documents.editable import DOCX_TYPE, editable
from services.workflow.documents.making import notice_paper, paper_of
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile, Honour, Notice
from services.workflow.queries.rights import visible_to

router = Router(tags=["documents"])
PDF = "application/pdf"


@router.get("/honours/{int:case_id}/certificate")
def certificate(request: Request, case_id: int) -> HttpResponse:
    """The certificate as PDF/A, with its number and the code that opens the register."""
    row = _honour(request, case_id)
    return _file(certificate_pdf(row), f"certificate-{row.number}.pdf", PDF)


@router.get("/honours/{int:case_id}/certificate/docx")
def certificate_word(request: Request, case_id: int) -> HttpResponse:
    """The certificate to go on writing in, by the site's template."""
    row = _honour(request, case_id)
    return _file(editable(certificate_of(row)), f"certificate-{row.number}.docx", DOCX_TYPE)


@router.get("/honours/{int:case_id}/plaque")
def plaque(request: Request, case_id: int) -> HttpResponse:
    """The text of the plaque as PDF/A."""
    row = _honour(request, case_id)
    return _file(plaque_pdf(row), f"plaque-{row.number}.pdf", PDF)


@router.get("/honours/{int:case_id}/plaque/docx")
def plaque_word(request: Request, case_id: int) -> HttpResponse:
    """The text of the plaque to go on writing in, by the site's template."""
    row = _honour(request, case_id)
    return _file(editable(plaque_of(row)), f"plaque-{row.number}.docx", DOCX_TYPE)


def _honour(request: Request, case_id: int) -> Any:
    rows = visible_to(request.auth, Honour).select_related("unit", "edition", "resolution")
    row = rows.filter(pk=case_id).first()
    if row is None:
        raise Refused("case.not_found", case=case_id)
    return row


@router.get("/documents/{int:document_id}/docx")
def document_word(request: Request, document_id: int) -> HttpResponse:
    """A decision or order to go on writing in: the words of its PDF."""
    row = visible_to(request.auth, DocumentFile).filter(pk=document_id).first()
    if row is None:
        raise Refused("document.not_found", document=document_id)
    return _file(editable(paper_of(row)), f"{row.kind}-{row.pk}.docx", DOCX_TYPE)


@router.get("/notices/{int:case_id}/docx")
def notice_word(request: Request, case_id: int) -> HttpResponse:
    """A released notice to go on writing in."""
    row = visible_to(request.auth, Notice).filter(pk=case_id).first()
    if row is None:
        raise Refused("case.not_found", case=case_id)
    return _file(editable(notice_paper(row)), f"notice-{case_id}.docx", DOCX_TYPE)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
