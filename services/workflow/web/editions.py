"""Editions: which there are, beginning a declaration in one, opening a new one."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from services.workflow.commands.fields import day as day_of
from services.workflow.commands.fields import whole
from services.workflow.commands.programmes import open_edition
from services.workflow.domain.calendar import end_of_day, start_of_day
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.queries.draws import draws_samples
from services.workflow.queries.editions import (
    EditionRow,
    editions_for,
    programmes_to_open,
)
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import Today, today
from services.workflow.web.forms import choice, day, line, put, summary
from services.workflow.web.pages import done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.shown import long_date
from services.workflow.web.step_page import Will
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import stage_label
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

Row = dict[str, Any]
YEARS = (2000, 2100)


class OpenForm(forms.Form):
    """A new edition of a programme that is admitted."""

    year = line(gettext_lazy("Year"), inputmode="numeric", maxlength="4")
    opens_on = day(gettext_lazy("First day of declaring"))
    closes_on = day(gettext_lazy("Last day of declaring"), hint=gettext_lazy("That whole day counts"))


def editions(request: HttpRequest) -> HttpResponse:
    """The editions of the district, with what this office can do in each."""
    by, now = actor(request), today()
    mine = by.role == Role.DECLARANT
    rows = [_row(row, now, mine=mine) for row in editions_for(by)]
    opening = {"address": reverse("edition_new"), "words": step_label("", "open_edition")}
    acts = [opening] if programmes_to_open(by) else []
    return show(request, "editions.html", {"editions": rows, "acts": acts, "counted": not mine})


def _row(row: EditionRow, now: Today, *, mine: bool) -> Row:
    edition = row.edition
    units = ngettext("%(n)d unit, %(open)d under way", "%(n)d units, %(open)d under way", row.units)
    return {
        "name": edition.name,
        "address": _address(row) if mine else page_of("edition", edition.pk),
        "stage_words": stage_label(row.own.stage) if row.own else _window(row, now, mine=mine),
        "units_words": "" if mine else units % {"n": row.units, "open": row.under_way},
        "due": now.until(edition.closes_at) if now.moment < edition.closes_at else None,
        "acts": _acts(row, mine=mine),
    }


def _acts(row: EditionRow, *, mine: bool) -> list[Row]:
    if not mine:
        address = page_of("programme", row.edition.programme_id)
        acts = [{"address": address, "words": pgettext("a link", "Programme and route")}]
        checks = {"address": reverse("draws", args=[row.edition.pk]), "words": _("Spot checks")}
        return [*acts, checks] if draws_samples(row.edition) else acts
    if not row.may_begin:
        return []
    return [{"address": reverse("begin", args=[row.edition.pk]), "words": step_label("", "begin")}]


def _address(row: EditionRow) -> str:
    """For a unit an edition is its own declaration, or the page to begin it."""
    return reverse("declaration", args=[row.own.pk]) if row.own else reverse("begin", args=[row.edition.pk])


def _window(row: EditionRow, now: Today, *, mine: bool) -> str:
    if now.moment < row.edition.opens_at:
        return _("declaring begins %(day)s") % {"day": long_date(row.edition.opens_at)}
    if now.moment >= row.edition.closes_at:
        return _("declaring is over")
    if mine and not row.may_begin:
        return _("not for units of your kind or place")
    return _("open for declaring")


def edition_new(request: HttpRequest) -> HttpResponse:
    """The office opens the yearly run of a programme."""
    programmes = programmes_to_open(actor(request))
    if not programmes:
        raise Refused("step.not_yours", step="open_edition")
    label = gettext_lazy("Programme")
    field = choice(label, [(str(programme.pk), programme.name) for programme in programmes])
    made = type("OpenProgrammeForm", (OpenForm,), {"programme": field, "field_order": ("programme",)})
    form = made(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _new_page(request, form)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    try:
        answer = _open(request, form.cleaned_data)
    except Refused as refusal:
        put(form, refusal)
        return _new_page(request, form, status=status_of(refusal.code))
    words = _("%(name)s is open") % {"name": answer["name"]}
    return done(request, page_of("edition", answer["edition"]), words)


def _open(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    opens, closes = _days(given)
    year = whole(given, "year", least=YEARS[0], most=YEARS[1])
    return open_edition(
        int(given["programme"]),
        year=year,
        opens_at=opens,
        closes_at=closes,
        by=actor(request),
        key=key_of(request),
    )


def _days(given: dict[str, Any]) -> tuple[datetime, datetime]:
    """From the midnight that begins the first day to the one that ends the last."""
    first: date = day_of(given, "opens_on")
    last: date = day_of(given, "closes_on")
    return start_of_day(first), end_of_day(last)


def _new_page(request: HttpRequest, form: forms.Form, *, status: int = 200) -> HttpResponse:
    words = step_label("", "open_edition")
    context = {
        "crumbs": [{"words": pgettext("navigation", "Editions"), "address": reverse("editions")}],
        "case": {"title": actor(request).unit_name, "number_words": "", "stage": "", "stage_label": ""},
        "heading": words,
        "will": [
            Will(
                "journal-text", _("It runs on the newest version of the programme and keeps it to the end.")
            ),
            Will(
                "people", _("Every unit of the right kind in the district may declare from the first day on.")
            ),
        ],
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "version": 0,
        "key": request.POST.get("key") or new_key(),
        "submit_words": words,
        "cancel_address": reverse("editions"),
    }
    return show(request, "step_form.html", context, status=status)
