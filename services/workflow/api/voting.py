"""A vote's meeting and minutes; the count of a secret vote, which is cast on paper."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from services.workflow.api.asking import CREATED, key_of, seen
from services.workflow.api.auth import Request
from services.workflow.api.organising import the_round
from services.workflow.api.papers import attachment
from services.workflow.api.shapes_rounds import ConfirmIn, CountIn, MeetingIn, RecusalIn
from services.workflow.commands import paper_votes
from services.workflow.commands.files import FILE_MOST, MEGABYTE
from services.workflow.commands.meetings import keep_meeting
from services.workflow.documents.editable import DOCX_TYPE, editable
from services.workflow.documents.making import kept_or_made
from services.workflow.documents.minutes import minutes_of
from services.workflow.documents.papers import Minutes
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import SlateLine
from services.workflow.queries.paper_votes import PaperPage, may_count, meeting_of, paper_page
from services.workflow.queries.stored import path_of
from services.workflow.rounds.outcomes import tallies
from services.workflow.rounds.rule import RoundRule

router = Router(tags=["rounds"])


@router.get("/rounds/{int:round_id}/meeting")
def meeting(request: Request, round_id: int) -> dict[str, Any]:
    """When and where the vote was held; empty before anybody has said so."""
    row = meeting_of(the_round(request, round_id))
    if row is None:
        return {"id": round_id, "version": None}
    return {
        "id": round_id,
        "version": row.version,
        "held_on": row.held_on,
        "place": row.place,
        "chair": row.chair,
        "recorder": row.recorder,
        "remarks": row.remarks,
    }


@router.post("/rounds/{int:round_id}/meeting")
def keep(request: Request, round_id: int, body: MeetingIn) -> dict[str, Any]:
    """The organiser fills in the head of the minutes."""
    the_round(request, round_id)
    version, _ = seen(request, body.version)
    told = keep_meeting(round_id, body.told(), version=version, by=request.auth, key=key_of(request))
    return {"id": round_id, **told}


@router.get("/rounds/{int:round_id}/count")
def count(request: Request, round_id: int) -> dict[str, Any]:
    """What has been entered of a vote on paper: for its organiser and its members."""
    page = _paper(request, round_id)
    vote = page.vote
    return {
        "id": round_id,
        "version": vote.version if vote else None,
        "teller": vote.teller.name if vote else "",
        "scrutineer": vote.scrutineer.name if vote and vote.scrutineer else "",
        "confirmed_at": vote.confirmed_at if vote else None,
        "sheet": vote.sheet_name if vote else "",
        "members": [
            {
                "member": task.assignee_id,
                "name": task.assignee.name if task.assignee else "",
                "present": came.present if (came := page.attendance.get(task.assignee_id or 0)) else None,
                "reason": came.reason if came else "",
            }
            for task in page.members
        ],
        "recusals": [
            {"case": case, "member": member, "reason": reason}
            for case, who in page.recusals.items()
            for member, reason in who.items()
        ],
        "counts": [
            {
                "case": one.case_id,
                "for": one.in_favour,
                "against": one.against,
                "abstain": one.abstain,
                "spoiled": one.spoiled,
            }
            for one in page.counts.values()
        ],
    }


def _paper(request: Request, round_id: int) -> PaperPage:
    row = the_round(request, round_id)
    if not RoundRule.read(row.rule).on_paper:
        raise Refused("vote.not_on_paper")
    page = paper_page(row)
    if not may_count(row, page, request.auth):
        raise Refused("step.not_yours", step="enter_count")
    return page


@router.post("/rounds/{int:round_id}/count")
def enter(request: Request, round_id: int, body: CountIn) -> dict[str, Any]:
    """The teller enters attendance and papers; again until the scrutineer has confirmed them."""
    the_round(request, round_id)
    version, _ = seen(request, body.version)
    told = paper_votes.enter_count(
        round_id,
        attendance=[one.model_dump() for one in body.attendance],
        counts=[one.told() for one in body.counts],
        version=version,
        by=request.auth,
        key=key_of(request),
    )
    return {"id": round_id, **told}


@router.post("/rounds/{int:round_id}/sheet", response=CREATED)
def attach(request: Request, round_id: int, file: Annotated[UploadedFile, File()]) -> dict[str, Any]:
    """The signed counting sheet; If-Match carries the version of the count."""
    the_round(request, round_id)
    if (file.size or 0) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    version, _ = seen(request, None)
    told = paper_votes.attach_sheet(
        round_id,
        name=file.name or "",
        content=file.read(),
        version=version,
        by=request.auth,
        key=key_of(request),
    )
    return {"id": round_id, **told}


@router.get("/rounds/{int:round_id}/sheet")
def sheet(request: Request, round_id: int) -> HttpResponse:
    """The signed sheet as it was attached."""
    page = _paper(request, round_id)
    if page.vote is None or not page.vote.sheet_sha256:
        raise Refused("file.missing")
    return attachment(path_of(page.vote.sheet_sha256), page.vote.sheet_name, page.vote.sheet_media_type)


@router.post("/rounds/{int:round_id}/confirm")
def confirm(request: Request, round_id: int, body: ConfirmIn) -> dict[str, Any]:
    """The scrutineer, another person than the teller, confirms the count; the round ends."""
    the_round(request, round_id)
    version, _ = seen(request, body.version)
    told = paper_votes.confirm_count(round_id, version=version, by=request.auth, key=key_of(request))
    return {"id": round_id, **told}


@router.post("/rounds/{int:round_id}/recusals", response=CREATED)
def recuse(request: Request, round_id: int, body: RecusalIn) -> dict[str, Any]:
    """A member stays out of a secret vote on one line."""
    the_round(request, round_id)
    told = paper_votes.recuse(round_id, body.case, reason=body.reason, by=request.auth, key=key_of(request))
    return {"id": round_id, **told}


@router.get("/rounds/{int:round_id}/minutes.pdf")
def minutes_pdf(request: Request, round_id: int) -> HttpResponse:
    """The minutes as PDF/A."""
    return _file(kept_or_made(_minutes(request, round_id)), f"minutes-{round_id}.pdf", "application/pdf")


@router.get("/rounds/{int:round_id}/minutes.docx")
def minutes_word(request: Request, round_id: int) -> HttpResponse:
    """The minutes as a file for Word and WPS."""
    return _file(editable(_minutes(request, round_id)), f"minutes-{round_id}.docx", DOCX_TYPE)


def _minutes(request: Request, round_id: int) -> Minutes:
    row = the_round(request, round_id)
    tabled_by = row.slate.tabled_by
    organiser = (request.auth.role, request.auth.unit_id) == (tabled_by.role, tabled_by.unit_id)
    if not organiser and request.auth.role not in {Role.OFFICE, Role.COMMITTEE}:
        raise Refused("step.not_yours", step="minutes")
    cases = SlateLine.objects.filter(slate=row.slate, struck_at__isnull=True).values_list(
        "case_id", flat=True
    )
    return minutes_of(row, RoundRule.read(row.rule).vote, tallies(row, list(cases)))


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
