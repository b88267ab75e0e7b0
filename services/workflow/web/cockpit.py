"""The office's cockpit: one edition on one screen, for everyone who sees units of it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import pgettext

from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.queries.cockpit import Cockpit
from services.workflow.queries.cockpit import cockpit as ask
from services.workflow.queries.editions import edition_for
from services.workflow.web import cockpit_shown as shown
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import Today, today
from services.workflow.web.pages import follow, part, show


def cockpit(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The whole page; a unit is sent to its own declaration instead."""
    if actor(request).role == Role.DECLARANT:
        return HttpResponseRedirect(reverse("editions"))
    live = follow(request)
    page, now = asked(request, edition_id)
    context = {
        **shown.body(page, now),
        **live,
        "crumbs": [{"words": pgettext("navigation", "Editions"), "address": reverse("editions")}],
        "edition": {"name": page.edition.name},
        "now": now.moment,
        "stages": shown.stages(page, now),
        "acts": shown.acts(page),
        "export_address": reverse("cockpit_csv", args=[edition_id]),
    }
    return show(request, "cockpit.html", context)


def cockpit_body(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What of the page follows by itself."""
    page, now = asked(request, edition_id)
    return part(request, "cockpit_body.html", shown.body(page, now))


def asked(request: HttpRequest, edition_id: int) -> tuple[Cockpit, Today]:
    """The edition as this office sees it now; a unit has no cockpit."""
    by = actor(request)
    if by.role == Role.DECLARANT:
        raise Refused("edition.not_found", edition=edition_id)
    now = today()
    return ask(edition_for(edition_id, by), by, now.moment), now
