"""Objections as staff works them: received, assigned, investigated apart, sustained or dismissed, answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from services.workflow.commands.files import FILE_MOST, MEGABYTE
from services.workflow.commands.objections import lodge
from services.workflow.commands.sealing import SCANS, Letter, open_identity, open_letter
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import Notice, Objection
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.case_page import one_case
from services.workflow.queries.history import Entry, history_of
from services.workflow.queries.joint_findings import Consultation, consultations_of
from services.workflow.queries.notice_page import lines_of, may_enter_objections
from services.workflow.queries.objection_page import looks_at, objection_page
from services.workflow.web.acting import actor
from services.workflow.web.course import course_shown
from services.workflow.web.deadlines import today
from services.workflow.web.forms import Error, choice, day, put, summary
from services.workflow.web.objection_steps import ORDER, STEPS
from services.workflow.web.pages import Context, done, follow, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.public_notices import ObjectionForm
from services.workflow.web.shown import moment
from services.workflow.web.slate_shown import finding_shown
from services.workflow.web.step_page import Tried, Will, attempt, drawn, of, offer, one_of
from services.workflow.wording.addresses import act_of, page_of
from services.workflow.wording.labels import channel_label, objector_label, status_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

STAFF_CHANNELS = ("phone", "letter", "visit", "email", "fax")


@never_cache
def objection(request: HttpRequest, objection_id: int, step: str = "") -> HttpResponse:
    """The objection with the form of the act that is open to whoever looks."""
    following = follow(request, f"case:{objection_id}")
    row = objection_page(objection_id, actor(request))
    open_ = [name for name in ORDER if name in steps_open(row, actor(request))]
    wanted = step or (open_[0] if open_ else "")
    tried = None
    if wanted and (wanted in open_ or request.method == "POST"):
        tried = attempt(request, row, one_of(STEPS, wanted))
        if tried.answer is not None:
            # With the finding it leaves the investigator, who may not look at it any more.
            back = "/" if wanted == "find" else page_of("objection", row.pk)
            return done(request, back, str(STEPS[wanted].done))
    context = {**following, **_context(request, row), **_form(row, wanted, open_, tried)}
    return show(request, "objection.html", context, status=tried.status if tried else 200)


def _form(row: Any, wanted: str, open_: Sequence[str], tried: Tried | None) -> Context:
    others = [
        {"address": act_of("objection", row.pk, name), "words": step_label("objection", name)}
        for name in open_
        if name != wanted
    ]
    if tried is None:
        return {"others": others}
    if tried.overtaken is not None:
        tried.overtaken["use_newer"] = page_of("objection", row.pk)
    return {
        **of(STEPS[wanted], row, tried),
        "acting": True,
        "form_address": act_of("objection", row.pk, wanted),
        "others": others,
    }


def _context(request: HttpRequest, row: Objection, identity: Context | None = None) -> Context:
    on, by = today(), actor(request)
    history = history_of(row)
    is_investigator = by.role == Role.INVESTIGATOR and row.assignee_id == by.member_id
    return {
        "crumbs": [
            {"words": row.notice.edition.name, "address": page_of("edition", row.notice.edition_id)},
            {"words": row.notice.title, "address": page_of("notice", row.notice_id)},
        ],
        "objection": {
            "number": row.receipt,
            "status": row.status,
            "status_label": status_label("objection", row.status),
            "unit": row.declaration.unit.name,
            "notice": row.notice.title,
            "received_at": row.lodged_at,
            "came_by": f"{channel_label(row.channel)}，{objector_label(row.objector_kind)}",
            "came_on": row.came_on,
            "seal_words": _seal_words(row),
            "facts": row.text,
        },
        "due": on.of(row) if row.due_at else None,
        "investigator": f"{row.investigator_unit.name} {row.assignee.name}"
        if row.assignee and row.investigator_unit
        else "",
        "finding": _finding(row, history),
        "consultations": [
            {**joint_shown(one, row), "slate_address": page_of("slate", one.slate) if is_investigator else ""}
            for one in consultations_of(row, by)
        ],
        "reply": row.reply,
        "identity": identity,
        "identity_address": f"{page_of('objection', row.pk)}/identity" if is_investigator else "",
        "identity_key": new_key(),
        "has_letter": hasattr(row, "letter"),
        "letter_address": f"{page_of('objection', row.pk)}/letter"
        if is_investigator and hasattr(row, "letter")
        else "",
        "letter_key": new_key(),
        "looks": [_look(one) for one in looks_at(row)]
        if is_investigator or row.office_role == by.role
        else [],
        "entries": course_shown(row.KIND, history, on),
    }


def joint_shown(one: Consultation, row: Objection) -> Context:
    """What other bodies were asked about it and what they found; address and number are the page's own."""
    return {
        "unit": row.declaration.unit.name,
        "question": one.question,
        "open": one.status == "open",
        "said": [finding_shown(said) for said in one.said],
    }


def _seal_words(row: Objection) -> str:
    if row.objector_kind != "unit":
        return ""
    return _("seal seen") if row.seal_seen else _("seal not seen; it holds nobody")


def _finding(row: Objection, history: Sequence[Entry]) -> Context | None:
    found = next((entry for entry in reversed(history) if entry.step == "find"), None)
    if found is None:
        return None
    return {"words": row.finding, "by": f"{found.unit} {found.actor_name}", "at": found.at}


def _look(one: Any) -> str:
    who = f"{one.office.unit.name} {one.office.name}"
    told = {"at": moment(one.at), "who": who, "why": one.purpose}
    if one.letter:
        return _("%(at)s %(who)s, the letter: %(why)s") % told
    return _("%(at)s %(who)s: %(why)s") % told


@never_cache
@require_POST
def identity(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Who objects, for the investigator in charge alone; purpose and look are kept, the answer is on no other page."""
    by = actor(request)
    row = objection_page(objection_id, by)
    errors: list[Error] = []
    opened: Context | None = None
    status = 200
    try:
        opened = open_identity(row.pk, purpose=request.POST.get("purpose", ""), by=by, key=key_of(request))
    except Refused as refusal:
        if refusal.code != "identity.purpose_missing":
            raise
        errors, status = [Error("purpose", refusal_text(refusal))], status_of(refusal.code)
    # What was opened is not shown again, so the act that it is looked at for stands on this page.
    open_ = [name for name in ORDER if name in steps_open(row, by)]
    tried = Tried(drawn(one_of(STEPS, open_[0]), row)) if open_ else None
    context = _context(request, row, identity=opened) | _form(row, open_[0] if open_ else "", open_, tried)
    return show(
        request, "objection.html", {**context, "errors": errors, "purpose_wrong": errors}, status=status
    )


@never_cache
@require_POST
def letter(request: HttpRequest, objection_id: int) -> HttpResponse:
    """The scan of the letter, for the investigator in charge alone; the look and its purpose are kept."""
    row = objection_page(objection_id, actor(request))
    content, media_type = open_letter(
        row.pk, purpose=request.POST.get("purpose", ""), by=actor(request), key=key_of(request)
    )
    answer = HttpResponse(content, content_type=media_type)
    ending = SCANS[media_type][0]
    answer["Content-Disposition"] = f'attachment; filename="letter-{row.receipt}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


class EntryForm(ObjectionForm):
    """An objection that came otherwise than by the web form, entered by staff."""

    channel = choice(gettext_lazy("How it came"), [(one, channel_label(one)) for one in STAFF_CHANNELS])
    came_on = day(
        gettext_lazy("Day it came"),
        hint=gettext_lazy(
            "It counts for the deadline; of a letter it is the day of the postmark. Empty: today."
        ),
        required=False,
    )
    seal = forms.BooleanField(
        label=gettext_lazy("The seal of the unit was seen on paper"),
        required=False,
        help_text=gettext_lazy(
            "Without its seal a unit's objection is looked into like a tip and holds nobody."
        ),
    )
    letter = forms.FileField(
        label=gettext_lazy("Scan of the letter"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"class": "input", "accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=gettext_lazy(
            "PDF or picture. It is sealed like the name: the investigator alone may open it, every look is recorded."
        ),
    )
    field_order = ("channel", "came_on", "unit", "kind", "name", "contact", "seal", "text", "letter")

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, units=units, **kwargs)
        offer(self, "channel", [(one, channel_label(one)) for one in STAFF_CHANNELS])


@never_cache
def objection_entry(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Staff enters an objection that came by telephone, letter or visit."""
    by = actor(request)
    row = one_case(by, Notice, notice_id, "edition__programme")
    if not may_enter_objections(row, by):
        raise Refused("step.not_yours", step="receive")
    units = [(str(one.position), f"{one.unit_name}（{one.town_name}）") for one in lines_of(row)]
    sent = request.method == "POST"
    form = EntryForm(request.POST if sent else None, request.FILES if sent else None, units=units)
    status = 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            given = {name: value for name, value in form.cleaned_data.items() if name != "letter"}
            answer = lodge(row.pk, given, letter=_letter(request), by=by, key=key_of(request))
        except Refused as refusal:
            put(form, refusal, field=_field_of(refusal))
            status = status_of(refusal.code)
        else:
            words = _("Entered. The receipt number is %(number)s; tell it to whoever objects.")
            return done(
                request, page_of("objection", answer["objection"]), words % {"number": answer["receipt"]}
            )
    return show(request, "step_form.html", _entry_page(row, form), status=status)


def _letter(request: HttpRequest) -> Letter | None:
    """The scan that was handed in; one that is too large is refused before it is read."""
    file = request.FILES.get("letter")
    if not isinstance(file, UploadedFile):
        return None
    if (file.size or 0) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    return Letter(file.name or "", file.read())


def _field_of(refusal: Refused) -> str | None:
    if refusal.code == "objection.unit_not_listed":
        return "unit"
    return "letter" if refusal.code.startswith("file.") else None


def _entry_page(row: Notice, form: forms.Form) -> Context:
    return {
        "crumbs": [{"words": row.title, "address": page_of("notice", row.pk)}],
        "case": {"title": row.title, "stage": row.status, "stage_label": status_label("notice", row.status)},
        "heading": _("Enter an objection"),
        "will": [
            Will(
                "pause-circle",
                _("This unit is held until the objection is concluded; the rest of the list goes on."),
            ),
            Will(
                "shield-lock",
                _("Name and contact are sealed when you send this; you cannot read them again."),
            ),
        ],
        "form": form,
        "version": row.version,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "submit_words": _("Enter the objection"),
        "cancel_address": page_of("notice", row.pk),
    }
