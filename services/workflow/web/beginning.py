"""Before a unit begins: its category, and what follows from it: standard, route, who receives it, by when."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.workflow.commands import declare
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import PARENT
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import plain
from services.workflow.domain.standard import Scale
from services.workflow.queries.editions import Beginning, beginning, edition_for
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.declaration_shown import body_named
from services.workflow.web.forms import Error, choice, put, summary
from services.workflow.web.pages import Context, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.step_page import Will
from services.workflow.wording.labels import stage_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

OWN_CRITERIA_MOST = 3


def begin(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Choose the category where there is one, read what follows, begin."""
    by = actor(request)
    edition = edition_for(edition_id, by)
    ahead = beginning(edition, by)
    form, status = _form(ahead, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if not form.is_valid():
            return show(request, "step_form.html", _page(request, edition, ahead, form), status=422)
        try:
            given = form.cleaned_data.get("category", "")
            made = declare.begin(edition_id, category=given, by=by, key=key_of(request))
        except Refused as refusal:
            put(form, refusal, field="category" if "category" in refusal.code else None)
            status = status_of(refusal.code)
        else:
            return HttpResponseRedirect(reverse("declaration", args=[made["declaration"]]))
    return show(request, "step_form.html", _page(request, edition, ahead, form), status=status)


def _form(ahead: Beginning, sent: Any) -> forms.Form:
    """The choice of the category, each with what it asks; nothing where the programme knows none."""
    if not ahead.categories:
        return forms.Form(sent)
    choices = [
        (category.code, _told(category.name, definition, ahead)) for category, definition in ahead.categories
    ]
    label = pgettext("of a declaration", "Category")
    known = _("Your unit is kept as %(category)s.")
    unknown = _("Choose what your unit is; the standard follows from it.")
    names = {category.code: category.name for category, _each in ahead.categories}
    field = choice(
        label, choices, hint=known % {"category": names[ahead.chosen]} if ahead.chosen else unknown
    )
    field.required = ahead.needed
    made: type[forms.Form] = type("CategoryForm", (forms.Form,), {"category": field})
    initial = {"category": ahead.chosen}
    return made(sent, initial=initial) if sent is not None else made(initial=initial)


def _told(name: str, definition: Definition, ahead: Beginning) -> str:
    """A category with the number of its criteria, and those that it alone has."""
    asked = [{c.code for c in one.standard.criteria} for _category, one in ahead.categories]
    common = set.intersection(*asked)
    own = [c for c in definition.standard.criteria if c.code not in common]
    n = len(definition.standard.criteria)
    words = ngettext("%(n)d criterion", "%(n)d criteria", n) % {"n": n}
    if own:
        listed = "、".join(f"{c.code} {c.name}" for c in own[:OWN_CRITERIA_MOST])
        words = _("%(words)s, only here: %(criteria)s") % {"words": words, "criteria": listed}
        if len(own) > OWN_CRITERIA_MOST:
            words = _("%(words)s and others") % {"words": words}
    return _("%(name)s (%(words)s)") % {"name": name, "words": words}


def _page(request: HttpRequest, edition: Any, ahead: Beginning, form: forms.Form) -> Context:
    now = today()
    title = {"title": edition.name, "number_words": "", "stage": "draft", "stage_label": stage_label("draft")}
    errors = summary(form) if form.is_bound else []
    if ahead.barred and not errors:
        errors = [Error("", refusal_text(Refused(ahead.barred)))]
    return {
        "crumbs": [{"words": pgettext("navigation", "Editions"), "address": reverse("editions")}],
        "case": {**title, "due": now.until(edition.closes_at)},
        "heading": step_label("", "begin"),
        "will": _will(request, ahead),
        "facts": _facts(request, ahead),
        "form": form,
        "errors": errors,
        "version": 0,
        "key": request.POST.get("key") or new_key(),
        "submit_words": "" if ahead.barred else step_label("", "begin"),
        "cancel_address": reverse("editions"),
    }


def _will(request: HttpRequest, ahead: Beginning) -> list[Will]:
    definition = ahead.definition
    first = definition.legs[1]
    receiver = body_named(actor(request), first.body.unit, definition)
    return [
        Will("journal-text", _asked(ahead)),
        Will("cloud-check", _("You may fill it in bit by bit; it saves itself.")),
        Will(
            "arrow-right", _("Filed, it goes to %(body)s: %(leg)s.") % {"body": receiver, "leg": first.name}
        ),
    ]


def _asked(ahead: Beginning) -> str:
    """What the standard asks; where the categories differ in number, by the category chosen below."""
    standard, mark = ahead.definition.standard, ahead.definition.pass_mark
    if ahead.needed and not ahead.chosen:
        return _(
            "The criteria follow from the category that you choose; %(mark)s of %(full)s points to pass."
        ) % {
            "full": plain(standard.total),
            "mark": plain(mark),
        }
    many = {"criteria": len(standard.criteria), "full": plain(standard.total), "mark": plain(mark)}
    if standard.scale is Scale.MET:
        return _("%(criteria)s targets; %(mark)s of them have to be met.") % many
    return _("%(criteria)s criteria, %(full)s points in full, %(mark)s to pass.") % many


def _facts(request: HttpRequest, ahead: Beginning) -> list[Context]:
    """The title at stake, on which track and route, and what is asked for first."""
    definition = ahead.definition
    rows = [(_("Title"), definition.title)]
    if ahead.track:
        rows.append((pgettext("of a programme", "Track"), ahead.track))
    if any(leg.body.unit == PARENT for leg in definition.legs):
        rows.append((_("Recommended by"), ahead.parent or _("no unit above is known")))
    legs = " → ".join(_leg(request, definition, leg) for leg in definition.legs)
    rows.append((_("Route"), legs))
    if ahead.ladder:
        rows.append((_("Title to hold before"), "、".join(ahead.ladder)))
    if definition.own_programme:
        rows.append((_("Run by"), _("your own unit, for itself")))
    return [{"term": term, "words": words} for term, words in rows]


def _leg(request: HttpRequest, definition: Definition, leg: Any) -> str:
    body = body_named(actor(request), leg.body.unit, definition)
    return f"{leg.name}（{body}）" if body else str(leg.name)
