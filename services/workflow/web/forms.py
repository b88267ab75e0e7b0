"""Forms of the pages: their widgets, and refusals put beside the field they speak of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from services.workflow.domain.refused import Refused
from services.workflow.wording.refusals import FIELDS, refusal_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words: TypeAlias = str | _StrPromise
else:
    Words = object


@dataclass(frozen=True)
class Error:
    """One line of the error summary; `id` is the field it leads to."""

    id: str
    words: str


def line(label: Words, *, hint: Words = "", required: bool = True, **attrs: str) -> forms.CharField:
    """One line of text. Nothing is cut or cleaned here: what is right, the command says."""
    narrow = " short" if "inputmode" in attrs else ""
    widget = forms.TextInput({"class": f"input{narrow}", "autocomplete": "off", **attrs})
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        strip=False,
        widget=widget,
        error_messages=missing(label),
    )


def secret(label: Words, *, hint: Words = "", autocomplete: str) -> forms.CharField:
    """A password; what was typed never comes back."""
    widget = forms.PasswordInput({"class": "input", "autocomplete": autocomplete})
    return forms.CharField(
        label=label, help_text=hint, strip=False, widget=widget, error_messages=missing(label)
    )


def missing(label: Words) -> dict[str, Any]:
    """Says which field is empty, so that the summary can be read alone."""
    return {"required": format_lazy(gettext_lazy("Fill in: {label}"), label=label)}


def text(label: Words, *, hint: Words = "", required: bool = True, **attrs: str) -> forms.CharField:
    widget = forms.Textarea({"class": "textarea", "rows": 4, **attrs})
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        strip=False,
        widget=widget,
        error_messages=missing(label),
    )


def day(label: Words, *, hint: Words = "", required: bool = True) -> forms.CharField:
    """A day, picked or typed; kept as text so that a wrong one comes back as it was typed."""
    widget = forms.TextInput({"class": "input short", "type": "date"})
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=widget, error_messages=missing(label)
    )


def choice(label: Words, choices: list[tuple[str, str]], *, hint: Words = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect({"class": "radio"}),
        error_messages=missing(label),
    )


def named(form: forms.Form, refusal: Refused) -> Refused:
    """The same refusal; a field that has no name of its own goes by its label, never by its code."""
    field = str(refusal.params.get("field", ""))
    if field in FIELDS or field not in form.fields:
        return refusal
    return Refused(refusal.code, **{**refusal.params, "field": str(form.fields[field].label)})


def put(form: forms.Form, refusal: Refused, *, field: str | None = None) -> None:
    """Word a refusal at the field it names, else at the top of the form."""
    form.is_valid()
    place = field or str(refusal.params.get("field", "")) or refusal.code.partition(".")[0]
    form.errors.pop(place, None)  # the refusal's words stand alone at their field
    form.add_error(place if place in form.fields else None, refusal_text(named(form, refusal)))


def summary(form: forms.Form) -> list[Error]:
    """The errors of a form for its summary, field by field, in the order of the form."""
    errors = [Error("", str(words)) for words in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id if bound.use_fieldset else bound.id_for_label
        errors += [Error(str(target), str(words)) for words in bound.errors]
    return errors


def typed(form: forms.Form) -> dict[str, Any]:
    """What was sent, by field, before any cleaning."""
    return {name: _sent(form, name) for name in form.fields}


def _sent(form: forms.Form, name: str) -> Any:
    """One value, or of what may be chosen more than once the list."""
    if isinstance(form.fields[name], forms.MultipleChoiceField):
        return form.data.getlist(form.add_prefix(name))  # type: ignore[attr-defined]  # what a browser sent
    return form.data.get(form.add_prefix(name), "")
