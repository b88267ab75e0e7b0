"""Logging in and out, changing the office one acts in, and the first administrator."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from services.workflow.commands.access import end_login, session_digest
from services.workflow.commands.first_admin import become_first_admin
from services.workflow.domain.refused import Refused
from services.workflow.queries.holders import offices_of
from services.workflow.queries.rights import OFFICE_KEY, actor_of
from services.workflow.web.forms import Error, line, put, secret, summary
from services.workflow.web.pages import done, show
from services.workflow.web.posted import next_address
from services.workflow.wording.labels import role_label
from services.workflow.wording.refusals import refusal_text

LOGIN_MODEL = "django.contrib.auth.backends.ModelBackend"


class LoginForm(forms.Form):
    username = line(gettext_lazy("User name"), autocomplete="username", autofocus="autofocus")
    password = secret(gettext_lazy("Password"), autocomplete="current-password")


class FirstAdminForm(forms.Form):
    unit_name = line(gettext_lazy("Unit that runs this system"), autocomplete="organization")
    name = line(gettext_lazy("Your name"), autocomplete="name")
    username = line(gettext_lazy("User name"), autocomplete="username")
    password = secret(
        gettext_lazy("Password"),
        hint=gettext_lazy("At least 10 characters, not a common one"),
        autocomplete="new-password",
    )


@login_not_required
def log_in(request: HttpRequest) -> HttpResponse:
    address = next_address(request, request.POST.get("next") or request.GET.get("next"))
    form = LoginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        member = authenticate(request, **form.cleaned_data)
        if member is not None:
            login(request, member)
            return HttpResponseRedirect(address)
        put(form, Refused("login.failed"))
    status = 422 if request.method == "POST" else 200
    return render(request, "login.html", _login_context(form, address), status=status)


def _login_context(form: forms.Form, address: str) -> dict[str, Any]:
    return {
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "next": address,
        "demo_logins": demo_logins() if settings.DEMO else [],
    }


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: object = None
) -> HttpResponse:
    """Too many wrong passwords: the log-in page again, with how long to wait."""
    errors = [Error("id_username", refusal_text(Refused("login.locked")))]
    context = {**_login_context(LoginForm(), "/"), "errors": errors}
    return render(request, "login.html", context, status=429)


def demo_logins() -> list[dict[str, str]]:
    """The log-ins of the demo, as the house wrote them down for its owner."""
    path = settings.DATA_DIR / "demo-logins.json"
    if not path.exists():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [{**row, "office": f"{row['unit_name']}　{role_label(row['role'])}"} for row in rows]


@login_not_required
@require_POST
def log_out(request: Any) -> HttpResponse:
    """End the session here and at every open socket of it."""
    if request.user.is_authenticated and request.session.session_key:
        for office in offices_of(request.user)[:1]:
            end_login(session_digest(request.session.session_key), by=actor_of(office))
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


def account(request: Any) -> HttpResponse:
    """Who one is, and the offices one holds; acting in another one is chosen here."""
    if request.method == "POST":
        wanted = request.POST.get("office", "")
        office = next((one for one in request.offices if str(one.pk) == wanted), None)
        if office is None:
            raise Refused("office.not_yours")
        request.session[OFFICE_KEY] = office.pk
        return done(request, "/", _("You now act for %(unit)s") % {"unit": office.unit.name})
    held = [
        {
            "id": one.pk,
            "unit": one.unit.name,
            "role": role_label(one.role),
            "since": one.since,
            "holder": one.name if one.member_id != request.user.pk else "",
        }
        for one in request.offices
    ]
    return show(request, "account.html", {"held": held, "present": request.office.pk})


@login_not_required
def first_admin(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link of an empty installation."""
    form = FirstAdminForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            validate_password(form.cleaned_data["password"])
            member = become_first_admin(token, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("password", error)
        except Refused as refusal:
            put(form, refusal)
        else:
            login(request, member, backend=LOGIN_MODEL)
            return done(request, "/account", _("You are the first administrator"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "errors": summary(form) if form.is_bound else []}
    return render(request, "first_admin.html", context, status=status)
