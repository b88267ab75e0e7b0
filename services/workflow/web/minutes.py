"""会议纪要: the organiser fills in the meeting; the minutes are read here and taken out as DOCX and PDF."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.commands.meetings import keep_meeting
from services.workflow.documents.editable import DOCX_TYPE, editable
from services.workflow.documents.making import kept_or_made
from services.workflow.documents.minutes import draft_of, minutes_of
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode, Role
from services.workflow.models import Meeting
from services.workflow.queries.paper_votes import meeting_of
from services.workflow.queries.slate_page import SlatePage, slate_page
from services.workflow.rounds.outcomes import tallies
from services.workflow.rounds.rule import RoundRule
from services.workflow.web.acting import actor
from services.workflow.web.forms import day, line, put, summary, text, typed
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.slate_shown import crumbs, is_organiser, slate_title
from services.workflow.web.step_page import name_missing
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import stage_label
from services.workflow.wording.statuses import status_of

FIELDS = ("held_on", "place", "chair", "recorder", "remarks")


class MeetingForm(forms.Form):
    held_on = day(gettext_lazy("Day of the meeting"))
    place = line(gettext_lazy("Place of the meeting"))
    chair = line(gettext_lazy("Chair"))
    recorder = line(gettext_lazy("Recorder"))
    remarks = text(
        gettext_lazy("What else the minutes say"),
        required=False,
        hint=gettext_lazy("Each line becomes a paragraph."),
    )


def minutes(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The draft of the minutes, and for the organiser the form of their head."""
    page = _page(request, slate_id)
    meeting = meeting_of(page.round)
    leads = is_organiser(page, actor(request))
    start = {name: getattr(meeting, name) for name in FIELDS} if meeting else None
    form = name_missing(MeetingForm(request.POST if request.method == "POST" else None, initial=start))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _keep(request, page, form)
            except Refused as refusal:
                put(form, refusal)
                status = status_of(refusal.code)
            else:
                return done(request, f"/slates/{slate_id}/minutes", _("The meeting has been kept."))
    return show(request, "minutes.html", _context(page, meeting, form, leads=leads), status=status)


def _keep(request: HttpRequest, page: SlatePage, form: forms.Form) -> None:
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else None
    keep_meeting(page.round.pk, typed(form), version=version, by=actor(request), key=key_of(request))


def _context(page: SlatePage, meeting: Meeting | None, form: forms.Form, *, leads: bool) -> Context:
    rule = RoundRule.read(page.round.rule).vote
    counted = {} if page.round.is_open else _tallies(page)
    files = f"/slates/{page.slate.pk}/minutes"
    return {
        "crumbs": crumbs(page.slate.edition, stage_label(page.leg.stage)),
        "title": slate_title(page)["title"],
        "paper": draft_of(page.round, rule, counted),
        "form": form if leads else None,
        "version": meeting.version if meeting else "",
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "files": [
            {"address": f"{files}.docx", "words": "DOCX"},
            {"address": f"{files}.pdf", "words": "PDF"},
        ]
        if meeting and not page.round.is_open
        else [],
        "is_open": page.round.is_open,
        "back": page_of("slate", page.slate.pk),
    }


def minutes_word(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The minutes as a file for Word and WPS."""
    return _file(editable(_paper(request, slate_id)), f"minutes-{slate_id}.docx", DOCX_TYPE)


def minutes_pdf(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The minutes as PDF/A."""
    return _file(kept_or_made(_paper(request, slate_id)), f"minutes-{slate_id}.pdf", "application/pdf")


def _paper(request: HttpRequest, slate_id: int) -> Any:
    page = _page(request, slate_id)
    return minutes_of(page.round, RoundRule.read(page.round.rule).vote, _tallies(page))


def _tallies(page: SlatePage) -> Any:
    return tallies(page.round, [line.case_id for line in page.lines if line.struck_at is None])


def _page(request: HttpRequest, slate_id: int) -> SlatePage:
    """A vote's slate for its organiser, the district's office and the members. Refused: vote.not_a_vote."""
    page = slate_page(slate_id, actor(request))
    if page.round.mode != Mode.VOTE:
        raise Refused("vote.not_a_vote")
    if not is_organiser(page, actor(request)) and actor(request).role not in {Role.OFFICE, Role.COMMITTEE}:
        raise Refused("step.not_yours", step="minutes")
    return page


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
