"""A participant's task: the page that its kind of round needs, and whether it can still be answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from services.workflow.domain.stages import FINDING, Mode
from services.workflow.queries.task_page import TaskPage, task_page
from services.workflow.web import task_findings, task_opinions, task_scores, task_votes, task_workbook
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, follow, part
from services.workflow.web.task_frame import standing_of

Answering = Callable[[HttpRequest, TaskPage, Context], HttpResponse]
PAGES: dict[str, Answering] = {
    Mode.CLEARANCE: task_opinions.clearance,
    Mode.COUNTERSIGN: task_opinions.opinion,
    Mode.SCORING: task_scores.scores,
    Mode.VOTE: task_votes.vote,
    FINDING: task_findings.finding,
}


def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Answer a task; a GET draws it, a POST checks or files it."""
    following = follow(request)
    page = task_page(task_id, actor(request))
    return PAGES[page.mode](request, page, following)


def standing(request: HttpRequest, task_id: int) -> HttpResponse:
    """The part of a task's page that tells when it was answered or its round closed."""
    return part(request, "parts/task_standing.html", standing_of(task_page(task_id, actor(request))))


def points(request: HttpRequest, task_id: int) -> HttpResponse:
    """What the figures of one cell come to."""
    return task_scores.reckon(request, task_page(task_id, actor(request)))


@require_GET
def figures_template(request: HttpRequest, task_id: int) -> HttpResponse:
    """A workbook with a row for each figure that is asked for."""
    return task_workbook.template(task_page(task_id, actor(request)))


@require_POST
def figures(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take a filled-in workbook over, or give it back marked."""
    return task_workbook.take_over(request, task_page(task_id, actor(request)))


def recuse(request: HttpRequest, task_id: int, line_id: int) -> HttpResponse:
    """A member stays out of the vote on one line, with a reason."""
    return task_votes.recuse(request, task_page(task_id, actor(request)), line_id)
