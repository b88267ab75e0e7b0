"""The page of a declaration's case, and one page for each act on it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from services.workflow.commands.steps import take_step
from services.workflow.domain.access import is_organiser
from services.workflow.domain.actor import Seat
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ROUND_MODES, Mode, Stage
from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import steps_open, why_not
from services.workflow.queries.case_course import changed_since, course_of
from services.workflow.queries.case_page import one_case
from services.workflow.queries.history import history_of, is_sealed
from services.workflow.queries.inbox import waiting_for
from services.workflow.queries.keepsakes import phrases_of
from services.workflow.queries.moving import newer_versions
from services.workflow.queries.own_check import checks_itself
from services.workflow.queries.sheets import sheet_of
from services.workflow.queries.side_acts import in_charge_of, side_acts_of
from services.workflow.queries.work_page import acts_on
from services.workflow.web import case_shown as shown
from services.workflow.web.acting import actor
from services.workflow.web.acts import FORWARD, PAGES, ActPage, fields_of, role_needed
from services.workflow.web.corrections import correction_rows, corrections_sent, corrections_shown
from services.workflow.web.deadlines import today
from services.workflow.web.errors import refused
from services.workflow.web.forms import put, summary
from services.workflow.web.inbox_shown import address_of
from services.workflow.web.newer import overtaken_case
from services.workflow.web.pages import Context, done, follow, new_key, part, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.web.scores_shown import rail_scores, scores_shown
from services.workflow.web.side_acts_shown import opinion_asked, with_side_acts
from services.workflow.web.town_scores import score_error, score_rows, scores_sent
from services.workflow.web.working import side_acts
from services.workflow.wording.addresses import notice_new, slate_new
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

RELATED = ("unit__town", "edition__programme", "waiting_unit")

# Before anything has been decided.
MOVABLE = (Stage.RETURNED, Stage.PRELIMINARY_REVIEW, Stage.ELIGIBILITY, Stage.EVALUATION)


# What a body's own sheet has to come to before its case goes on.
UNCHECKED = ("leg.not_scored", "leg.below_mark")


def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Where it is and whose, what it scored, how it went, and what this office may do now."""
    live = follow(request, f"case:{case_id}")
    row = one_case(actor(request), Declaration, case_id, *RELATED)
    context = {
        **_body(request, row),
        **live,
        "crumbs": shown.crumbs(row),
        "case": shown.head(row),
        "acts": _acts(request, row),
    }
    return show(request, "case.html", context)


def case_body(request: HttpRequest, case_id: int) -> HttpResponse:
    """What of the page follows by itself."""
    row = one_case(actor(request), Declaration, case_id, *RELATED)
    return part(request, "case_body.html", _body(request, row))


def _body(request: HttpRequest, row: Any) -> Context:
    now, history, course = today(), history_of(row), course_of(row)
    by, done = actor(request), side_acts_of(row.pk)
    acts = acts_on(by, row)
    open_ = [entry for entry in history if not is_sealed(row, entry, by)]
    sheet = sheet_of(row, by)
    returned = next((e for e in reversed(history) if e.step == "return"), None)
    changed = changed_since(row.pk, returned.at) if returned and row.stage != Stage.RETURNED else []
    return {
        "fragment_address": reverse("case_body", args=[row.pk]),
        "steps": shown.stepper(row, history, now, course),
        "scores": scores_shown(row, sheet),
        "rail_scores": rail_scores(row, sheet),
        "pass_mark": sheet.pass_mark,
        "full_points": sheet.maximum,
        "entries": with_side_acts(shown.timeline(row, open_, now), done),
        "side_acts": side_acts(row, acts),
        "asked": opinion_asked(row, by, done) if "opinion" in acts else None,
        "checks": [*shown.checks(row, course, changed), *shown.in_charge(in_charge_of(row.pk))],
        "vote": shown.vote_shown(course, actor(request)),
        "vetoes": shown.vetoes_shown(row, course),
        "corrections": corrections_shown(row),
    }


def _acts(request: HttpRequest, row: Any) -> list[dict[str, Any]]:
    """A link to the page of every act that is open to this office now, the one that goes forward first."""
    by = actor(request)
    steps = steps_open(row, by)
    forward = next((step for step in FORWARD if step in steps), "")
    acts = []
    for step in sorted(steps, key=lambda step: step != forward):
        address = reverse("act", args=[row.pk, step])
        if step in {"submit", "resubmit"}:
            address = reverse("check_answers", args=[row.pk])
        words = step_label("declaration", step)
        acts.append({"address": address, "words": words, "primary": step == forward})
    return [*_office_acts(request, row), *_own_check(row, by, forward=forward), *acts, *_moving(row, by)]


def _own_check(row: Any, by: Any, *, forward: str) -> list[dict[str, Any]]:
    """The sheet of a leg that scores for itself; the first thing to do while it is not complete."""
    if not checks_itself(row, by):
        return []
    address = reverse("own_check", args=[row.pk])
    return [{"address": address, "words": step_label("", "own_check"), "primary": not forward}]


def _moving(row: Any, by: Any) -> list[dict[str, Any]]:
    """The office may move an open case to a version that was published since."""
    if row.stage not in MOVABLE or not is_organiser(row, by) or not newer_versions(row):
        return []
    address = reverse("change_version", args=[row.pk])
    return [{"address": address, "words": step_label("declaration", "change_version"), "primary": False}]


def _office_acts(request: HttpRequest, row: Any) -> list[dict[str, Any]]:
    """What the office does with a case that waits for a round or a notice: it puts it on a list."""
    by = actor(request)
    mine = Seat(row.waiting_role, row.waiting_unit_id).is_held_by(by)
    if not mine or row.facts.open_vetoes or row.leg is None:
        return []
    mode = row.facts.mode(row.leg)
    if mode in ROUND_MODES:
        return [
            {
                "address": slate_new(row.edition_id, row.leg, row.track),
                "words": _("Put on a slate"),
                "primary": True,
            }
        ]
    if mode == Mode.NOTICE:
        return [{"address": notice_new(row.edition_id), "words": step_label("", "draw_up"), "primary": True}]
    return []


def act(request: HttpRequest, case_id: int, step: str) -> HttpResponse:
    """The page of one act: what will happen, its form, and the button that names it."""
    page = PAGES.get(step)
    if page is None:
        raise Http404
    by = actor(request)
    row = one_case(by, Declaration, case_id, *RELATED)
    closed = why_not(row, step, by)
    if closed is not None and closed.code in UNCHECKED and checks_itself(row, by):
        return done(request, reverse("own_check", args=[case_id]), refusal_text(closed))
    if closed is not None and request.method != "POST":
        return refused(request, closed, role_needed=role_needed(row, step))
    made = page.form(row, by)
    form = made(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _act_page(request, row, step, page, form)
    if not form.is_valid():
        return _act_page(request, row, step, page, form, status=422)
    try:
        _take(request, case_id, step, page, form)
    except Refused as refusal:
        return _not_taken(request, case_id, step, page, form, refusal)
    words = _("%(unit)s: %(act)s") % {"unit": row.unit.name, "act": step_label("declaration", step)}
    return done(request, _after(request, case_id), words)


def _take(request: HttpRequest, case_id: int, step: str, page: ActPage, form: forms.Form) -> None:
    fields = fields_of(form.cleaned_data)
    if page.scores:
        fields["scores"] = scores_sent(request.POST)
    if page.corrections:
        fields["corrections"] = corrections_sent(request.POST)
    take_step(
        "declaration",
        case_id,
        step,
        by=actor(request),
        key=key_of(request),
        version=version_of(request),
        reason=form.cleaned_data.get("reason", ""),
        fields=fields,
    )


def _not_taken(
    request: HttpRequest, case_id: int, step: str, page: ActPage, form: forms.Form, refusal: Refused
) -> HttpResponse:
    """Stale or wrong: the form again with what was typed, if the act is still open; else how it stands now."""
    by = actor(request)
    row = one_case(by, Declaration, case_id, *RELATED)
    closed = why_not(row, step, by)
    if closed is not None and status_of(refusal.code) == 409:
        newer = overtaken_case(case_id, "declaration", form_id="")
        return refused(request, refusal, overtaken=newer, case_address=reverse("case", args=[case_id]))
    context: Context = {}
    if refusal.code == "overtaken":
        context["overtaken"] = overtaken_case(case_id, "declaration", form_id="step")
    elif page.scores and "criterion" in refusal.params:
        context["score_rows"] = score_rows(row, request.POST, refusal)
        context["errors"] = [score_error(refusal)]
    else:
        put(form, refusal)
    return _act_page(request, row, step, page, form, status=status_of(refusal.code), more=context)


def _act_page(
    request: HttpRequest,
    row: Any,
    step: str,
    page: ActPage,
    form: forms.Form,
    *,
    status: int = 200,
    more: Context | None = None,
) -> HttpResponse:
    words = step_label("declaration", step)
    context = {
        "crumbs": [*shown.crumbs(row), {"words": row.unit.name, "address": reverse("case", args=[row.pk])}],
        "case": {**shown.head(row), "due": today().of(row)},
        "heading": words,
        "will": page.will(row),
        "form": form,
        "phrases": phrases_of(actor(request)),
        "errors": summary(form) if form.is_bound else [],
        "version": row.version,
        "key": request.POST.get("key") or new_key(),
        "submit_words": words,
        "tone": page.tone,
        "cancel_address": reverse("case", args=[row.pk]),
        "after": page.tone != "danger",
        "score_rows": score_rows(row, request.POST)
        if page.scores and not checks_itself(row, actor(request))
        else [],
        "corrections": correction_rows(row, request.POST) if page.corrections else [],
        "facts": shown.own_check_facts(row, actor(request)) if step in FORWARD else [],
        **(more or {}),
    }
    return show(request, "step_form.html", context, status=status)


def _after(request: HttpRequest, case_id: int) -> str:
    """The case, or the next piece of work where that was asked for."""
    if request.POST.get("next"):
        page = waiting_for(actor(request), limit=1)
        return address_of(page.items[0]) if page.items else "/"
    return reverse("case", args=[case_id])
