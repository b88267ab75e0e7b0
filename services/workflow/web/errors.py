"""Pages for what goes wrong: what happened, whom to ask, what to do next."""

import logging
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from services.workflow.domain.refused import Refused
from services.workflow.web.context import roles_of
from services.workflow.wording.labels import role_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import UNPROCESSABLE, status_of

log = logging.getLogger("laurel.errors")
TEMPLATES = {400: "400.html", 403: "403.html", 404: "404.html", 409: "409.html"}


def refused(request: HttpRequest, refusal: Refused, **context: Any) -> HttpResponse:
    """A refusal that no form can show: its own page, with the code and the status that go with it."""
    status = status_of(refusal.code)
    template = TEMPLATES.get(status, TEMPLATES[409] if status == UNPROCESSABLE else TEMPLATES[400])
    words = {"refusal": refusal_text(refusal), "code": refusal.code}
    roles = roles_of(request.path)
    if template == TEMPLATES[403] and roles and _role(request) not in roles:
        words["role_needed"] = "、".join(role_label(role) for role in roles)
    return _page(request, template, {**words, **context}, status)


def _role(request: HttpRequest) -> str:
    by = getattr(request, "actor", None)
    return str(by.role) if by else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception.__cause__, Refused):
        return refused(request, exception.__cause__)
    return _page(request, "400.html", {}, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403.html", {}, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    refusal = Refused("request.csrf")
    return _page(request, "403.html", {"refusal": refusal_text(refusal), "code": refusal.code}, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404.html", {}, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: the page shows the number under which the log keeps it."""
    number = uuid4().hex[:8].upper()
    log.exception("incident %s at %s", number, request.path)
    return render(request, "500.html", {"number": number}, status=500)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    frame = {"actor": getattr(request, "actor", None), "inbox_count": None}
    return render(request, template, {**frame, **context}, status=status)
