"""What is asked of a request before anything of it is read, and what an answer of the API must be."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from services.workflow.api.problems import problem
from services.workflow.domain.refused import Refused

PREFIX = "/api/v1/"
KIBIBYTE = 1024
BODY_KIBIBYTES = 1024
# A file of 20 MiB and the lines around it.
UPLOAD_KIBIBYTES = 20 * 1024 + 64
# What Django itself says as a page: a foreign host, a fault outside the API's own views.
PAGES = {400: "request.malformed", 404: "request.not_found", 500: "server.error"}


class ApiLimits:
    """Django middleware: sizes by Content-Length, and problems instead of plain texts below /api/v1/."""

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
