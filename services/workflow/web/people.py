"""People and their accounts, for the three administrators: looked at by all, acted on by the one for security."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.debug import sensitive_post_parameters

from services.workflow.commands.heads import name_head
from services.workflow.commands.import_people import import_people
from services.workflow.commands.people import close_account, invite, reopen_account, set_password
from services.workflow.domain.person_rows import PersonRow
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import AccountEvent, Member, Unit
from services.workflow.queries.people import account_events_of, invited, member_of, members_of, password_link
from services.workflow.queries.rights import visible_to
from services.workflow.web.acting import actor
from services.workflow.web.forms import line, put, secret, summary
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, number_of
from services.workflow.wording.accounts import account_act_label
from services.workflow.wording.faults import fault_sentence
from services.workflow.wording.labels import role_label

LIST = "/administration/people"
PAGE = 50
WORDS_MOST = 60


class OfficeForm(forms.Form):
    """A role in a unit."""

    unit = line(gettext_lazy("Unit"), hint=gettext_lazy("Its name in full, or its code"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.Select({"class": "select"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(str(role), role_label(role)) for role in Role]


class PasswordForm(forms.Form):
    password = secret(
        gettext_lazy("New password"),
        hint=gettext_lazy("At least 10 characters, not a common one"),
        autocomplete="new-password",
    )
    again = secret(gettext_lazy("The same once more"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("again") and given.get("password") != given.get("again"):
            self.add_error("again", _("The two are not the same"))
        return given


def people(request: HttpRequest) -> HttpResponse:
    """Everybody in the administrator's district, narrowed by a word, a page at a time."""
    by = actor(request)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:WORDS_MOST]
    rows = members_of(by, words)
    after = number_of(request.GET.get("after", ""))
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows[: PAGE + 1])
    more = found[:PAGE][-1].pk if len(found) > PAGE else None
    context: Context = {
        "words": words,
        "rows": [_row(member) for member in found[:PAGE]],
        "after": more,
    }
    return show(request, "people.html", context)


def _row(member: Any) -> Context:
    return {
        "address": f"{LIST}/{member.pk}",
        "name": member.name,
        "username": member.username,
        "active": member.is_active,
        "last_login": member.last_login,
        "offices": [f"{office.unit.name}　{role_label(office.role)}" for office in member.held],
    }


def person(request: HttpRequest, member_id: int) -> HttpResponse:
    """One person: offices, the account's history, and what can be done."""
    member = member_of(actor(request), member_id)
    if request.method != "POST":
        return _shown(request, member, OfficeForm())
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Refused("request.not_found")
    return act(request, member)


def _shown(request: HttpRequest, member: Any, form: OfficeForm, *, link: str = "") -> HttpResponse:
    by = actor(request)
    context: Context = {
        "crumbs": [{"words": _("People"), "address": LIST}, {"words": member.name}],
        "row": _row(member),
        "held": [
            {
                "unit": o.unit.name,
                "role": role_label(o.role),
                "since": o.since,
                "code": o.unit.code,
                "kind": o.role,
                "head": o.is_head,
            }
            for o in member.held
        ],
        "events": [_event(event) for event in account_events_of(member)],
        "may_act": by.role == Role.SECURITY_ADMIN and by.member_id != member.pk,
        "link": request.build_absolute_uri(link) if link else "",
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "key": new_key(),
    }
    return show(request, "person.html", context, status=422 if form.errors else 200)


def _event(event: AccountEvent) -> Context:
    return {
        "words": account_act_label(event.act),
        "reason": event.reason,
        "by": f"{event.by.member.name}　{event.by.unit.name}"
        if event.by
        else pgettext("of an act", "Themselves"),
        "at": event.at,
    }


def _close(request: HttpRequest, member: Member) -> HttpResponse:
    close_account(member.pk, _reason(request), by=actor(request), key=key_of(request))
    return done(request, f"{LIST}/{member.pk}", _("The account is closed; whatever was open of it has ended"))


def _reopen(request: HttpRequest, member: Member) -> HttpResponse:
    reopen_account(member.pk, _reason(request), by=actor(request), key=key_of(request))
    return done(request, f"{LIST}/{member.pk}", _("The account is open again"))


def _reason(request: HttpRequest) -> dict[str, str]:
    return {"reason": request.POST.get("reason", "")}


def _invite(request: HttpRequest, member: Member) -> HttpResponse:
    invite(member.pk, by=actor(request), key=key_of(request))
    return _shown(request, member, OfficeForm(), link=password_link(member))


def _give(request: HttpRequest, member: Member) -> HttpResponse:
    form = OfficeForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        unit = _code_of(request, form.cleaned_data["unit"].strip())
        try:
            _seat(request, PersonRow(0, member.username, member.name, unit, role), key_of(request))
        except Refused as refusal:
            _put_faults(form, refusal)
        else:
            return done(request, f"{LIST}/{member.pk}", _("The office is given"))
    return _shown(request, member, form)


def _code_of(request: HttpRequest, words: str) -> str:
    """The code of the one unit of this name; a name that several have is none, and words may be a code."""
    named = visible_to(actor(request), Unit).filter(name=words).values_list("code", flat=True)[:2]
    return str(named[0]) if len(named) == 1 else words


def _end(request: HttpRequest, member: Any) -> HttpResponse:
    unit, _slash, role = request.POST.get("office", "").rpartition("/")
    if (unit, role) not in {(office.unit.code, office.role) for office in member.held}:
        raise Refused("request.not_found")
    _seat(request, PersonRow(0, member.username, member.name, unit, Role(role), ended=True), key_of(request))
    return done(request, f"{LIST}/{member.pk}", _("The office has ended"))


def _head(request: HttpRequest, member: Any) -> HttpResponse:
    """Name the holder of an office its body's head, or take that back."""
    unit, _slash, role = request.POST.get("office", "").rpartition("/")
    office = next((o for o in member.held if (o.unit.code, o.role) == (unit, role)), None)
    if office is None:
        raise Refused("request.not_found")
    head = request.POST["act"] == "head"
    name_head(office.pk, head, by=actor(request), key=key_of(request))
    words = _("Named head: overdue work is escalated to this person") if head else _("Head no longer")
    return done(request, f"{LIST}/{member.pk}", words)


def _seat(request: HttpRequest, row: PersonRow, key: UUID) -> None:
    """One row of the workbook of people: the same checks. A unit must lie where the administrator's does."""
    if row.unit and not visible_to(actor(request), Unit).filter(code=row.unit).exists():
        raise Refused("unit.not_found", unit=row.unit[:40])
    import_people([row], by=actor(request), key=key)


def _put_faults(form: forms.Form, refusal: Refused) -> None:
    faults: Any = refusal.params.get("faults", ())
    for fault in faults:
        form.add_error(fault.key if fault.key in form.fields else None, fault_sentence(fault))
    if not faults:
        put(form, refusal, field="unit" if refusal.code == "unit.not_found" else None)


ACTS = {
    "close": _close,
    "reopen": _reopen,
    "invite": _invite,
    "give": _give,
    "end": _end,
    "head": _head,
    "unhead": _head,
}


@login_not_required
@sensitive_post_parameters("password", "again")
def new_password(request: HttpRequest, member_id: int, token: str) -> HttpResponse:
    """The link an administrator hands out."""
    member = invited(member_id, token)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_password(member_id, token, form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            return done(request, "/login", _("The password is set. Log in with it."))
    status = 422 if request.method == "POST" else 200
    errors = summary(form) if form.is_bound else []
    context = {"form": form, "errors": errors, "name": member.name, "username": member.username}
    return render(request, "new_password.html", context, status=status)
