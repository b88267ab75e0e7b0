"""A programme on its way to admission: what it says, how it went, and the acts on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.workflow.documents.route_diagram import route_svg
from services.workflow.domain.calendar import last_day
from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import plain
from services.workflow.domain.stages import ProgrammeStatus
from services.workflow.models import Programme
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.case_page import one_case
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.drafts import HOSTS
from services.workflow.queries.editions import newest_version
from services.workflow.queries.history import history_of
from services.workflow.web.acting import actor
from services.workflow.web.acts import OpinionForm, ReasonForm
from services.workflow.web.course import course_shown
from services.workflow.web.deadlines import today
from services.workflow.web.designer.choices import QUOTAS
from services.workflow.web.pages import Context, follow, new_key, show
from services.workflow.web.shown import long_date
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
            gettext_lazy("The programme is approved."),
            (
                Will(
                    "check-circle",
                    gettext_lazy(
                        "The host may open editions of it, after the project notice where it has one."
                    ),
                ),
            ),
            OpinionForm,
        ),
        Step(
            "refuse",
            gettext_lazy("Refuse admission"),
            gettext_lazy("Admission is refused."),
            (Will("x-circle", gettext_lazy("It cannot open editions; changed, it may be proposed again.")),),
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
        **said_of(definition_of(version.pk)),
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
        "versions_address": reverse("versions", args=[programme_id]),
        "draft_address": reverse("draft_next", args=[programme_id])
        if _may_draft(row, actor(request))
        else "",
        "key": new_key(),
        "diagram": mark_safe(route_svg(definition_of(version.pk))),
        "admission": admission_rows(row, definition_of(version.pk)),
        "entries": course_shown("programme", history_of(row), on),
        "acts": _acts(request, row),
    }
    return show(request, "programme.html", context)


def _may_draft(row: Any, by: Any) -> bool:
    return bool(by.unit_id == row.host_id and by.role in HOSTS and row.status != ProgrammeStatus.WITHDRAWN)


def admission_rows(row: Any, definition: Definition) -> list[Context]:
    """What the leading group decides on; what the programme does not say is shown as not said."""
    asked, blank = definition.admission, _("not stated")
    rows = [
        (_("Legal basis"), "、".join(definition.legal_basis)),
        (_("Scope"), definition.unit_name(definition.scope)),
        (_("Cycle in months"), str(definition.cycle_months)),
        (_("Number of participants"), str(asked.participants or "")),
        (_("Quota of an edition"), quota_words(definition)),
        (_("Levels of the title"), "、".join(level.name for level in definition.levels)),
        (_("Reward"), asked.reward),
        (_("Funding"), asked.funding),
        (_("Form of commendation"), asked.form),
    ]
    if asked.notice_working_days:
        days = asked.notice_working_days
        words = ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}
        if row.notice_ends_at and row.status == ProgrammeStatus.ON_NOTICE:
            words = _("%(days)s, until %(day)s") % {
                "days": words,
                "day": long_date(last_day(row.notice_ends_at)),
            }
        rows.append((_("Project notice"), words))
    return [{"term": str(term), "words": words or blank} for term, words in rows]


def quota_words(definition: Definition) -> str:
    """The quota as it is asked for."""
    quota = definition.quota
    return f"{QUOTAS[quota.kind]} {quota.number}" if quota.number is not None else str(QUOTAS[quota.kind])


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


def said_of(definition: Definition) -> Context:
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
    return [{"words": _("Programmes"), "address": reverse("programmes")}]


def programme_step(request: HttpRequest, programme_id: int, step: str) -> HttpResponse:
    """One act on the programme."""
    row = one_case(actor(request), Programme, programme_id, "host")
    back = reverse("programme", args=[programme_id])
    crumbs = [*_crumbs(), {"words": row.name, "address": back}]
    return step_page(request, row, one_of(STEPS, step), title=row.name, back=back, crumbs=crumbs)
