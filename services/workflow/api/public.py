"""What anybody may read and say, without a log-in: notices, objections to them, and the register."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.notices import pdf_answer
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import ObjectionIn
from services.workflow.api.told import notice_line_told
from services.workflow.api.told_files import public_file_told
from services.workflow.commands.allowance import take_one
from services.workflow.commands.objections import lodge
from services.workflow.documents.making import notice_pdf
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import HonourStatus
from services.workflow.models import Honour, Notice, NoticeLine, Objection, Programme
from services.workflow.queries.drafts import one_project_notice, project_notices
from services.workflow.queries.notice_gate import kept_files
from services.workflow.queries.notice_legs import has_examples, leg_name, rule_of
from services.workflow.queries.published import project_published
from services.workflow.queries.register import public_notices, register, withheld_notices
from services.workflow.queries.units import unit_above

router = Router(tags=["public"], auth=None)
OBJECTIONS_AN_HOUR = 20
CACHED = "public, s-maxage=5, stale-while-revalidate=60"


@router.get("/notices")
def notices(request: HttpRequest, paging: PageOf, response: HttpResponse, status: str = "") -> dict[str, Any]:
    """Released notices, newest first."""
    response["Cache-Control"] = CACHED
    return page(public_notices(status=status), paging, notice_row)


def notice_row(row: Notice) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "number": row.number,
        "title": row.title,
        "status": str(row.status),
        "programme": row.edition.programme.name,
        "edition": row.edition.name,
        "tier": leg_name(row),
        "signer": row.signer,
        "released_at": row.released_at,
        "opened_on": row.opened_on,
        "ends_on": row.ends_on,
        "ends_at": row.ends_at,
        "working_days": row.working_days,
        "opening_day_counts": row.opening_day_counts,
    }


@router.get("/project-notices")
def projects(request: HttpRequest, paging: PageOf, response: HttpResponse) -> dict[str, Any]:
    """Project notices: programmes that are approved and shown to everybody, those whose notice has run out too."""
    response["Cache-Control"] = CACHED
    rows = project_notices().select_related("host", "admitting_unit", "proposed_version")
    return page(rows, paging, project_row)


@router.get("/project-notices/{int:programme_id}")
def project(request: HttpRequest, programme_id: int, response: HttpResponse) -> dict[str, Any]:
    """One project notice."""
    response["Cache-Control"] = CACHED
    return project_row(one_project_notice(programme_id))


def project_row(row: Programme) -> dict[str, Any]:
    return {**project_published(row), "ends_at": row.notice_ends_at, "provisional": row.due_provisional}


@router.get("/withheld-notices")
def withheld(request: HttpRequest, paging: PageOf, response: HttpResponse) -> dict[str, Any]:
    """Notices that run, or ran, without the public: number, body, period and reason; neither words nor list."""
    response["Cache-Control"] = CACHED
    return page(withheld_notices(), paging, withheld_row)


def withheld_row(row: Notice) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "status": str(row.status),
        "signer": row.signer,
        "opened_on": row.opened_on,
        "ends_on": row.ends_on,
        "reason": row.withheld_reason,
    }


def _notice(notice_id: int) -> Notice:
    row = public_notices().filter(pk=notice_id).first()
    if row is None:
        raise Refused("notice.not_found", notice=notice_id)
    return row


@router.get("/notices/{int:notice_id}")
def notice(request: HttpRequest, notice_id: int, response: HttpResponse) -> dict[str, Any]:
    """A notice with its frozen lines, and how to object."""
    row = _notice(notice_id)
    lines = NoticeLine.objects.filter(notice=row).order_by("position")
    response["Cache-Control"] = CACHED
    response["ETag"] = f'"{row.version}"'
    return {
        **notice_row(row),
        "text": row.text,
        "lines": [notice_line_told(line) for line in lines],
        "files": [public_file_told(file) for file in kept_files([row.pk])],
        "channels": list(rule_of(row).channels),
        "example": has_examples(row.edition.definition_version_id),
    }


@router.get("/notices/{int:notice_id}/file")
def poster(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice as it is posted on paper, with a code that leads back here."""
    return pdf_answer(notice_pdf(_notice(notice_id)), f"notice-{notice_id}.pdf")


@router.post("/notices/{int:notice_id}/objections", response=CREATED)
def object_to(
    request: HttpRequest, notice_id: int, body: ObjectionIn, response: HttpResponse
) -> dict[str, Any]:
    """Object to one unit of a running notice, until its last day's midnight; the answer carries the receipt number."""
    asked: Any = request
    key = key_of(asked)
    take_one(
        "objection",
        request.META.get("REMOTE_ADDR", ""),
        most=OBJECTIONS_AN_HOUR,
        refusal="objection.too_many",
    )
    told = lodge(notice_id, {**body.told(), "channel": "web"}, key=key)
    response["Location"] = f"/api/v1/public/objections/{told['receipt']}"
    return {"receipt": told["receipt"], "status": told["status"]}


@router.get("/objections/{receipt}")
def follow(request: HttpRequest, receipt: str, response: HttpResponse) -> dict[str, Any]:
    """How far an objection has come, and the reply; nothing about who objected."""
    row = Objection.objects.filter(receipt=receipt.strip().upper()).first()
    if row is None:
        raise Refused("objection.not_found")
    response["Cache-Control"] = "no-store"
    replied = row.status == "replied"
    return {
        "receipt": row.receipt,
        "status": str(row.status),
        "lodged_at": row.lodged_at,
        "outcome": row.outcome if replied else "",
        "reply": row.reply if replied else "",
    }


@router.get("/honours")
def honours(
    request: HttpRequest, paging: PageOf, response: HttpResponse, q: str = "", status: str = ""
) -> dict[str, Any]:
    """The register of honours; `q` finds by the unit's name or pinyin, the title or the number."""
    if status and status not in set(HonourStatus):
        raise Refused("request.filter_invalid", field="status")
    response["Cache-Control"] = CACHED
    return page(register(q=q, status=status), paging, honour_row)


@router.get("/honours/{number}")
def honour(request: HttpRequest, number: str, response: HttpResponse) -> dict[str, Any]:
    """One entry of the register by its number."""
    row = register().filter(number__iexact=number.strip()).first()
    if row is None:
        raise Refused("honour.not_found")
    response["Cache-Control"] = CACHED
    response["ETag"] = f'"{row.version}"'
    return honour_row(row)


def honour_row(row: Honour) -> dict[str, Any]:
    return {
        "version": row.version,
        "number": row.number,
        "title": row.title,
        "unit": row.unit.name,
        "town": unit_above(row.unit),
        "level": row.level,
        "programme": row.edition.programme.name,
        "edition": row.edition.name,
        "status": str(row.status),
        "conferred_on": row.conferred_on,
        "resolution": row.resolution.number if row.resolution else "",
        "last_reviewed_on": row.last_reviewed_on,
        "next_rereview_on": row.next_rereview_on,
        "revoked_on": row.revoked_on,
        "example": has_examples(row.earned_under_id),
    }
