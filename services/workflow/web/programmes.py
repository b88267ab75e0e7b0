"""A programme on its way to admission: what it says, how it went, and the acts on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import plain
from services.workflow.models import Programme
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.case_page import one_case
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.editions import newest_version
from services.workflow.queries.history import history_of
from services.workflow.web.acting import actor
from services.workflow.web.acts import OpinionForm, ReasonForm
from services.workflow.web.course import course_shown
from services.workflow.web.deadlines import today
from services.workflow.web.pages import Context, follow, show
from services.workflow.web.step_page import Step, Will, one_of, step_page
from services.workflow.wording.labels import mode_label, role_label, stage_label, status_label
from services.workflow.wording.steps import step_label

ORDER = ("propose", "admit", "refuse", "withdraw")
FORWARD = ("propose", "admit")
STEPS = {
    step.name: step
    for step in (
        Step(
            "propose",
            gettext_lazy("Propose for admission"),
            gettext_lazy("Proposed; the leading group decides."),
            (
                Will(
                    "arrow-right", gettext_lazy("It lies with the leading group, which admits it or refuses.")
                ),
            ),
            OpinionForm,
        ),
        Step(
            "admit",
            gettext_lazy("Admit the programme"),
            gettext_lazy("Admitted; editions may be opened."),
            (Will("check-circle", gettext_lazy("The host may open editions of it from now on.")),),
            OpinionForm,
        ),
        Step(
            "refuse",
            gettext_lazy("Refuse admission"),
            gettext_lazy("Admission is refused."),
            (Will("x-circle", gettext_lazy("It cannot open editions, and is not proposed again.")),),
            ReasonForm,
            danger=True,
        ),
        Step(
            "withdraw",
            gettext_lazy("Give the programme up"),
            gettext_lazy("The programme is given up."),
            (
                Will("archive", gettext_lazy("No further edition can be opened; those under way go on.")),
                Will("x-octagon-fill", gettext_lazy("It is not admitted again.")),
            ),
            ReasonForm,
            danger=True,
        ),
    )
}


def programme(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What the programme says, in the version that is newest, and its course."""
    live = follow(request, f"case:{programme_id}")
    row = one_case(actor(request), Programme, programme_id, "host", "admitting_unit", "waiting_unit")
    version = newest_version(programme_id)
    on = today()
    context = {
        **live,
        **_says(definition_of(version.pk)),
        "crumbs": _crumbs(),
        "programme": {
            "name": row.name,
            "host": row.host.name,
            "status": str(row.status),
            "status_label": status_label("programme", row.status),
            "version": _("version %(n)d, fingerprint %(hash)s")
            % {"n": version.number, "hash": version.content_hash[:12]},
        },
        "due": on.of(row) if row.waiting_unit else None,
        "waits_for": row.waiting_unit.name if row.waiting_unit else "",
        "entries": course_shown("programme", history_of(row), on),
        "acts": _acts(request, row),
    }
    return show(request, "programme.html", context)


def _acts(request: HttpRequest, row: Any) -> list[Context]:
    steps = steps_open(row, actor(request))
    return [
        {
            "address": reverse("programme_step", args=[row.pk, step]),
            "words": step_label("programme", step),
            "primary": step in FORWARD,
        }
        for step in ORDER
        if step in steps
    ]


def _says(definition: Definition) -> Context:
    """The programme in words: its route, its standard, what is missing in it."""
    standard = definition.standard
    examples = sum(line.example or indicator.example for indicator, line in standard.lines)
    gaps = len(standard.gaps)
    return {
        "summary": definition.summary,
        "legs": [
            {
                "name": leg.name,
                "stage": stage_label(leg.stage),
                "mode": mode_label(leg.mode),
                "body": "、".join(_body(definition, one) for one in (leg.bodies or (leg.body,))),
                "days": ngettext("%(n)d working day", "%(n)d working days", leg.due_days)
                % {"n": leg.due_days}
                if leg.due_days
                else "",
            }
            for leg in definition.legs
        ],
        "standard_words": _("%(criteria)d criteria, %(full)s points in full, %(mark)s to pass.")
        % {
            "criteria": len(standard.lines),
            "full": plain(standard.total),
            "mark": plain(definition.pass_mark),
        },
        "examples_words": ngettext(
            "%(n)d criterion is an example for demonstration",
            "%(n)d criteria are examples for demonstration",
            examples,
        )
        % {"n": examples}
        if examples
        else "",
        "gaps_words": ngettext(
            "%(n)d indicator is still a gap; no edition opens before it is filled",
            "%(n)d indicators are still gaps; no edition opens before they are filled",
            gaps,
        )
        % {"n": gaps}
        if gaps
        else "",
        "grounds": [
            f"{ground.name}（{definition.unit_name(ground.owner)}）" for ground in definition.veto_grounds
        ],
    }


def _body(definition: Definition, body: Any) -> str:
    return role_label(body.role) if body.is_relative else definition.unit_name(body.unit)


def _crumbs() -> list[Context]:
    return [{"words": pgettext("navigation", "Editions"), "address": reverse("editions")}]


def programme_step(request: HttpRequest, programme_id: int, step: str) -> HttpResponse:
    """One act on the programme."""
    row = one_case(actor(request), Programme, programme_id, "host")
    back = reverse("programme", args=[programme_id])
    crumbs = [*_crumbs(), {"words": row.name, "address": back}]
    return step_page(request, row, one_of(STEPS, step), title=row.name, back=back, crumbs=crumbs)
