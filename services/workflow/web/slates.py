"""The office puts cases that wait at a leg on a slate, watches its round, and closes it."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.answers import close_round
from services.workflow.commands.slates import Manner, table
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Edition
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.slate_filter import SlateFilter, narrowed
from services.workflow.queries.slate_page import (
    LegOpen,
    candidates,
    edition_of_office,
    legs_open,
    moved_on,
    slate_page,
)
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error, put, summary
from services.workflow.web.joint_words import DONE, WILL
from services.workflow.web.newer import overtaken_case
from services.workflow.web.pages import Context, done, follow, new_key, part, show
from services.workflow.web.posted import key_of, tick_of
from services.workflow.web.slate_shown import crumbs, slate_context, slate_title
from services.workflow.web.step_page import Will
from services.workflow.wording.addresses import page_of
from services.workflow.wording.addresses import slate_new as slate_new_address
from services.workflow.wording.labels import mode_label, stage_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of

POINTS = re.compile(r"\d{1,4}(\.\d{1,4})?", re.ASCII)


def slate_new(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Tick the cases that wait at one leg and ask the bodies of that leg."""
    edition = edition_of_office(edition_id, actor(request), "table")
    if request.method != "POST":
        return _new_page(request, edition)
    ticked = dict(tick_of(value) for value in request.POST.getlist("case"))
    try:
        if moved := moved_on(ticked):
            raise Refused("overtaken", case=moved[0].pk)
        answer = table(
            edition_id, list(ticked), by=actor(request), key=key_of(request), manner=_manner(request.POST)
        )
    except Refused as refusal:
        return _new_page(request, edition, refusal=refusal, ticked=ticked)
    words = ngettext(
        "%(n)d body or person has been asked", "%(n)d bodies or persons have been asked", len(answer["tasks"])
    )
    return done(request, page_of("slate", answer["slate"]), words % {"n": len(answer["tasks"])})


def _manner(typed: Any) -> Manner:
    again = typed.get("again", "")
    known = again.isascii() and again.isdecimal() and len(again) < 18
    return Manner("on_paper" in typed, "held_open" in typed, int(again) if known else None)


def slate_again(request: HttpRequest, slate_id: int) -> HttpResponse:
    """A slate whose round was cancelled is drawn up again: its cases are ticked, as its next version."""
    page = slate_page(slate_id, actor(request))
    address = slate_new_address(page.slate.edition_id, page.slate.leg, page.slate.track)
    return HttpResponseRedirect(f"{address}&again={slate_id}")


def _filter(typed: Any) -> SlateFilter:
    """One town, a rank or points in reach, as the filter of the page asks; what cannot be read narrows nothing."""
    town, rank, least = (typed.get(name, "").strip() for name in ("town", "rank", "points"))
    return SlateFilter(
        town,
        int(rank[:9]) if rank.isascii() and rank.isdecimal() else None,
        Decimal(least) if POINTS.fullmatch(least) else None,
    )


def _new_page(
    request: HttpRequest, edition: Edition, *, refusal: Refused | None = None, ticked: Any = None
) -> HttpResponse:
    legs = legs_open(edition, actor(request))
    chosen = _chosen_leg(request, legs)
    found = candidates(edition, chosen, actor(request))
    newer = None
    errors = []
    if refusal is not None and refusal.code == "overtaken":
        newer = overtaken_case(int(str(refusal.params["case"])), "declaration", form_id="slate")
    elif refusal is not None:
        errors = [Error("", refusal_text(refusal))]
    context = {
        "crumbs": crumbs(edition, stage_label(chosen.leg.stage)),
        "heading": _("Slate for “%(leg)s”") % {"leg": chosen.leg.name},
        "leg_words": _leg_words(edition, chosen),
        "tabs": [_tab(edition, leg, chosen) for leg in legs],
        "tabs_label": _("Legs handled in rounds"),
        "candidates": [_candidate(one, ticked) for one in narrowed(found, _filter(request.GET))],
        "filter": {name: request.GET.get(name, "") for name in ("town", "rank", "points")},
        "towns": sorted({one.town for one in found if one.town}),
        "leg_index": chosen.index,
        "track": chosen.track,
        "is_vote": chosen.leg.mode == Mode.VOTE,
        "is_secret": chosen.leg.vote is not None and chosen.leg.vote.secret,
        "again": request.POST.get("again", request.GET.get("again", "")),
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
    return show(request, "slate.html", {**following, **slate_context(request, page)})


def slate_body(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The part of the slate's page that follows by itself."""
    return part(request, "slate_body.html", slate_context(request, slate_page(slate_id, actor(request))))


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
            if page.slate.objection is not None:
                return done(request, page_of("slate", slate_id), str(DONE["close"]))
            words = ngettext("%(n)d unit goes on", "%(n)d units go on", len(answer["moved"]))
            return done(request, page_of("slate", slate_id), words % {"n": len(answer["moved"])})
    context = {
        **slate_context(request, page),
        "case": slate_title(page),
        "heading": _("Close the round"),
        "will": WILL["close"]
        if page.slate.objection is not None
        else [
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
