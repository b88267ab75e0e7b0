"""The switch for large type: a cookie, set by an ordinary form or link so that it needs no script."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from services.workflow.web.context import LARGE, TYPE_COOKIE

A_YEAR_S = 365 * 24 * 3600


@login_not_required
@require_http_methods(["GET", "POST"])
def large_type(request: HttpRequest) -> HttpResponse:
    """Sets or clears the cookie and goes back to the page it came from, never to another site."""
    asked = request.POST if request.method == "POST" else request.GET
    back = asked.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = HttpResponseRedirect(back)
    if asked.get("large") == "1":
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie(TYPE_COOKIE, LARGE, max_age=A_YEAR_S, samesite="Lax", secure=secure)
    else:
        answer.delete_cookie(TYPE_COOKIE, samesite="Lax")
    return answer
