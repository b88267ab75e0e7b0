"""The acts on an open round, each on a page of its own with what it brings about and a reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.commands import cosigners, organising
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Round, Slate, SlateLine
from services.workflow.models.round import HUMAN, RoundTask
from services.workflow.queries.cosigners import askable
from services.workflow.queries.slate_page import SlatePage, slate_page
from services.workflow.queries.task_page import TaskPage, task_page
from services.workflow.rounds.drawing import svg
from services.workflow.web.acting import actor
from services.workflow.web.forms import Words, put, summary, typed
from services.workflow.web.joint_words import about_objection
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, number_of
from services.workflow.web.round_forms import AddForm, ExtendForm, LateForm, ReasonForm, RemindForm
from services.workflow.web.slate_shown import crumbs, slate_title
from services.workflow.web.step_page import Will, name_missing, offer
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import role_label, stage_label
from services.workflow.wording.statuses import status_of

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """One act: its form, what it brings about, the words on its button and after it."""

    heading: Words
    submit: Words
    done: Words
    will: Sequence[Will]
    take: Callable[..., object]
    form: type[forms.Form] = ReasonForm
    danger: bool = False


def _extend(request: HttpRequest, page: SlatePage, _: int, given: Given) -> object:
    return organising.extend_round(page.round.pk, **given, by=actor(request), key=key_of(request))


def _cancel(request: HttpRequest, page: SlatePage, _: int, given: Given) -> object:
    return organising.cancel_round(page.round.pk, **given, by=actor(request), key=key_of(request))


def _remind(request: HttpRequest, page: SlatePage, _: int, given: Given) -> object:
    return organising.remind(page.round.pk, **given, by=actor(request), key=key_of(request))


def _strike(request: HttpRequest, page: SlatePage, case: int, given: Given) -> object:
    return organising.strike_line(page.round.pk, case, **given, by=actor(request), key=key_of(request))


def _remove(request: HttpRequest, page: SlatePage, task: int, given: Given) -> object:
    return cosigners.remove_cosigner(task, **given, by=actor(request), key=key_of(request))


def _add(request: HttpRequest, page: SlatePage | TaskPage, _: int, given: Given) -> object:
    unit, _colon, role = str(given["body"]).partition(":")
    return cosigners.add_cosigner(
        page.round.pk,
        unit=number_of(unit) or 0,
        role=role,
        reason=str(given["reason"]),
        by=actor(request),
        key=key_of(request),
    )


def _say_late(request: HttpRequest, task: RoundTask, given: Given) -> object:
    by, words = actor(request), str(given["text"])
    return organising.late_opinion(task.pk, text=words, by=by, key=key_of(request))


ACTS: dict[str, Act] = {
    "extend": Act(
        gettext_lazy("Extend the round"),
        gettext_lazy("Move the due day"),
        gettext_lazy("The due day has been moved."),
        [Will("clock", gettext_lazy("Everybody who has not answered has until the new day."))],
        _extend,
        ExtendForm,
    ),
    "remind": Act(
        gettext_lazy("Remind those who have not answered"),
        gettext_lazy("Remind"),
        gettext_lazy("They have been reminded."),
        [
            Will("megaphone", gettext_lazy("Everybody who has not answered is told, once a day at most.")),
            Will("clock", gettext_lazy("The due day stays as it is.")),
        ],
        _remind,
        RemindForm,
    ),
    "add": Act(
        gettext_lazy("Ask one body more"),
        gettext_lazy("Ask this body"),
        gettext_lazy("The body has been asked."),
        [
            Will("people", gettext_lazy("The body gets the whole slate as a task, due with the round.")),
            Will("circle-half", gettext_lazy("The round waits for its answer too.")),
        ],
        _add,
        AddForm,
    ),
    "cancel": Act(
        gettext_lazy("Cancel the round"),
        gettext_lazy("Cancel the round for good"),
        gettext_lazy("The round has been cancelled; its units can be tabled again."),
        [
            Will("x-circle", gettext_lazy("Open tasks are closed; what was answered is kept and moves nothing.")),
            Will("arrow-return-left", gettext_lazy("All units of the slate lie with you again.")),
        ],
        _cancel,
        danger=True,
    ),
    "strike": Act(
        gettext_lazy("Take a unit off the slate"),
        gettext_lazy("Take it off"),
        gettext_lazy("The unit has been taken off; the rest goes on."),
        [
            Will("dash-circle", gettext_lazy("Nobody is asked about this unit any more; it lies with you again.")),
            Will("arrow-right", gettext_lazy("The other units go on; without any left the round ends.")),
        ],
        _strike,
    ),
    "remove": Act(
        gettext_lazy("Take a body out of the round"),
        gettext_lazy("Take it out"),
        gettext_lazy("The body has been taken out."),
        [
            Will("person-slash", gettext_lazy("Its task is closed; the round no longer waits for it.")),
            Will("lock", gettext_lazy("If all others have answered, the round ends with it.")),
        ],
        _remove,
    ),
}  # fmt: skip
LATE = Act(
    gettext_lazy("An opinion after the close"),
    gettext_lazy("Keep the opinion"),
    gettext_lazy("Your opinion has been kept as a note."),
    [Will("journal-text", gettext_lazy("Your opinion is kept with the round; it changes no outcome."))],
    _say_late,
    LateForm,
)


def act(request: HttpRequest, slate_id: int, name: str, subject: int = 0) -> HttpResponse:
    """One act on the round of a slate, on the line or task that the address names."""
    chosen, page = ACTS[name], slate_page(slate_id, actor(request))
    if page.slate.objection is not None:
        chosen = about_objection(name, chosen)
    about = {
        "crumbs": crumbs(page.slate.edition, stage_label(page.leg.stage)),
        "case": {**slate_title(page), "number_words": _about(page, name, subject)},
    }
    take = partial(chosen.take, request, page, subject)
    return _acted(
        request, chosen, take, about, page_of("slate", slate_id), bodies=partial(_bodies, page.round)
    )


def cosign(request: HttpRequest, task_id: int) -> HttpResponse:
    """A body that is asked and has not answered names one more; it sees nothing of what others said."""
    page = task_page(task_id, actor(request))
    address = page_of("round_task", task_id)
    if not may_ask(page):
        return HttpResponseRedirect(address)
    chosen = ACTS["add"]
    about = {"crumbs": crumbs(page.round.slate.edition), "case": _task_title(page.round.slate)}
    take = partial(chosen.take, request, page, 0)
    return _acted(request, chosen, take, about, address, bodies=partial(_bodies, page.round))


def may_ask(page: TaskPage) -> bool:
    """Who is asked for an opinion and has not given it may ask one body more; scorers and voters are fixed."""
    return page.may_answer and page.mode in {Mode.CLEARANCE, Mode.COUNTERSIGN}


def _acted(
    request: HttpRequest,
    chosen: Act,
    take: Callable[[Given], object],
    about: Context,
    back: str,
    *,
    bodies: Callable[[], list[tuple[str, str]]] | None = None,
) -> HttpResponse:
    """The form of an act; once it is sent and taken, the page it came from."""
    form = name_missing(chosen.form(request.POST if request.method == "POST" else None))
    if bodies is not None and "body" in form.fields:
        offer(form, "body", bodies())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                take(typed(form))
            except Refused as refusal:
                put(form, refusal)
                status = status_of(refusal.code)
            else:
                return done(request, back, str(chosen.done))
    context = {
        **about,
        "heading": chosen.heading,
        "will": chosen.will,
        "tone": "danger" if chosen.danger else "",
        **_form_context(form, chosen.submit, back),
    }
    return show(request, "step_form.html", context, status=status)


def _task_title(slate: Slate) -> Context:
    name = _("Joint finding on an objection") if slate.objection_id else _("Slate no. %(n)d")
    return {"title": name % {"n": slate.number}, "stage": "closed", "stage_label": ""}


def _form_context(form: forms.Form, submit: Words, back: str) -> Context:
    return {
        "form": form,
        "version": 0,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "submit_words": submit,
        "cancel_address": back,
    }


def _bodies(round_: Round) -> list[tuple[str, str]]:
    named = [
        (f"{unit}:{role}", _("%(unit)s (%(role)s)") % {"unit": name, "role": role_label(role)})
        for unit, role, name in askable(round_)
    ]
    return [("", _("Choose a body")), *named]


def _about(page: SlatePage, name: str, subject: int) -> str:
    """Which unit or body an act is about; an address that names none of this slate is none."""
    if name == "strike":
        return _unit(page, subject)
    if name == "remove":
        task = next((task for task in page.tasks if task.pk == subject), None)
        if task is None:
            raise Http404
        return str(task.participant_unit)
    return ""


def _unit(page: SlatePage, case: int) -> str:
    line: SlateLine | None = next((line for line in page.lines if line.case_id == case), None)
    if line is None:
        raise Http404
    return line.case.unit.name


def flow_picture(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The drawing of the round's flow, each part in the colour of its state."""
    round_ = slate_page(slate_id, actor(request)).round
    response = HttpResponse(svg(round_.flow_class, round_), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


def late(request: HttpRequest, task_id: int) -> HttpResponse:
    """A participant says what they would have said, once nothing can be answered any more."""
    by = actor(request)
    task = (
        RoundTask.objects.filter(pk=task_id, flow_task_type=HUMAN)
        .select_related("process__slate__edition")
        .first()
    )
    own = task is not None and (task.participant_role, task.participant_unit_id) == (by.role, by.unit_id)
    if task is None or not own or task.assignee_id not in {None, by.member_id}:
        raise Refused("task.unknown", task=task_id)
    slate = task.process.slate
    about = {"crumbs": crumbs(slate.edition), "case": _task_title(slate)}
    return _acted(request, LATE, partial(LATE.take, request, task), about, page_of("round_task", task_id))
