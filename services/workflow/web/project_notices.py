"""Project notices (项目公示): programmes that are approved and shown to everybody before they count as admitted."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from services.workflow.queries.definitions import definition_of
from services.workflow.queries.drafts import on_project_notice
from services.workflow.queries.editions import newest_version
from services.workflow.web.deadlines import today
from services.workflow.web.pages import Context
from services.workflow.web.programmes import admission_rows
from services.workflow.web.public_pages import for_everybody, paint


@for_everybody
def project_notices(request: HttpRequest) -> HttpResponse:
    """What each programme asks for and until when; without a log-in."""
    on = today()
    programmes = [_shown(row, on) for row in on_project_notice()]
    return paint(request, "public/project_notices.html", {"programmes": programmes})


def _shown(row: Any, on: Any) -> Context:
    return {
        "name": row.name,
        "host": row.host.name,
        "admitting": row.admitting_unit.name,
        "rows": admission_rows(row, definition_of(newest_version(row.pk).pk)),
        "due": on.until(row.notice_ends_at),
    }
