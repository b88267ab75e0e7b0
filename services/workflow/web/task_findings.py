"""A body says what it found of an objection, of which it knows the unit, the notice and the question."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.commands.answers import decide_task
from services.workflow.domain.refused import Refused
from services.workflow.domain.tally import Found
from services.workflow.queries.joint_findings import own_finding
from services.workflow.queries.task_page import TaskPage
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.forms import choice, put, summary, text
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.web.step_page import Will, name_missing, offer
from services.workflow.web.task_frame import refused_page, standing_of
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import verdict_label
from services.workflow.wording.statuses import status_of

OVERTAKEN = frozenset({"overtaken", "round.closed", "task.removed"})
WILL = (
    Will("shield-lock", gettext_lazy("The investigator alone reads it, until the finding is stated.")),
    Will("lock", gettext_lazy("Once filed, nothing can be changed any more.")),
)


class FindingForm(forms.Form):
    verdict = choice(gettext_lazy("What is objected is"), [])
    reason = text(
        gettext_lazy("What you found, and on what it rests"),
        rows="8",
        hint=gettext_lazy("Facts only. Do not ask, nor guess, who objects."),
    )


def finding(request: HttpRequest, page: TaskPage, following: Context) -> HttpResponse:
    """Draw the question; file the answer of this body."""
    form = name_missing(FindingForm(request.POST if request.method == "POST" else None))
    offer(form, "verdict", [(str(found), verdict_label(found)) for found in Found])
    if request.method != "POST":
        return show(request, "finding.html", {**following, **_context(page, form)})
    if not form.is_valid():
        return show(request, "finding.html", {**following, **_context(page, form)}, status=422)
    try:
        answer = decide_task(
            page.task.pk,
            verdict=form.data["verdict"],
            reason=form.data["reason"],
            version=version_of(request),
            by=actor(request),
            key=key_of(request),
        )
    except Refused as refusal:
        return _refused(request, page, {**following, **_context(page, form)}, form, refusal)
    words = (
        _("Filed. The others are still asked.") if answer["round_open"] else _("Filed. All have answered.")
    )
    return done(request, page_of("round_task", page.task.pk), words)


def _refused(
    request: HttpRequest, page: TaskPage, context: Context, form: forms.Form, refusal: Refused
) -> HttpResponse:
    if refusal.code in OVERTAKEN:
        return refused_page(request, page, "finding.html", context, refusal)
    put(form, refusal)
    return show(request, "finding.html", context | {"errors": summary(form)}, status=status_of(refusal.code))


def _context(page: TaskPage, form: forms.Form) -> Context:
    task, objection = page.task, _asked_about(page)
    may = page.may_answer
    return {
        "crumbs": [{"words": page.round.slate.edition.name}, {"words": _("Joint finding on an objection")}],
        "heading": _("Finding of %(unit)s") % {"unit": task.participant_unit},
        "due": today().of(task) if may else None,
        "unit": objection.declaration.unit.name,
        "notice": objection.notice.title,
        "question": page.round.slate.question,
        "form": form if may else None,
        "said": {"verdict": verdict_label(task.verdict), "words": own_finding(task)}
        if task.verdict
        else None,
        "will": WILL,
        "version": task.version,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        **standing_of(page),
    }


def _asked_about(page: TaskPage) -> Any:
    """The objection, of which nothing else is shown."""
    objection = page.round.slate.objection
    assert objection is not None, "its round is of this kind only where there is one"
    return objection
