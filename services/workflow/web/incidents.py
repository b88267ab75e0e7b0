"""Incidents of the negative lists: what one's department reported, and the form to report one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.workflow.commands.incidents import BASIS_LIMIT, report_incident
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import Incident, Unit
from services.workflow.queries.negative_lists import entries_of
from services.workflow.queries.rights import visible_to
from services.workflow.web.acting import actor
from services.workflow.web.forms import choice, day, line, put, summary
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.statuses import status_of

ADDRESS = "/supervision/incidents"
LISTED_MOST = 200
FIELDS = {"incident.in_future": "happened_on", "unit.not_found": "unit", "incident.unknown_kind": "kind"}


class IncidentForm(forms.Form):
    """What happened to whom, when, and the document it rests on."""

    unit = line(gettext_lazy("Unit"), hint=gettext_lazy("Its name in full, or its code"), maxlength="80")
    kind = choice(gettext_lazy("Kind of incident"), [])
    happened_on = day(gettext_lazy("Day it happened"))
    basis = line(
        gettext_lazy("Document it rests on"),
        hint=gettext_lazy("Its number or title"),
        maxlength=str(BASIS_LIMIT),
    )

    def __init__(self, *args: Any, entries: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = list(entries.items())


def incidents(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if by.role != Role.DEPARTMENT:
        raise Refused("incident.not_yours")
    entries = entries_of(by.unit_code)
    form = IncidentForm(request.POST if request.method == "POST" else None, entries=entries)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return done(request, ADDRESS, _report(request, form.cleaned_data))
            except Refused as refusal:
                put(form, refusal, field=FIELDS.get(refusal.code))
                status = status_of(refusal.code)
    return _page(request, form, entries, status)


def _report(request: HttpRequest, given: dict[str, Any]) -> str:
    by = actor(request)
    words = given["unit"].strip()
    units = visible_to(by, Unit)
    unit = units.filter(code=words).first() or units.filter(name=words).first()
    if unit is None:
        raise Refused("unit.not_found", unit=words[:40])
    told = report_incident(unit.pk, given, by=by, key=key_of(request))
    n = len(told["rereviews"])
    opened = ngettext("%(n)d re-review is open because of it.", "%(n)d re-reviews are open because of it.", n)
    return f"{_('The incident is reported.')}{opened % {'n': n} if n else ''}"


def _page(request: HttpRequest, form: IncidentForm, entries: dict[str, str], status: int) -> HttpResponse:
    rows = visible_to(actor(request), Incident).select_related("unit", "reported_by")
    context: Context = {
        "crumbs": [{"words": _("Supervision"), "address": "/supervision"}, {"words": _("Incidents")}],
        "rows": [
            {
                "on": row.happened_on,
                "unit": row.unit.name,
                "kind": entries.get(row.kind, row.kind),
                "basis": row.basis,
                "by": row.reported_by.name,
            }
            for row in rows.order_by("-happened_on", "-pk")[:LISTED_MOST]
        ],
        "may_report": bool(entries),
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "key": new_key(),
    }
    return show(request, "incidents.html", context, status=status)
