"""Files about an honour and its decisions, for those who may see them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from ninja import Router

from services.workflow.api.auth import Request
from services.workflow.documents.certificates import certificate_pdf, plaque_pdf
from services.workflow.documents.docx import DOCX_TYPE
from services.workflow.documents.making import notice_paper, paper_of
from services.workflow.documents.official_docx import official_docx
from services.workflow.documents.papers import NoticePaper, OfficialPaper
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile, Honour, Notice
from services.workflow.queries.rights import visible_to

router = Router(tags=["documents"])
PDF = "application/pdf"


@router.get("/honours/{int:case_id}/certificate")
def certificate(request: Request, case_id: int) -> HttpResponse:
    """The certificate as PDF/A, with its number and the code that opens the register."""
    return _of_honour(request, case_id, certificate_pdf, "certificate")


@router.get("/honours/{int:case_id}/plaque")
def plaque(request: Request, case_id: int) -> HttpResponse:
    """The text of the plaque as PDF/A."""
    return _of_honour(request, case_id, plaque_pdf, "plaque")


def _of_honour(request: Request, case_id: int, made: Callable[[Any], bytes], name: str) -> HttpResponse:
    rows = visible_to(request.auth, Honour).select_related("unit", "edition", "resolution")
    row = rows.filter(pk=case_id).first()
    if row is None:
        raise Refused("case.not_found", case=case_id)
    return _file(made(row), f"{name}-{row.number}.pdf", PDF)


@router.get("/documents/{int:document_id}/docx")
def document_word(request: Request, document_id: int) -> HttpResponse:
    """A decision or order to go on writing in: the words of its PDF."""
    row = visible_to(request.auth, DocumentFile).filter(pk=document_id).first()
    if row is None:
        raise Refused("document.not_found", document=document_id)
    paper = paper_of(row)
    assert isinstance(paper, OfficialPaper | NoticePaper)
    return _file(official_docx(paper), f"{row.kind}-{row.pk}.docx", DOCX_TYPE)


@router.get("/notices/{int:case_id}/docx")
def notice_word(request: Request, case_id: int) -> HttpResponse:
    """A released notice to go on writing in."""
    row = visible_to(request.auth, Notice).filter(pk=case_id).first()
    if row is None:
        raise Refused("case.not_found", case=case_id)
    return _file(official_docx(notice_paper(row)), f"notice-{case_id}.docx", DOCX_TYPE)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
