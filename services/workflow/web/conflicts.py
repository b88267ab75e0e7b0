"""利益冲突登记: one's own relations; and for the audit administrator what separation of duty refused."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from services.workflow.commands import fields as f
from services.workflow.commands.conflicts import declare_relation, end_relation
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models.conflict import NATURES
from services.workflow.queries.conflicts import (
    named_in_district,
    names_in_district,
    refused_acts,
    relations_of,
    units_refused,
)
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.side_acts import nature_label
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

ADDRESS = "/account/relations"
LISTED_MOST = 200


def relations(request: HttpRequest) -> HttpResponse:
    """What one has declared, and the form to declare more."""
    if request.method != "POST":
        return _page(request)
    try:
        words = _end(request) if request.POST.get("act") == "end" else _declare(request)
    except Refused as refusal:
        return _page(request, refusal)
    return done(request, ADDRESS, words)


def _declare(request: HttpRequest) -> str:
    by = actor(request)
    words = f.text(request.POST.dict(), "of", limit=200)
    unit, person = named_in_district(by, words)
    given = {"nature": request.POST.get("nature", ""), "note": request.POST.get("note", "")}
    declare_relation({**given, "unit": unit, "person": person}, by=by, key=key_of(request))
    return _("The relation is declared")


def _end(request: HttpRequest) -> str:
    number = f.whole(request.POST.dict(), "relation", most=2**31)
    end_relation(number, by=actor(request), key=key_of(request))
    return _("The relation is ended")


def _page(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    by = actor(request)
    context: Context = {
        "crumbs": [{"words": _("My offices"), "address": "/account"}],
        "errors": [Error("of", refusal_text(refusal))] if refusal else [],
        "key": new_key(),
        "typed": request.POST,
        "names": names_in_district(by),
        "natures": [(nature, nature_label(nature)) for nature in NATURES],
        "relations": [
            {
                "id": row.pk,
                "of": row.unit.name if row.unit else row.person.name if row.person else "",
                "nature": nature_label(row.nature),
                "note": row.note,
                "since": row.declared_at,
                "ended": row.ended_at,
            }
            for row in relations_of(by)
        ],
    }
    return show(request, "relations.html", context, status=status_of(refusal.code) if refusal else 200)


def refused(request: HttpRequest) -> HttpResponse:
    """The newest refusals, for the audit administrator alone."""
    by = actor(request)
    if by.role != Role.AUDIT_ADMIN:
        raise Refused("step.not_yours", step="audit")
    rows = list(refused_acts(by).order_by("-pk")[:LISTED_MOST])
    units = units_refused(rows)
    shown = [
        {
            "at": row.at,
            "who": row.member.name if row.member else "",
            "unit": row.office.unit.name if row.office else "",
            "step": step_label("", row.step),
            "case": units.get(row.case_id or 0) or str(row.case_id or ""),
            "why": refusal_text(Refused(row.code)),
        }
        for row in rows
    ]
    return show(request, "refused_acts.html", {"rows": shown})
