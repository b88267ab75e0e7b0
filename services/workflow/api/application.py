"""The API: its routers, its refusals, and the one form of its answers."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from services.workflow.api import (
    certificates,
    declarations,
    drafts,
    entry,
    honours,
    inbox,
    incidents,
    messages,
    moving,
    notices,
    organising,
    papers,
    people,
    problems,
    programmes,
    public,
    public_papers,
    registers,
    rounds,
    scoring,
    steps,
    transparency,
    voting,
    work,
)
from services.workflow.api.auth import Bearer, Session
from services.workflow.api.limits import unreadable
from services.workflow.domain.refused import Refused


class Reader(Parser):
    """JSON of which all can be kept; ninja makes an HttpError of what is raised here, on_http_error undoes it."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        given: dict[str, Any] = json.loads(request.body)
        refusal = unreadable(given)
        if refusal is not None:
            raise refusal
        return given


class Renderer(JSONRenderer):
    """JSON with Chinese as it is, not as escapes."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class LaurelAPI(NinjaAPI):
    """Adds to every answer of a write the key under which it is kept."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Short names for generated clients: the module and the function."""
        module = operation.view_func.__module__.rpartition(".")[2]
        return f"{module}_{operation.view_func.__name__}"

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        key = getattr(request, "key", None)
        if key is not None:
            response["Idempotency-Key"] = str(key)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


api = LaurelAPI(
    title="Laurel",
    version="1",
    description="Honours programmes of local government, from declaration to revocation. Errors are RFC 9457 problems"
    " with a stable code; the codes stand in docs/codes.md, the way of using this API in docs/api.md.",
    docs_url=None,
    urls_namespace="api",
    auth=[Bearer(), Session()],
    renderer=Renderer(),
    parser=Reader(),
)
api.add_router("", entry.router)
api.add_router("", inbox.router)
api.add_router("", steps.router)
api.add_router("", work.router)
api.add_router("/declarations", declarations.router)
api.add_router("/declarations", moving.router)
api.add_router("", rounds.router)
api.add_router("", organising.router)
api.add_router("", voting.router)
api.add_router("", scoring.router)
api.add_router("/incidents", incidents.router)
api.add_router("", registers.router)
api.add_router("/programmes/drafts", drafts.drafts)
api.add_router("/programmes", programmes.programmes)
api.add_router("/programmes", drafts.versions)
api.add_router("/editions", programmes.editions)
api.add_router("/notices", notices.notices)
api.add_router("/objections", notices.objections)
api.add_router("/honours", honours.honours)
api.add_router("/rereviews", honours.rereviews)
api.add_router("/rectifications", honours.rectifications)
api.add_router("", papers.router)
api.add_router("", certificates.router)
api.add_router("", people.router)
api.add_router("/preferences", messages.preferences)
api.add_router("/webhooks", messages.webhooks)
api.add_router("/deliveries", messages.deliveries)
api.add_router("/public", public.router)
api.add_router("/public", public_papers.router)
api.add_router("/public", transparency.router)

api.add_exception_handler(Refused, problems.on_refused)
api.add_exception_handler(ValidationError, problems.on_invalid)
api.add_exception_handler(HttpError, problems.on_http_error)
api.add_exception_handler(Http404, problems.on_missing)
api.add_exception_handler(RequestDataTooBig, problems.on_too_big)
api.add_exception_handler(Exception, problems.on_fault)


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever below /api/v1/ is no address of the API."""
    return problems.problem(Refused("request.not_found"))
