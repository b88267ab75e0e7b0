"""A rectification: planned and reported by the unit, extended, accepted or rejected by the office."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.documents.making import pdf_of
from services.workflow.domain.refused import Refused
from services.workflow.models import Rectification
from services.workflow.models.lifecycle.steps import steps_open, why_not
from services.workflow.queries.case_page import one_case
from services.workflow.queries.history import history_of
from services.workflow.queries.papers import order_of
from services.workflow.web.acting import actor
from services.workflow.web.course import course_shown
from services.workflow.web.deadlines import today
from services.workflow.web.forms import line, text
from services.workflow.web.pages import Context, done, follow, show
from services.workflow.web.step_page import Step, Will, attempt, of, one_of
from services.workflow.wording.addresses import act_of, page_of
from services.workflow.wording.labels import status_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.steps import step_label

RELATED = ("honour__unit", "honour__edition", "unit__town", "town", "ordered_by__unit")
ORDER = ("plan", "report", "accept", "reject", "extend")


class PlanForm(forms.Form):
    plan = text(
        gettext_lazy("Plan"),
        rows="8",
        hint=gettext_lazy("For each thing: what is done, by whom, until when."),
    )


class ReportForm(forms.Form):
    report = text(
        gettext_lazy("Report"),
        rows="8",
        hint=gettext_lazy("For each thing: what was done, and what shows it."),
    )


class OpinionForm(forms.Form):
    reason = text(gettext_lazy("What the inspection found"), required=False)


class ReasonForm(forms.Form):
    reason = text(gettext_lazy("What still falls short"))


class ExtendForm(forms.Form):
    working_days = line(gettext_lazy("Working days more"), inputmode="numeric", maxlength="3")
    reason = text(gettext_lazy("Reason"))


STEPS = {
    step.name: step
    for step in (
        Step(
            "plan",
            gettext_lazy("Hand in the plan"),
            gettext_lazy("The plan is handed in."),
            (Will("eye", gettext_lazy("The office reads it; the deadline stays as it is.")),),
            PlanForm,
        ),
        Step(
            "report",
            gettext_lazy("Report as done"),
            gettext_lazy("Reported; the office inspects again."),
            (Will("search", gettext_lazy("The office inspects again and accepts it, or does not.")),),
            ReportForm,
        ),
        Step(
            "accept",
            gettext_lazy("Accept the rectification"),
            gettext_lazy("Accepted; the title is held as before."),
            (
                Will(
                    "check-lg",
                    gettext_lazy("The title is held as before; the next re-review is counted from today."),
                ),
            ),
            OpinionForm,
        ),
        Step(
            "reject",
            gettext_lazy("Reject the rectification"),
            gettext_lazy("Rejected; revocation may be proposed now."),
            (
                Will(
                    "x-octagon-fill",
                    gettext_lazy("The honour lies with the office again, which may propose to revoke it."),
                ),
            ),
            ReasonForm,
            danger=True,
        ),
        Step(
            "extend",
            gettext_lazy("Extend the deadline"),
            gettext_lazy("The deadline is extended."),
            (Will("calendar3", gettext_lazy("The unit sees the new deadline at once.")),),
            ExtendForm,
        ),
    )
}


def rectification(request: HttpRequest, rectification_id: int, step: str = "") -> HttpResponse:
    """What is to be put right, and the form of the act that is open to whoever looks."""
    following = follow(request, f"case:{rectification_id}")
    row = one_case(actor(request), Rectification, rectification_id, *RELATED)
    open_ = [name for name in ORDER if name in steps_open(row, actor(request))]
    wanted = step or next((name for name in open_ if name != "extend"), "")
    context: Context = {**following, **_context(row)}
    status = 200
    if wanted and (wanted in open_ or request.method == "POST"):
        tried = attempt(request, row, one_of(STEPS, wanted))
        if tried.answer is not None:
            return done(request, page_of("rectification", row.pk), str(STEPS[wanted].done))
        if tried.overtaken is not None:
            tried.overtaken["use_newer"] = page_of("rectification", row.pk)
        context |= {**of(STEPS[wanted], row, tried), "acting": True}
        context["form_address"] = act_of("rectification", row.pk, wanted)
        status = tried.status
    refusal = why_not(row, "accept", actor(request)) if "accept" not in open_ else None
    if refusal is not None and refusal.code == "rectification.ordered_by_you":
        context["barred_words"] = refusal_text(refusal)
    context["others"] = [
        {"address": act_of("rectification", row.pk, name), "words": step_label("rectification", name)}
        for name in open_
        if name != wanted
    ]
    return show(request, "rectification.html", context, status=status)


def order(request: HttpRequest, rectification_id: int) -> HttpResponse:
    """The order as PDF, for those who may see the rectification."""
    row = one_case(actor(request), Rectification, rectification_id)
    found = order_of(row.pk)
    if found is None:
        raise Refused("document.not_found", document=rectification_id)
    headers = {"Content-Disposition": f'inline; filename="order-{row.pk}.pdf"'}
    return HttpResponse(pdf_of(found), content_type="application/pdf", headers=headers)


def _order(row: Any) -> Context | None:
    found = order_of(row.pk)
    return (
        {"address": f"{page_of('rectification', row.pk)}/order.pdf", "number": found.number}
        if found
        else None
    )


def _context(row: Any) -> Context:
    on, history = today(), history_of(row)
    return {
        "crumbs": [
            {"words": _("Supervision"), "address": "/supervision"},
            {"words": row.unit.name, "address": page_of("honour", row.honour_id)},
        ],
        "rectification": {
            "status": row.status,
            "status_label": status_label("rectification", row.status),
            "ordered_by": f"{row.ordered_by.unit.name} {row.ordered_by.name}",
            "ordered_at": history[0].at if history else None,
            "deadline_on": row.deadline_on,
            "plan": row.plan_text,
            "report": row.report_text,
            "result": row.result_text,
        },
        "honour": {
            "title": row.honour.title,
            "unit": row.unit.name,
            "town": row.town.name if row.town else "",
        },
        "order": _order(row),
        "due": on.of(row) if row.due_at and row.waiting_role else None,
        "items": [{"words": one.strip()} for one in row.points_text.splitlines() if one.strip()],
        "entries": course_shown(row.KIND, history, on),
    }
