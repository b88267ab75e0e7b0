"""Who acts: everybody is asked to log in, save where a view is marked with Django's login_not_required."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.queries.holders import offices_of
from services.workflow.queries.rights import OFFICE_KEY, actor_of, office_chosen
from services.workflow.web.errors import refused

OPEN_PATHS = ("/api/", "/healthz", "/readyz", "/metrics")


class ActingMiddleware:
    """Puts `offices` and `actor` on the request of every page behind the log-in; the API has its own way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.path.startswith(OPEN_PATHS) or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return ask_to_log_in(request)
        request.offices = offices_of(request.user)
        if not request.offices:
            return refused(request, Refused("office.none"))
        request.office = office_chosen(request.offices, request.session.get(OFFICE_KEY))
        request.actor = actor_of(request.office, request.user)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that a view could not put beside a field becomes a page."""
        return refused(request, exception) if isinstance(exception, Refused) else None


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """A page goes to the log-in and back; a script is told so, that it may not put a log-in into a part."""
    address = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"code": "login.required"}, status=401)
    return HttpResponseRedirect(address)


def actor(request: HttpRequest) -> Actor:
    """The office in which this request acts."""
    asked: Any = request
    found: Actor = asked.actor
    return found
