"""The office puts cases that wait at a leg on a slate, watches its round, and closes it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.answers import close_round
from services.workflow.commands.slates import table
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Edition, RoundTask, SlateLine
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.slate_page import (
    LegOpen,
    SlatePage,
    candidates,
    edition_of_office,
    legs_open,
    moved_on,
    slate_page,
)
from services.workflow.rounds.rule import RoundRule
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import Today, today
from services.workflow.web.forms import Error, put, summary
from services.workflow.web.newer import overtaken_case
from services.workflow.web.pages import Context, done, follow, new_key, part, show
from services.workflow.web.posted import key_of, tick_of
from services.workflow.web.step_page import Will
from services.workflow.web.templatetags.laurel import points
from services.workflow.wording.addresses import page_of
from services.workflow.wording.addresses import slate_new as slate_new_address
from services.workflow.wording.labels import mode_label, round_status_label, stage_label, verdict_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of

TASK_STATES = {"NEW": "not_begun", "DONE": "done", "CANCELED": "struck"}
OUTCOMES = {"carried": "done", "not_carried": "to_correct"}


def slate_new(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Tick the cases that wait at one leg and ask the bodies of that leg."""
    edition = edition_of_office(edition_id, actor(request), "table")
    if request.method != "POST":
        return _new_page(request, edition)
    ticked = dict(tick_of(value) for value in request.POST.getlist("case"))
    try:
        if moved := moved_on(ticked):
            raise Refused("overtaken", case=moved[0].pk)
        answer = table(edition_id, list(ticked), by=actor(request), key=key_of(request))
    except Refused as refusal:
        return _new_page(request, edition, refusal=refusal, ticked=ticked)
    words = ngettext(
        "%(n)d body or person has been asked", "%(n)d bodies or persons have been asked", len(answer["tasks"])
    )
    return done(request, page_of("slate", answer["slate"]), words % {"n": len(answer["tasks"])})


def _new_page(
    request: HttpRequest, edition: Edition, *, refusal: Refused | None = None, ticked: Any = None
) -> HttpResponse:
    legs = legs_open(edition, actor(request))
    chosen = _chosen_leg(request, legs)
    newer = None
    errors = []
    if refusal is not None and refusal.code == "overtaken":
        newer = overtaken_case(int(str(refusal.params["case"])), "declaration", form_id="slate")
    elif refusal is not None:
        errors = [Error("", refusal_text(refusal))]
    context = {
        "crumbs": _crumbs(edition, stage_label(chosen.leg.stage)),
        "heading": _("Slate for “%(leg)s”") % {"leg": chosen.leg.name},
        "leg_words": _leg_words(edition, chosen),
        "tabs": [_tab(edition, leg, chosen) for leg in legs],
        "tabs_label": _("Legs handled in rounds"),
        "candidates": [_candidate(one, ticked) for one in candidates(edition, chosen, actor(request))],
        "key": new_key(),
        "errors": errors,
        "overtaken": newer,
    }
    return show(request, "slate_new.html", context, status=status_of(refusal.code) if refusal else 200)


def _chosen_leg(request: HttpRequest, legs: list[LegOpen]) -> LegOpen:
    """The leg asked for, else the first at which something waits."""
    wanted = request.GET.get("leg", ""), request.GET.get("track", "")
    if not legs:
        raise Http404
    return next(
        (leg for leg in legs if (str(leg.index), leg.track) == wanted),
        next((leg for leg in legs if leg.waiting), legs[0]),
    )


def _tab(edition: Edition, leg: LegOpen, chosen: LegOpen) -> Context:
    address = slate_new_address(edition.pk, leg.index, leg.track)
    names = {track.key: track.name for track in definition_of(edition.definition_version_id).tracks}
    label = f"{names[leg.track]}・{leg.leg.name}" if leg.track else leg.leg.name
    return {"address": address, "label": label, "count": leg.waiting, "current": leg is chosen}


def _leg_words(edition: Edition, leg: LegOpen) -> str:
    days = leg.leg.due_days
    term = (
        ngettext("within %(n)d working day", "within %(n)d working days", days) % {"n": days} if days else ""
    )
    asked = _("the committee's members") if leg.leg.mode == Mode.VOTE else mode_label(leg.leg.mode)
    return _("%(how)s; %(term)s") % {"how": asked, "term": term} if term else str(asked)


def _candidate(one: Any, ticked: Any) -> Context:
    note = _("not carried in the last round") if one.outvoted else ""
    return {
        "case_id": one.case,
        "version": one.version,
        "unit": one.unit,
        "town": one.town,
        "rank": one.rank,
        "points": one.points,
        "place": one.place,
        "note": note,
        "barred": refusal_text(Refused(one.barred)) if one.barred else "",
        "ticked": one.case in ticked if ticked is not None else not one.barred and not one.outvoted,
    }


def slate(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The slate, whose answer is open, and what was said of each line."""
    following = follow(request)
    page = slate_page(slate_id, actor(request))
    return show(request, "slate.html", {**following, **_context(request, page)})


def slate_body(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The part of the slate's page that follows by itself."""
    return part(request, "slate_body.html", _context(request, slate_page(slate_id, actor(request))))


def _context(request: HttpRequest, page: SlatePage) -> Context:
    on, open_ = today(), page.round.is_open
    secret = page.round.mode == Mode.VOTE and RoundRule.read(page.round.rule).vote.secret
    asked = sum(1 for line in page.lines if line.struck_at is None)
    return {
        "crumbs": _crumbs(page.slate.edition, stage_label(page.leg.stage)),
        "slate": {
            "name": _("Slate no. %(n)d, %(leg)s") % {"n": page.slate.number, "leg": page.leg.name},
            "leg": _("Tabled by %(who)s")
            % {"who": f"{page.slate.tabled_by.unit.name} {page.slate.tabled_by.name}"},
            "status": "under_way" if open_ else "closed",
            "status_label": round_status_label(page.round.status),
        },
        "tasks": [_task(task, page, asked, on) for task in page.tasks],
        "bodies": [_body(task) for task in page.tasks],
        "lines": [_line(line, page, secret=secret) for line in page.lines],
        "acts": _acts(request, page) if open_ else [],
        "ranked": bool(page.places),
        "fragment_address": f"/slates/{page.slate.pk}/body",
        "now": on.moment,
    }


def _acts(request: HttpRequest, page: SlatePage) -> list[Context]:
    by = actor(request)
    tabled_by = page.slate.tabled_by
    if (by.role, by.unit_id) != (tabled_by.role, tabled_by.unit_id):
        return []
    return [{"address": f"/slates/{page.slate.pk}/close", "words": _("Close the round"), "primary": False}]


def _body(task: RoundTask) -> str:
    return task.assignee.name if task.assignee else str(task.participant_unit)


def _task(task: RoundTask, page: SlatePage, asked: int, on: Today) -> Context:
    state = "recused" if task.verdict == "recused" else TASK_STATES[str(task.status)]
    answered = sum(1 for said in page.said.values() if task.pk in said)
    due = on.of(task) if task.is_open else None
    person = task.assignee.name if task.assignee else task.decided_by.name if task.decided_by else ""
    return {
        "body": task.participant_unit.name if task.participant_unit else "",
        "person": person,
        "state": state,
        "answered": min(answered, asked) if task.is_open else answered,
        "asked": asked,
        "due": due,
        "decided_at": task.decided_at,
    }


def _line(line: SlateLine, page: SlatePage, *, secret: bool) -> Context:
    unit = line.case.unit
    said = page.said.get(line.case_id, {})
    results = [_result(said.get(task.pk), page, secret=secret) for task in page.tasks]
    outcomes = {"carried": _("carried"), "not_carried": _("not carried")}
    return {
        "number": line.position,
        "unit": unit.name,
        "town": unit.town.name if unit.town else "",
        "address": page_of("declaration", line.case_id),
        **_place(line, page),
        "results": results,
        "struck": _("Struck: %(why)s") % {"why": struck_words(line)} if line.struck_at else "",
        "outcome": OUTCOMES.get(line.outcome, ""),
        "outcome_label": outcomes.get(line.outcome, ""),
    }


def _place(line: SlateLine, page: SlatePage) -> Context:
    """The place in the ranking and the line that told a tie apart, where there is a ranking."""
    place = page.places.get(line.case_id)
    if place is None:
        return {"place": None, "points": None}
    lowest = max(one.place for one in page.places.values())
    reason = _("by %(line)s") % {"line": place.tie_broken_by} if place.tie_broken_by else ""
    return {
        "place": place.place,
        "points": place.points,
        "place_words": _("shared") if place.shared else reason,
        "last": place.place == lowest and len(page.places) > 1,
    }


def struck_words(line: SlateLine) -> str:
    from_step = {"raise_veto": _("veto"), "return": _("returned for correction"), "withdraw": _("withdrawn")}
    return str(from_step.get(line.struck_reason, _("disqualified")))


def _result(said: Any, page: SlatePage, *, secret: bool) -> str:
    if said is None:
        return ""
    if secret:
        return _("cast")
    if page.round.mode == Mode.SCORING:
        return points(said)
    verdict, note = said
    word = verdict_label(verdict)
    return _("%(word)s: %(note)s") % {"word": word, "note": note} if note else word


def slate_close(request: HttpRequest, slate_id: int) -> HttpResponse:
    """Close a round that has what its rule needs."""
    page = slate_page(slate_id, actor(request))
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            answer = close_round(page.round.pk, by=actor(request), key=key_of(request))
        except Refused as refusal:
            put(form, refusal)
            status = status_of(refusal.code)
        else:
            words = ngettext("%(n)d unit goes on", "%(n)d units go on", len(answer["moved"]))
            return done(request, page_of("slate", slate_id), words % {"n": len(answer["moved"])})
    context = {
        **_context(request, page),
        "case": _case(page),
        "heading": _("Close the round"),
        "will": [
            Will("lock", _("Nobody can answer any more; whoever is silent is named in the outcome.")),
            Will(
                "arrow-right",
                _("Units that were carried go on at once, the others lie with the office again."),
            ),
        ],
        "form": form,
        "version": 0,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "submit_words": _("Close the round"),
        "cancel_address": page_of("slate", slate_id),
    }
    return show(request, "step_form.html", context, status=status)


def _case(page: SlatePage) -> Context:
    context_due = today().until(page.round.due_at, provisional=page.round.due_provisional)
    return {
        "title": _("Slate no. %(n)d, %(leg)s") % {"n": page.slate.number, "leg": page.leg.name},
        "stage": "under_way",
        "stage_label": round_status_label(page.round.status),
        "due": context_due,
    }


def _crumbs(edition: Edition, *words: str) -> list[Context]:
    return [
        {"words": edition.name, "address": page_of("edition", edition.pk)},
        *({"words": one} for one in words),
    ]
