"""What is asked of a request before anything of it is used, and what an answer of the API must be."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

from services.workflow.api.problems import problem
from services.workflow.domain.keepable import unkeepable
from services.workflow.domain.refused import Refused

PREFIX = "/api/v1/"
KIBIBYTE = 1024
BODY_KIBIBYTES = 1024
# A file of 20 MiB and the lines around it.
UPLOAD_KIBIBYTES = 20 * 1024 + 64
# What Django itself says as a page: a foreign host, a fault outside the API's own views.
UNKEEPABLE = {"text": "request.text_unkeepable", "number": "request.number_too_large"}
PAGES = {400: "request.malformed", 404: "request.not_found", 500: "server.error"}


class ApiLimits:
    """Django middleware: what no column can keep is refused for API and pages alike; below /api/v1/ sizes by
    Content-Length, and problems instead of plain texts."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        refusal = too_much(request)
        if refusal is not None:
            return problem(refusal)
        response = self.get_response(request)
        if response.status_code == 405:
            allowed = response.get("Allow", "")
            response = problem(Refused("request.method_not_allowed", method=request.method))
            response["Allow"] = allowed
        elif response.status_code in PAGES and response.get("Content-Type", "").startswith("text/html"):
            response = problem(Refused(PAGES[response.status_code]))
        return response

    def process_view(
        self, request: Any, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Address, cookies and form, before a view or the log-in looks at them. JSON is looked at by its parser."""
        given = [request.path, kwargs, request.COOKIES, lists_of(request.GET), lists_of(request.POST)]
        refusal = unreadable(given)
        if refusal is None:
            return None
        if request.path.startswith(PREFIX):
            return problem(refusal)
        raise BadRequest(refusal.code) from refusal


def lists_of(given: Any) -> list[object]:
    return [[name, *values] for name, values in given.lists()]


def unreadable(given: object) -> Refused | None:
    """The refusal of texts and numbers that no column can keep."""
    what = unkeepable(given)
    return Refused(UNKEEPABLE[what]) if what else None


def too_much(request: HttpRequest) -> Refused | None:
    """The refusal of a body whose length is unknown or beyond what is taken."""
    if request.headers.get("Transfer-Encoding"):
        return Refused("request.length_required")
    given = request.META.get("CONTENT_LENGTH") or "0"
    if not given.isascii() or not given.isdigit():
        return Refused("request.length_required")
    is_upload = request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data")
    most = UPLOAD_KIBIBYTES if is_upload else BODY_KIBIBYTES
    return Refused("request.too_large", kibibytes=most) if int(given) > most * KIBIBYTE else None
