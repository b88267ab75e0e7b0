"""Files about an honour and its decisions, behind the log-in: certificate, text of the plaque, editable decision."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from services.workflow.documents.certificates import certificate_pdf, plaque_pdf
from services.workflow.documents.docx import DOCX_TYPE
from services.workflow.documents.making import notice_paper, paper_of
from services.workflow.documents.official_docx import official_docx
from services.workflow.documents.papers import NoticePaper, OfficialPaper
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile, Honour, Notice
from services.workflow.queries.rights import visible_to
from services.workflow.web.acting import actor

RELATED = ("unit", "edition", "resolution")
PDF = "application/pdf"


def certificate(request: HttpRequest, honour_id: int) -> HttpResponse:
    """荣誉证书."""
    return _of_honour(request, honour_id, certificate_pdf, "certificate")


def plaque(request: HttpRequest, honour_id: int) -> HttpResponse:
    """牌匾文字."""
    return _of_honour(request, honour_id, plaque_pdf, "plaque")


def _of_honour(request: HttpRequest, honour_id: int, made: Callable[[Any], bytes], name: str) -> HttpResponse:
    row = visible_to(actor(request), Honour).select_related(*RELATED).filter(pk=honour_id).first()
    if row is None:
        raise Refused("case.not_found", case=honour_id)
    return file_of(made(row), f"{name}-{row.number}.pdf", PDF)


def document_word(request: HttpRequest, document_id: int) -> HttpResponse:
    """A decision or order to go on writing in."""
    row = visible_to(actor(request), DocumentFile).filter(pk=document_id).first()
    if row is None:
        raise Refused("document.not_found", document=document_id)
    paper = paper_of(row)
    assert isinstance(paper, OfficialPaper | NoticePaper)
    return file_of(official_docx(paper), f"{row.kind}-{row.pk}.docx", DOCX_TYPE)


def notice_word(request: HttpRequest, notice_id: int) -> HttpResponse:
    """A notice to go on writing in; refused before it has a period."""
    row = visible_to(actor(request), Notice).filter(pk=notice_id).first()
    if row is None:
        raise Refused("case.not_found", case=notice_id)
    return file_of(official_docx(notice_paper(row)), f"notice-{notice_id}.docx", DOCX_TYPE)


def file_of(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
