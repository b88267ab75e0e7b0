"""Webhooks and robots of bodies, for the system administrator: made, changed, tried, removed."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.commands.endpoints import (
    ROLES,
    change_endpoint,
    make_endpoint,
    remove_endpoint,
    rotate_secret,
    secret_of,
    try_endpoint,
)
from services.workflow.domain.messages import EndpointKind, MessageKind
from services.workflow.domain.refused import Refused
from services.workflow.models import Endpoint, Unit
from services.workflow.queries.deliveries import check_admin, deliveries_of, endpoint_of, endpoints_of
from services.workflow.queries.rights import visible_to
from services.workflow.web.acting import actor
from services.workflow.web.deliveries import delivery_row
from services.workflow.web.forms import line, put, summary
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.labels import role_label
from services.workflow.wording.messages import message_label, way_label

LIST = "/administration/endpoints"
SHOWN = 20


class EndpointForm(forms.Form):
    """Without a unit it hears public notices alone."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of endpoint"), widget=forms.Select({"class": "select"}))
    name = line(gettext_lazy("Name of the endpoint"))
    url = line(gettext_lazy("Web address"), hint=gettext_lazy("Begins with https://"))
    secret = line(
        gettext_lazy("Signing secret"),
        required=False,
        hint=gettext_lazy("Of a robot; a webhook gets one of ours"),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Hears for"),
        required=False,
        widget=forms.Select({"class": "select"}),
        help_text=gettext_lazy("It hears what this office may see. Without one: public notices alone."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("In the role"), required=False, widget=forms.Select({"class": "select"})
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What it hears"), widget=forms.CheckboxSelectMultiple({"class": "tick-box"})
    )

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "kind": [(str(kind), way_label(kind)) for kind in EndpointKind],
            "unit": [("", _("Public notices alone")), *units],
            "role": [("", "—"), *((role, role_label(role)) for role in ROLES)],
            "kinds": [(str(kind), message_label(kind)) for kind in MessageKind],
        }
        for name, given in choices.items():
            field: Any = self.fields[name]
            field.choices = given


def endpoints(request: HttpRequest) -> HttpResponse:
    """All endpoints, what the environment sets, and the form for a new one."""
    by = actor(request)
    check_admin(by)
    units = [(str(unit.pk), unit.name) for unit in visible_to(by, Unit).order_by("kind", "pinyin", "pk")]
    first = {"kinds": [str(kind) for kind in MessageKind]}
    form = EndpointForm(units, request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_endpoint(form.cleaned_data, by=by, key=key_of(request))["endpoint"]
        except Refused as refusal:
            put(form, refusal, field="url" if refusal.code.startswith("endpoint.") else None)
        else:
            return done(request, f"{LIST}/{made}", _("The endpoint is there; send it a test message"))
    context: Context = {
        "rows": [_row(row) for row in endpoints_of(by)],
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "key": new_key(),
        "environment": environment(),
    }
    return show(request, "endpoints.html", context, status=422 if form.is_bound else 200)


def _row(row: Endpoint) -> Context:
    counted: Any = row
    return {
        "address": f"{LIST}/{row.pk}",
        "name": row.name,
        "kind": way_label(row.kind),
        "hears_for": f"{row.unit.name} {role_label(row.role)}" if row.unit else _("Public notices alone"),
        "shown": row.shown,
        "active": row.active,
        "waiting": counted.waiting,
        "dead": counted.dead,
    }


def environment() -> list[Context]:
    """What is set where the server is started; never a secret."""
    folder = settings.MAIL_BACKEND == "filebased"
    mail = (
        f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} ({settings.SMTP_TLS})"
        if settings.EMAIL_HOST
        else _("kept in the folder outbox of DATA_DIR")
        if folder
        else _("not set up")
    )
    allowed = ", ".join(map(str, settings.DELIVERY_ALLOW)) or _("none")
    return [
        {"term": _("Mail server"), "words": mail},
        {"term": _("Sender of mail"), "words": settings.DEFAULT_FROM_EMAIL},
        {"term": _("SMS gateway"), "words": settings.SMS_URL.partition("?")[0] or _("not set up")},
        {"term": _("Private networks that are allowed"), "words": allowed},
    ]


def endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """One endpoint with its last deliveries and the acts on it."""
    by = actor(request)
    row = endpoint_of(by, endpoint_id)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Refused("request.not_found")
        return act(request, row)
    return _detail(request, row)


def _detail(request: HttpRequest, row: Endpoint, secret: str = "") -> HttpResponse:
    by = actor(request)
    recent = deliveries_of(by, endpoint=row.pk).select_related("member", "endpoint").order_by("-pk")[:SHOWN]
    context: Context = {
        "crumbs": [{"words": _("Messages"), "address": LIST}, {"words": row.name}],
        "row": _row(row),
        "kinds": ", ".join(message_label(kind) for kind in row.kinds),
        "webhook": row.kind == EndpointKind.WEBHOOK,
        "secret": secret,
        "key": new_key(),
        "deliveries": [delivery_row(one) for one in recent],
    }
    return show(request, "endpoint.html", context)


def _try(request: HttpRequest, row: Endpoint) -> HttpResponse:
    try_endpoint(row.pk, by=actor(request), key=key_of(request))
    return done(request, f"{LIST}/{row.pk}", _("A test message is on its way"))


def _switch(request: HttpRequest, row: Endpoint) -> HttpResponse:
    change_endpoint(row.pk, {"active": not row.active}, by=actor(request), key=key_of(request))
    words = _("Switched off") if row.active else _("Switched on")
    return done(request, f"{LIST}/{row.pk}", words)


def _show_secret(request: HttpRequest, row: Endpoint) -> HttpResponse:
    return _detail(request, row, secret_of(row.pk, by=actor(request)) if row.kind == "webhook" else "")


def _rotate(request: HttpRequest, row: Endpoint) -> HttpResponse:
    rotate_secret(row.pk, by=actor(request), key=key_of(request))
    return _show_secret(request, row)


def _remove(request: HttpRequest, row: Endpoint) -> HttpResponse:
    remove_endpoint(row.pk, by=actor(request), key=key_of(request))
    return done(request, LIST, _("The endpoint is removed"))


ACTS = {"try": _try, "switch": _switch, "secret": _show_secret, "rotate": _rotate, "remove": _remove}
