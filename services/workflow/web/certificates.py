"""Files about an honour and its decisions, behind the log-in: certificate and plaque, and all papers to go on with."""

from typing import Any

from django.http import HttpRequest, HttpResponse

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
from services.workflow.web.acting import actor

RELATED = ("unit", "edition", "resolution")
PDF = "application/pdf"


def certificate(request: HttpRequest, honour_id: int) -> HttpResponse:
    """荣誉证书."""
    row = _honour(request, honour_id)
    return file_of(certificate_pdf(row), f"certificate-{row.number}.pdf", PDF)


def certificate_word(request: HttpRequest, honour_id: int) -> HttpResponse:
    """荣誉证书 to go on writing in."""
    row = _honour(request, honour_id)
    return file_of(editable(certificate_of(row)), f"certificate-{row.number}.docx", DOCX_TYPE)


def plaque(request: HttpRequest, honour_id: int) -> HttpResponse:
    """牌匾文字."""
    row = _honour(request, honour_id)
    return file_of(plaque_pdf(row), f"plaque-{row.number}.pdf", PDF)


def plaque_word(request: HttpRequest, honour_id: int) -> HttpResponse:
    """牌匾文字 to go on writing in."""
    row = _honour(request, honour_id)
    return file_of(editable(plaque_of(row)), f"plaque-{row.number}.docx", DOCX_TYPE)


def _honour(request: HttpRequest, honour_id: int) -> Any:
    row = visible_to(actor(request), Honour).select_related(*RELATED).filter(pk=honour_id).first()
    if row is None:
        raise Refused("case.not_found", case=honour_id)
    return row


def document_word(request: HttpRequest, document_id: int) -> HttpResponse:
    """A decision or order to go on writing in."""
    row = visible_to(actor(request), DocumentFile).filter(pk=document_id).first()
    if row is None:
        raise Refused("document.not_found", document=document_id)
    return file_of(editable(paper_of(row)), f"{row.kind}-{row.pk}.docx", DOCX_TYPE)


def notice_word(request: HttpRequest, notice_id: int) -> HttpResponse:
    """A notice to go on writing in; refused before it has a period."""
    row = visible_to(actor(request), Notice).filter(pk=notice_id).first()
    if row is None:
        raise Refused("case.not_found", case=notice_id)
    return file_of(editable(notice_paper(row)), f"notice-{notice_id}.docx", DOCX_TYPE)


def file_of(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
