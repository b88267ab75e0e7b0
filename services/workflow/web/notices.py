"""The office's side of a public notice: drawn up, previewed, released by a second person, closed, taken down."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from services.workflow.commands.notices import draw_up
from services.workflow.domain.calendar import last_day, shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import decision_leg
from services.workflow.domain.stages import Mode, NoticeSubject
from services.workflow.models import Edition, Notice
from services.workflow.models.lifecycle.steps import steps_open, why_not
from services.workflow.queries.case_page import one_case
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import track_definition
from services.workflow.queries.history import history_of
from services.workflow.queries.honour_notices import MAY_BE_TOLD
from services.workflow.queries.notice_page import (
    Standing,
    is_of_office,
    lines_of,
    period_from,
    period_of,
    standing_of,
)
from services.workflow.queries.slate_page import LegOpen, candidates, edition_of_office, legs_open, moved_on
from services.workflow.web.acting import actor
from services.workflow.web.course import course_shown
from services.workflow.web.deadlines import today
from services.workflow.web.forms import line, put, summary, text
from services.workflow.web.newer import overtaken_case
from services.workflow.web.notice_files import gate_shown
from services.workflow.web.notice_objections import objections_shown
from services.workflow.web.notice_shown import period_shown, period_words, public_context
from services.workflow.web.notice_steps import ORDER, STEPS
from services.workflow.web.pages import Context, done, follow, new_key, show
from services.workflow.web.posted import key_of, tick_of
from services.workflow.web.public_pages import paint
from services.workflow.web.shown import long_date
from services.workflow.web.step_page import name_missing, one_of, step_page
from services.workflow.wording.addresses import act_of, honour_notice_new, page_of
from services.workflow.wording.labels import status_label, subject_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

RELATED = ("edition__programme", "prepared_by__unit", "released_by__unit", "office_unit")


class NoticeForm(forms.Form):
    title = line(pgettext_lazy("of a notice", "Title"), maxlength="120")
    text = text(gettext_lazy("Text"), rows="6", hint=gettext_lazy("What stands above the list."))


def notice_new(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Tick the units that wait for a notice, see the period it would have, and draw it up."""
    edition = edition_of_office(edition_id, actor(request), "draw_up")
    leg = _notice_leg(request, edition)
    if request.method != "POST":
        return _new_page(request, edition, NoticeForm(initial=_proposed(request, edition, leg)), leg)
    form = name_missing(NoticeForm(request.POST))
    ticked = dict(tick_of(value) for value in request.POST.getlist("case"))
    if not form.is_valid():
        return _new_page(request, edition, form, leg, ticked=ticked, status=422)
    try:
        if moved := moved_on(ticked):
            raise Refused("overtaken", case=moved[0].pk)
        answer = draw_up(
            edition.pk, list(ticked), **form.cleaned_data, by=actor(request), key=key_of(request)
        )
    except Refused as refusal:
        newer = None
        if refusal.code == "overtaken":
            newer = overtaken_case(moved[0].pk, "declaration", form_id="notice")
        else:
            put(form, refusal)
        return _new_page(
            request, edition, form, leg, ticked=ticked, newer=newer, status=status_of(refusal.code)
        )
    return done(
        request,
        page_of("notice", answer["notice"]),
        _("The notice is drawn up; look it over, then hand it over."),
    )


def _proposed(request: HttpRequest, edition: Edition, leg: LegOpen) -> dict[str, str]:
    """Words to begin with: of what was decided, or of what goes on to be judged after this notice."""
    definition = track_definition(edition.definition_version_id, leg.track)
    names = {"district": edition.district.name, "year": edition.year, "title": definition.title}
    if leg.index < (decision_leg(definition) or 0):
        names = {**names, "body": actor(request).unit_name}
        return {
            "title": _("Public notice of %(body)s on the proposals for “%(title)s” in %(year)s") % names,
            "text": _(
                "After review by %(body)s, those below are to be proposed for “%(title)s” in %(year)s. They are put"
                " before the public; evaluation and decision follow."
            )
            % names,
        }
    return {
        "title": _("Public notice of the units proposed for “%(title)s” of %(district)s in %(year)s") % names,
        "text": _(
            "After declaration, review by the towns, confirmation of eligibility and evaluation, and by decision of the"
            " committee, the units below are proposed for “%(title)s” of %(district)s in %(year)s. They are put before"
            " the public."
        )
        % names,
    }


def _new_page(
    request: HttpRequest,
    edition: Edition,
    form: forms.Form,
    leg: LegOpen,
    *,
    ticked: Any = None,
    newer: Any = None,
    status: int = 200,
) -> HttpResponse:
    rule = track_definition(edition.definition_version_id, leg.track).notice_rule(leg.leg)
    on = shanghai_date(now())
    period = period_from(
        on, None, working_days=rule.working_days, opening_day_counts=rule.opening_day_counts, today=on
    )
    rows = candidates(edition, leg, actor(request))
    context = {
        "crumbs": [
            {"words": edition.name, "address": page_of("edition", edition.pk)},
            {"words": leg.leg.name},
        ],
        "heading": step_label("", "draw_up"),
        "candidates": [_candidate(one, ticked) for one in rows],
        "others": [
            {"address": honour_notice_new(edition.pk, about), "words": subject_label(about)}
            for about in MAY_BE_TOLD
        ],
        "form": form,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "overtaken": newer,
        "period_words": period_words(period),
        **period_shown(period, mark_today=False),
    }
    return show(request, "notice_new.html", context, status=status)


def _notice_leg(request: HttpRequest, edition: Edition) -> LegOpen:
    """The notice leg of this actor at which units wait; a route may hold several, and one body several of them."""
    legs = legs_open(edition, actor(request), Mode.NOTICE)
    if not legs:
        raise Refused("step.not_yours", step="draw_up")
    wanted = request.GET.get("leg", "")
    chosen = next((leg for leg in legs if leg.waiting and str(leg.index) == wanted), None)
    return chosen or next((leg for leg in legs if leg.waiting), legs[0])


def _candidate(one: Any, ticked: Any) -> Context:
    return {
        "case_id": one.case,
        "version": one.version,
        "unit": one.unit,
        "town": one.town,
        "points": one.points,
        "barred": refusal_text(Refused(one.barred)) if one.barred else "",
        "ticked": one.case in ticked if ticked is not None else not one.barred,
    }


def notice_edit(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice as the office has it: list with what is held, period, who prepared it, what is open to do."""
    following = follow(request, f"case:{notice_id}")
    by = actor(request)
    row = one_case(by, Notice, notice_id, *RELATED)
    if not is_of_office(row, by):
        return HttpResponseRedirect(f"/notices/{notice_id}")
    lines, period = lines_of(row), period_of(row)
    held = standing_of(lines)
    on = today()
    open_ = [step for step in ORDER if step in steps_open(row, by)]
    context = {
        "crumbs": _crumbs(row),
        "notice": {
            "status": row.status,
            "status_label": status_label("notice", row.status),
            "title": row.title,
            "number": row.number,
            "text": row.text,
        },
        "due": on.of(row) if row.due_at and row.status != "closed" else None,
        "lines": [_line(one, held[one.declaration_id]) for one in lines],
        "period_words": period_words(period),
        **period_shown(period, mark_today=row.status == "released"),
        "prepared_by": row.prepared_by.name if row.prepared_by else "",
        "released_by": row.released_by.name if row.released_by else "",
        "waits_words": _waits(row, by),
        "preview_address": act_of("notice", row.pk, "preview"),
        "public_address": f"/notices/{row.pk}" if row.opened_on and not row.withheld else "",
        "word_address": f"/notices/{row.pk}.docx" if row.opened_on and row.ends_on else "",
        "withheld_reason": row.withheld_reason if row.withheld else "",
        "entry_address": act_of("notice", row.pk, "objection")
        if row.status in {"released", "closed"}
        else "",
        **objections_shown(row, on),
        "attach_key": new_key(),
        **gate_shown(row, steps_open(row, by)),
        "acts": [_act(row, step, n) for n, step in enumerate(open_)],
        "entries": course_shown(row.KIND, history_of(row), on),
    }
    return show(request, "notice_edit.html", {**following, **context})


def _crumbs(row: Notice) -> list[Context]:
    return [
        {"words": row.edition.name, "address": page_of("edition", row.edition_id)},
        {"words": _("Public notices"), "address": "/notices"},
    ]


def _line(one: Any, held: Standing) -> Context:
    words = []
    if held.vetoed:
        words.append(_("vetoed"))
    if held.objections:
        words.append(_("objections: %(n)d") % {"n": held.objections})
    return {
        "unit": one.unit_name,
        "town": one.town_name,
        "points": one.points,
        "held": "；".join(words),
        "result": one.result,
        "address": page_of("declaration", one.declaration_id),
    }


def _waits(row: Notice, by: Any) -> str:
    """What happens next where nothing is open to this person."""
    if row.status == "prepared" and why_not(row, "release", by):
        return _("You prepared it; somebody else of the office releases it.")
    if row.status == "released":
        told = [_("It closes by itself after its last day")]
        if row.subject == NoticeSubject.CANDIDATES:
            told.append(_("units with nothing open against them go on to the next leg"))
        if row.shown_days is not None:
            told.append(_("%(n)d days after the close it is taken down by itself") % {"n": row.shown_days})
        return pgettext("between facts", "; ").join(told)
    if row.status == "closed" and row.due_at is not None:
        day = {"day": long_date(last_day(row.due_at))}
        return _("It is taken down by itself after %(day)s; its proof stays in the log.") % day
    return ""


def _act(row: Notice, step: str, place: int) -> Context:
    return {
        "address": act_of("notice", row.pk, step),
        "words": step_label("notice", step),
        "primary": place == 0 and step in {"prepare", "release", "close"},
    }


def preview(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The public page as it would be if it were released today."""
    by = actor(request)
    row = one_case(by, Notice, notice_id, *RELATED)
    if not is_of_office(row, by):
        raise Refused("notice.not_found", notice=notice_id)
    context = public_context(row, lines_of(row), period_of(row), preview=row.opened_on is None)
    return paint(request, "public/notice.html", {**context, "back_address": page_of("notice", row.pk)})


def notice_step(request: HttpRequest, notice_id: int, step: str) -> HttpResponse:
    """One act on a notice, on a page of its own."""
    row = one_case(actor(request), Notice, notice_id, *RELATED)
    period = period_of(row)
    facts = [
        {"term": _("Period"), "words": period_words(period)},
        {"term": _("Units"), "words": str(row.facts.lines)},
    ]
    return step_page(
        request,
        row,
        one_of(STEPS, step),
        title=row.title,
        back=page_of("notice", row.pk),
        crumbs=_crumbs(row),
        facts=facts if step in {"prepare", "release"} else [],
    )
