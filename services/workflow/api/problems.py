"""Refusals and faults as RFC 9457 problems: a stable code, a heading, a sentence, and the particulars."""

import logging
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from ninja.errors import AuthenticationError, HttpError, ValidationError

from services.workflow.domain.faults import Fault
from services.workflow.domain.refused import Refused
from services.workflow.wording.faults import fault_line
from services.workflow.wording.refusals import refusal_text, refusal_title
from services.workflow.wording.statuses import status_of

MEDIA_TYPE = "application/problem+json"
OWN = frozenset({"type", "title", "status", "detail", "code"})
RETRY_AFTER_S = {"busy": 1, "login.locked": 900, "objection.too_many": 3600}
log = logging.getLogger(__name__)


def problem(refusal: Refused) -> HttpResponse:
    """The answer to a refusal. Its particulars stand beside the members that the standard names."""
    status = status_of(refusal.code)
    body = {
        "type": f"/docs/codes#{refusal.code}",
        "title": refusal_title(refusal.code),
        "status": status,
        "detail": refusal_text(refusal),
        "code": refusal.code,
        **{name: plain(given) for name, given in refusal.params.items() if name not in OWN},
    }
    response = JsonResponse(
        body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Language"] = get_language() or "zh-hans"
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="laurel"'
    if refusal.code in RETRY_AFTER_S:
        response["Retry-After"] = str(RETRY_AFTER_S[refusal.code])
    return response


def plain(value: object) -> Any:
    """A particular as JSON has it: numbers stay numbers, decimals and moments become text."""
    if isinstance(value, Fault):
        return fault_line(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, bool | int | str) or value is None else str(value)


def on_refused(request: HttpRequest, refusal: Refused | type[Refused]) -> HttpResponse:
    assert isinstance(refusal, Refused)
    return problem(refusal)


def on_invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Every field that is wrong is named, with its place in what was sent."""
    assert isinstance(error, ValidationError)
    fields = [
        {
            "field": ".".join(str(part) for part in found["loc"][1:]),
            "problem": str(found["msg"]),
            "sort": found["type"],
        }
        for found in error.errors
    ]
    return problem(Refused("request.invalid", fields=fields))


def on_http_error(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """ninja's own: no log-in, or a body that is no JSON, or none of ours."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, Refused):
        return problem(error.__cause__)
    if isinstance(error, AuthenticationError):
        return problem(Refused("login.required"))
    return problem(Refused("request.malformed"))


def on_missing(request: HttpRequest, error: Http404 | type[Http404]) -> HttpResponse:
    return problem(Refused("request.not_found"))


def on_too_big(request: HttpRequest, error: RequestDataTooBig | type[RequestDataTooBig]) -> HttpResponse:
    return problem(Refused("request.too_large", kibibytes=1024))


def on_fault(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A fault of ours: told to the log with its trace, to the client without."""
    log.error(
        "%s %s failed", request.method, request.path, exc_info=error if isinstance(error, Exception) else None
    )
    return problem(Refused("server.error"))
