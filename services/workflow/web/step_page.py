"""One step on one case by a form of its own: read, take the step, say what came of it, keep what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse

from services.workflow.commands.steps import take_step
from services.workflow.domain.refused import Refused
from services.workflow.models.lifecycle.steps import why_not
from services.workflow.queries.keepsakes import phrases_of
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.forms import Words, named, put, summary, typed
from services.workflow.web.newer import overtaken_case
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.wording.labels import status_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

# Refusals that a field answers, whatever noun their code begins with.
FIELD_OF = {"notice.provisional_needs_reason": "reason", "conflict.investigator_judged": "investigator"}


class Will(NamedTuple):
    """One line of what will happen."""

    icon: str
    words: Words


@dataclass(frozen=True)
class Step:
    """How one step is asked for: its form, what it will bring about, the words on its button and after it."""

    name: str
    submit: Words
    done: Words
    will: Sequence[Will] = ()
    form: type[forms.Form] = forms.Form
    heading: Words = ""
    danger: bool = False
    choices: Mapping[str, Callable[[Any], list[tuple[str, str]]]] = field(default_factory=dict)
    initial: Callable[[Any], dict[str, str]] | None = None


@dataclass
class Tried:
    """A form as it is to be drawn again, and the status that goes with it; `answer` where the step was taken."""

    form: forms.Form
    status: int = 200
    overtaken: Context | None = None
    answer: dict[str, Any] | None = None


def drawn(step: Step, row: Any, data: Any = None, asked: Mapping[str, Any] | None = None) -> forms.Form:
    """The form of a step; the choices that depend on the case are filled in, and the one that an address asks for."""
    initial = dict(step.initial(row)) if step.initial else {}
    initial.update({name: value for name, value in (asked or {}).items() if name in step.choices})
    form = name_missing(step.form(data, initial=initial))
    for name, choices in step.choices.items():
        offer(form, name, choices(row))
    return form


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """What a choice of the form may be, where it is known only when the form is drawn."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def name_missing(form: forms.Form) -> forms.Form:
    """A field left empty is named in the words that a command would use."""
    for name, one in form.fields.items():
        one.error_messages["required"] = refusal_text(named(form, Refused("field.missing", field=name)))
    return form


def attempt(request: HttpRequest, row: Any, step: Step) -> Tried:
    """Draw the form of a step, or take it with what was sent."""
    if request.method != "POST":
        return Tried(drawn(step, row, asked=request.GET.dict()))
    form = drawn(step, row, request.POST)
    if not form.is_valid():
        return Tried(form, 422)
    given = typed(form)
    reason = given.pop("reason", "")
    try:
        answer = take_step(
            row.KIND,
            row.pk,
            step.name,
            by=actor(request),
            key=key_of(request),
            version=version_of(request),
            reason=reason,
            fields=given,
        )
    except Refused as refusal:
        if refusal.code == "overtaken":
            return Tried(form, 409, overtaken_case(row.pk, row.KIND, form_id="step"))
        put(form, refusal, field=FIELD_OF.get(refusal.code))
        return Tried(form, status_of(refusal.code))
    return Tried(form, answer=answer)


def step_page(
    request: HttpRequest,
    row: Any,
    step: Step,
    *,
    title: str,
    back: str,
    crumbs: Sequence[Context],
    **more: Any,
) -> HttpResponse:
    """A step on a page of its own. A step that is not open is refused as a page."""
    if request.method != "POST" and (refusal := why_not(row, step.name, actor(request))):
        raise refusal
    tried = attempt(request, row, step)
    if tried.answer is not None:
        return done(request, back, str(step.done))
    if tried.overtaken is not None:
        tried.overtaken["use_newer"] = back
    context = {
        "crumbs": crumbs,
        "case": {
            "title": title,
            "stage": row.place,
            "stage_label": status_label(row.KIND, row.place),
            "due": today().of(row),
        },
        "cancel_address": back,
        "phrases": phrases_of(actor(request)),
        **of(step, row, tried),
        **more,
    }
    return show(request, "step_form.html", context, status=tried.status)


def of(step: Step, row: Any, tried: Tried) -> Context:
    """What a template needs to draw a step."""
    return {
        "heading": step.heading or step_label(row.KIND, step.name),
        "form": tried.form,
        "will": step.will,
        "submit_words": step.submit,
        "tone": "danger" if step.danger else "",
        "version": row.version,
        "key": new_key(),
        "errors": summary(tried.form) if tried.form.is_bound else [],
        "overtaken": tried.overtaken,
    }


def one_of(steps: Mapping[str, Step], name: str) -> Step:
    """The step behind an address. Refused: step.unknown."""
    if name not in steps:
        raise Refused("step.unknown", step=name)
    return steps[name]
