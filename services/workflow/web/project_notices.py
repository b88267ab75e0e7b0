"""Project notices (项目公示): programmes that are approved and shown to everybody before they count as admitted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.domain.calendar import DueDate, day_strip, last_day, shanghai_date
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import ProgrammeStatus
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.drafts import on_project_notice, one_project_notice
from services.workflow.queries.editions import newest_version
from services.workflow.web.cockpit_shown import STRIP_KINDS
from services.workflow.web.deadlines import Today, today
from services.workflow.web.pages import Context
from services.workflow.web.programmes import admission_rows, said_of
from services.workflow.web.public_pages import for_everybody, paint, verified


@for_everybody
def project_notices(request: HttpRequest) -> HttpResponse:
    """What each programme asks for and until when; without a log-in."""
    on = today()
    programmes = [_listed(row, on) for row in on_project_notice()]
    return paint(request, "public/project_notices.html", {"programmes": programmes})


def _definition(row: Any) -> Definition:
    return definition_of(row.proposed_version_id or newest_version(row.pk).pk)


def _listed(row: Any, on: Today) -> Context:
    return {
        "name": row.name,
        "host": row.host.name,
        "admitting": row.admitting_unit.name,
        "rows": admission_rows(row, _definition(row)),
        "due": on.until(row.notice_ends_at),
        "address": reverse("project_notice", args=[row.pk]),
    }


@for_everybody
def project_notice(request: HttpRequest, programme_id: int) -> HttpResponse:
    """One programme on its project notice: what is asked for, its route and standard, its days, how to object."""
    row, on = one_project_notice(programme_id), today()
    definition = _definition(row)
    running = row.status == ProgrammeStatus.ON_NOTICE
    context = {
        **_listed(row, on),
        **said_of(definition),
        "basis": "、".join(definition.legal_basis),
        "open": running,
        "result_words": "" if running else _result(row),
        "back": reverse("project_notices"),
        **_days(row, definition, on),
        **verified(f"project-notices/{row.pk}"),
    }
    return paint(request, "public/project_notice.html", context)


def _result(row: Any) -> str:
    if row.status == ProgrammeStatus.ADMITTED:
        return _("The notice has ended; the programme is admitted.")
    return _("The programme has been given up.")


def _days(row: Any, definition: Definition, on: Today) -> Context:
    """From the day of approval to the last day of the notice, day by day."""
    opened, last = shanghai_date(row.opened_at), last_day(row.notice_ends_at)
    days = definition.admission.notice_working_days or 0
    counted = on.calendar.add_working_days(opened, days, start_counts=False).counted
    strip = day_strip(opened, DueDate(last, bool(row.due_provisional), counted), on.calendar)
    return {
        "days": [
            {"date": day.date, "number": day.number, "kind": STRIP_KINDS[str(day.kind)]} for day in strip
        ],
        "today": on.date,
        "last": last,
        "opened_on": opened,
        "period_words": ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days},
    }
