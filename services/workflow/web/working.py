"""What is done about a piece of work without moving it: a page each to hand it on, to urge it, to copy it and so on."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.workflow.commands import claiming, cosigning, urging
from services.workflow.commands.conflicts import recuse
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.queries.keepsakes import phrases_of
from services.workflow.queries.side_acts import askable_of, colleagues_of, readers_of
from services.workflow.queries.work_page import TASK, WorkSeen, work_seen
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.forms import choice, missing, put, summary, text
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.step_page import Will
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import mode_label, status_label
from services.workflow.wording.side_acts import side_act_label
from services.workflow.wording.statuses import status_of

WHO = pgettext_lazy("field of handing on", "Colleague")
READERS = pgettext_lazy("field of a copy", "To whom")
WORDS = pgettext_lazy("field of urging", "A word")


class ReassignForm(forms.Form):
    to = choice(WHO, [])
    reason = text(
        gettext_lazy("Why it is handed on"), hint=gettext_lazy("It stands in the course of the case.")
    )


class UrgeForm(forms.Form):
    text = text(WORDS, hint=gettext_lazy("It stands in the course of the case."), required=False)


class CopyForm(forms.Form):
    to = forms.MultipleChoiceField(
        label=READERS, widget=forms.CheckboxSelectMultiple(), error_messages=missing(READERS)
    )
    note = text(pgettext_lazy("field of a copy", "Note"), required=False)


class RecuseForm(forms.Form):
    reason = text(
        gettext_lazy("Why you keep out of it"), hint=gettext_lazy("It stands in the course of the case.")
    )
    to = forms.ChoiceField(
        label=gettext_lazy("Who does it in your place"),
        help_text=gettext_lazy("Left open, your deputy has it, else your colleagues together"),
        required=False,
        widget=forms.RadioSelect({"class": "radio"}),
    )


class CosignForm(forms.Form):
    to = choice(pgettext_lazy("field of asking for an opinion", "Whose opinion"), [])
    reason = text(gettext_lazy("What you want to know"))


class OpinionForm(forms.Form):
    text = text(gettext_lazy("Your opinion"))


FORMS: dict[str, type[forms.Form]] = {
    "cosign": CosignForm,
    "opinion": OpinionForm,
    "recuse": RecuseForm,
    "reassign": ReassignForm,
    "urge": UrgeForm,
    "copy": CopyForm,
}


def work_act(request: HttpRequest, kind: str, number: int, act: str) -> HttpResponse:
    """One act on one piece of work. Claim and release need no page of their own."""
    by = actor(request)
    if act in {"claim", "release"}:
        return _at_once(request, kind, number, act)
    if act not in FORMS:
        raise Refused("request.not_found")
    seen = work_seen(by, kind, number)
    form = _form(act, seen, by, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, seen, act, form)
    if not form.is_valid():
        return _page(request, seen, act, form, status=422)
    try:
        DOERS[act](request, kind, number, form.cleaned_data)
    except Refused as refusal:
        put(form, refusal, field="to" if refusal.code.startswith(("reassign", "copy", "cosign")) else None)
        return _page(request, seen, act, form, status=status_of(refusal.code))
    words = _("%(title)s: %(act)s") % {"title": _title(seen), "act": side_act_label(act)}
    return done(request, "/" if act in {"reassign", "recuse"} else _back(seen), words)


def _at_once(request: HttpRequest, kind: str, number: int, act: str) -> HttpResponse:
    """From a row of the inbox; sent twice it is the same claim, so it needs no key of its form."""
    if request.method != "POST":
        raise Refused("request.method_not_allowed")
    command = claiming.claim if act == "claim" else claiming.release
    command(kind, number, by=actor(request), key=uuid4())
    words = _("Claimed: it is yours alone now") if act == "claim" else _("Given back to the pool")
    return done(request, "/", words)


def _form(act: str, seen: WorkSeen, by: Actor, sent: Any) -> forms.Form:
    form = FORMS[act](sent)
    if "to" not in form.fields:
        return form
    among = {"copy": readers_of, "cosign": askable_of}.get(act)
    people = among(seen.row, by) if among else colleagues_of(by)
    form.fields["to"].choices = [(str(number), name) for number, name in people]  # type: ignore[attr-defined]  # a choice
    return form


def _reassign(request: HttpRequest, kind: str, number: int, given: dict[str, Any]) -> None:
    to = int(given["to"])
    claiming.reassign(kind, number, to=to, reason=given["reason"], by=actor(request), key=key_of(request))


def _urge(request: HttpRequest, kind: str, number: int, given: dict[str, Any]) -> None:
    urging.urge(kind, number, text=given["text"], by=actor(request), key=key_of(request))


def _copy(request: HttpRequest, kind: str, number: int, given: dict[str, Any]) -> None:
    to = [int(one) for one in given["to"]]
    urging.copy(kind, number, to=to, note=given["note"], by=actor(request), key=key_of(request))


def _recuse(request: HttpRequest, kind: str, number: int, given: dict[str, Any]) -> None:
    to = int(given["to"]) if given["to"] else None
    recuse(kind, number, reason=given["reason"], to=to, by=actor(request), key=key_of(request))


def _cosign(request: HttpRequest, kind: str, number: int, given: dict[str, Any]) -> None:
    to = int(given["to"])
    cosigning.ask(kind, number, to=to, reason=given["reason"], by=actor(request), key=key_of(request))


def _opinion(request: HttpRequest, kind: str, number: int, given: dict[str, Any]) -> None:
    cosigning.give_opinion(kind, number, text=given["text"], by=actor(request), key=key_of(request))


DOERS: dict[str, Callable[[HttpRequest, str, int, dict[str, Any]], None]] = {
    "reassign": _reassign,
    "urge": _urge,
    "copy": _copy,
    "cosign": _cosign,
    "opinion": _opinion,
    "recuse": _recuse,
}
WILL = {
    "reassign": ("people", gettext_lazy("It moves into your colleague's inbox, who is told at once.")),
    "recuse": ("person-slash", gettext_lazy("You can do nothing more about it; somebody else decides.")),
    "urge": ("megaphone", gettext_lazy("Whoever has it is told. Each person may urge once a day.")),
    "cosign": (
        "people",
        gettext_lazy(
            "They are asked to say what they think. It stays with you, and you may decide at any time."
        ),
    ),
    "opinion": ("journal-text", gettext_lazy("It stands in the course of the case; whoever asked decides.")),
    "copy": ("eye", gettext_lazy("They find it under what was copied to them, to read alone.")),
}


def _page(
    request: HttpRequest, seen: WorkSeen, act: str, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    words = side_act_label(act)
    label = mode_label(seen.place) if seen.kind == TASK else status_label(seen.kind, seen.place)
    context: Context = {
        "crumbs": [
            {"words": _("My work"), "address": "/"},
            {"words": _title(seen), "address": _back(seen)},
        ],
        "case": {
            "title": _title(seen),
            "number_words": seen.edition,
            "stage": seen.place,
            "stage_label": label,
            "due": today().until(seen.row.due_at, provisional=bool(seen.row.due_provisional)),
        },
        "heading": words,
        "will": [Will(*WILL[act])],
        "form": form,
        "phrases": phrases_of(actor(request)),
        "errors": summary(form) if form.is_bound else [],
        "version": "",
        "key": request.POST.get("key") or new_key(),
        "submit_words": words,
        "cancel_address": _back(seen),
    }
    return show(request, "step_form.html", context, status=status)


def _title(seen: WorkSeen) -> str:
    return seen.title or seen.edition


def _back(seen: WorkSeen) -> str:
    """Where it is looked at; whoever organises a round looks at its slate, not at another's task."""
    if seen.kind == TASK and "urge" in seen.acts:
        return page_of("slate", seen.row.process.slate_id)
    return page_of(seen.kind, seen.row.pk)


def open_copy(request: HttpRequest, copy_id: int) -> HttpResponse:
    """From the list of copies to the case; from then on it is read."""
    row = urging.see_copy(copy_id, by=actor(request))
    return HttpResponseRedirect(page_of(row.case_kind, row.case_id))


def side_acts(row: Any, acts: tuple[str, ...]) -> list[Context]:
    """Links to what may be done about a case, for its page; what happens at once is a button."""
    return [
        {
            "address": reverse("work_act", args=[row.KIND, row.pk, act]),
            "words": side_act_label(act),
            "at_once": act in {"claim", "release"},
        }
        for act in acts
    ]
