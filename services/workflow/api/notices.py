"""Notices as the office works on them, and the objections they bring, without who objects."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import add_collection, narrowed, the_case
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import IdentityIn, NoticeIn, StaffObjectionIn
from services.workflow.api.told import (
    NOTICES,
    OBJECTIONS,
    notice_line_told,
    notice_told,
    objection_told,
)
from services.workflow.api.told_files import own_file_told, public_file_told
from services.workflow.api.told_joint import consultation_told
from services.workflow.commands.files import FILE_MOST, MEGABYTE
from services.workflow.commands.honour_notices import announce_honours
from services.workflow.commands.notice_files import attach
from services.workflow.commands.notices import draw_up
from services.workflow.commands.objections import lodge
from services.workflow.commands.sealing import Letter, add_letter, open_identity, open_letter
from services.workflow.documents.making import notice_pdf
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import NoticeSubject
from services.workflow.models import Notice, NoticeLine, Objection
from services.workflow.queries.joint_findings import consultations_of
from services.workflow.queries.notice_gate import gates_of, kept_files
from services.workflow.queries.notice_page import is_of_office, may_enter_objections
from services.workflow.queries.rights import visible_to

notices = Router(tags=["notices"])
objections = Router(tags=["objections"])


@notices.get("")
def list_notices(
    request: Request, paging: PageOf, edition: int | None = None, status: str | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, Notice).select_related(*NOTICES)
    return page(narrowed(rows, edition=edition, status=status), paging, notice_told)


@notices.post("", response=CREATED)
def draw(request: Request, body: NoticeIn, response: HttpResponse) -> dict[str, Any]:
    """Draw up a notice of declarations that wait for one; their entries are frozen as they stand."""
    words = {"title": body.title, "text": body.text}
    if body.subject == NoticeSubject.CANDIDATES:
        told = draw_up(body.edition, body.cases, **words, by=request.auth, key=key_of(request))
    else:
        told = announce_honours(
            body.edition, body.cases, subject=body.subject, **words, by=request.auth, key=key_of(request)
        )
    response["Location"] = f"/api/v1/notices/{told['notice']}"
    return {"id": told["notice"], "kind": "notice", **told}


def _lines(row: Notice, actor: Any) -> dict[str, Any]:
    lines = NoticeLine.objects.filter(notice=row).order_by("position")
    shown = [{**notice_line_told(line), "declaration": line.declaration_id} for line in lines]
    told = {"text": row.text, "lines": shown}
    if not is_of_office(row, actor):
        return {**told, "files": [public_file_told(file) for file in kept_files([row.pk])]}
    gate = gates_of([row])[row.pk]
    return {
        **told,
        "files": [own_file_told(file) for file in kept_files([row.pk])],
        "exposed": [asdict(one) for one in gate.exposed],
        "unread": list(gate.unread),
    }


add_collection(notices, Notice, notice_told, NOTICES, detail=_lines)


@notices.post("/{int:case_id}/files", response=CREATED)
def hand_in(
    request: Request, case_id: int, file: Annotated[UploadedFile, File()], response: HttpResponse
) -> dict[str, Any]:
    """Hand in a file to be published with a draft; the answer tells what its scan found and could not read."""
    if (file.size or 0) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    told = attach(case_id, name=file.name or "", content=file.read(), by=request.auth, key=key_of(request))
    response["Location"] = f"/api/v1/notices/{case_id}"
    return {"id": told["file"], **told}


@notices.get("/{int:case_id}/file")
def poster(request: Request, case_id: int) -> HttpResponse:
    """The notice as it is posted on paper."""
    row = the_case(request.auth, Notice, case_id, NOTICES)
    return pdf_answer(notice_pdf(row), f"notice-{row.pk}.pdf")


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@objections.get("")
def list_objections(
    request: Request, paging: PageOf, notice: int | None = None, status: str | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, Objection).select_related(*OBJECTIONS)
    return page(narrowed(rows, notice=notice, status=status), paging, objection_told)


@objections.post("", response=CREATED)
def enter(request: Request, body: StaffObjectionIn, response: HttpResponse) -> dict[str, Any]:
    """The office enters what came by visit, telephone, letter, e-mail or fax."""
    row = the_case(request.auth, Notice, body.notice, ("edition__programme",))
    if not may_enter_objections(row, request.auth):
        raise Refused("step.not_yours", step="lodge")
    given = {name: value for name, value in body.told().items() if name != "notice"}
    told = lodge(body.notice, given, by=request.auth, key=key_of(request))
    response["Location"] = f"/api/v1/objections/{told['objection']}"
    return {"id": told["objection"], "kind": "objection", **told}


def _texts(row: Objection, actor: Any) -> dict[str, Any]:
    consultations = [consultation_told(one) for one in consultations_of(row, actor)]
    return {"text": row.text, "finding": row.finding, "reply": row.reply, "consultations": consultations}


add_collection(objections, Objection, objection_told, OBJECTIONS, detail=_texts)


@objections.post("/{int:case_id}/scan", response=CREATED)
def seal_scan(request: Request, case_id: int, file: Annotated[UploadedFile, File()]) -> dict[str, Any]:
    """The scan of what came on paper, while nobody investigates yet: sealed like the identity."""
    if (file.size or 0) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    scan = Letter(file.name or "", file.read())
    return {"id": case_id, **add_letter(case_id, scan, by=request.auth, key=key_of(request))}


@objections.post("/{int:case_id}/letter")
def letter(request: Request, case_id: int, body: IdentityIn) -> HttpResponse:
    """The scan, for the investigator in charge alone. The look and its purpose are kept."""
    the_case(request.auth, Objection, case_id)
    content, media_type = open_letter(case_id, purpose=body.purpose, by=request.auth)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@objections.post("/{int:case_id}/identity")
def identity(request: Request, case_id: int, body: IdentityIn) -> dict[str, Any]:
    """Who objects: for the investigator in charge alone. The look and its purpose are kept."""
    the_case(request.auth, Objection, case_id)
    return open_identity(case_id, purpose=body.purpose, by=request.auth)
