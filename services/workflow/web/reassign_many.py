"""转办 for several cases at once: to whom and why, then the result row by row."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from services.workflow.commands.claiming import reassign
from services.workflow.domain.refused import Refused
from services.workflow.queries.batch import titles_of
from services.workflow.queries.keepsakes import phrases_of
from services.workflow.queries.side_acts import colleagues_of
from services.workflow.web.acting import actor
from services.workflow.web.batch import BATCH_MOST
from services.workflow.web.forms import summary
from services.workflow.web.pages import Context, new_key, show
from services.workflow.web.posted import key_of, tick_of
from services.workflow.web.step_page import offer
from services.workflow.web.working import ReassignForm
from services.workflow.wording.refusals import refusal_text


@require_http_methods(["GET", "POST"])
def reassign_many(request: HttpRequest) -> HttpResponse:
    """A first POST asks to whom and why, a confirmed one does it; each row has its own key: a reload does no more."""
    ticked = [tick_of(value) for value in request.POST.getlist("case")][:BATCH_MOST]
    if request.method != "POST" or not ticked:
        return HttpResponseRedirect("/")
    by, confirmed = actor(request), bool(request.POST.get("confirmed"))
    form = ReassignForm(request.POST if confirmed else None)
    offer(form, "to", [(str(number), name) for number, name in colleagues_of(by)])
    titles = titles_of(by, [case for case, _version in ticked])
    context: Context = {"form": form, "phrases": phrases_of(by), "key": request.POST.get("key") or new_key()}
    if not confirmed or not form.is_valid():
        context["errors"] = summary(form) if confirmed else []
        context["rows"] = [
            {"title": _title(case, titles), "tick_value": f"{case}:{version}"} for case, version in ticked
        ]
        return show(request, "reassign_many.html", context, status=422 if confirmed else 200)
    given, key = form.cleaned_data, key_of(request)
    results = [_row(request, case, given, key, titles) for case, _version in ticked]
    return show(request, "reassign_many.html", {"done": True, "results": results})


def _row(
    request: HttpRequest, case: int, given: dict[str, Any], key: UUID, titles: dict[int, str]
) -> dict[str, Any]:
    try:
        to, reason = int(given["to"]), given["reason"]
        reassign("declaration", case, to=to, reason=reason, by=actor(request), key=uuid5(key, str(case)))
    except Refused as refusal:
        return {"title": _title(case, titles), "ok": False, "words": refusal_text(refusal)}
    return {"title": _title(case, titles), "ok": True, "words": _("with your colleague now")}


def _title(case: int, titles: dict[int, str]) -> str:
    return titles.get(case) or _("Case %(n)d") % {"n": case}
