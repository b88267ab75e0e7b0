"""Somebody changes their own password: the present one is asked for, and every other log-in of theirs ends."""

from typing import Any

from django.contrib.auth import authenticate, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from services.workflow.commands.people import change_password
from services.workflow.web.acting import actor
from services.workflow.web.forms import secret, summary
from services.workflow.web.pages import done, show
from services.workflow.web.people import PasswordForm


class OwnPasswordForm(PasswordForm):
    present = secret(gettext_lazy("Present password"), autocomplete="current-password")
    field_order = ("present", "password", "again")


@sensitive_post_parameters("present", "password", "again")
def own_password(request: HttpRequest) -> HttpResponse:
    """The form; wrong present passwords are counted as wrong log-ins are."""
    asked: Any = request
    form = OwnPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        known = authenticate(
            request, username=asked.user.get_username(), password=form.cleaned_data["present"]
        )
        if known is None or known.pk != asked.user.pk:
            form.add_error("present", _("This is not your present password"))
        else:
            try:
                change_password(form.cleaned_data["password"], by=actor(request))
            except ValidationError as error:
                form.add_error("password", error)
            else:
                asked.user.refresh_from_db()
                update_session_auth_hash(request, asked.user)
                words = _("The password is changed. Everywhere else you have been logged out.")
                return done(request, "/account", words)
    context = {"form": form, "errors": summary(form) if form.is_bound else []}
    return show(request, "own_password.html", context, status=422 if request.method == "POST" else 200)
