"""Agreeing to several cases at once: first what will happen to each, then the result row by row."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from services.workflow.commands.steps import take_steps
from services.workflow.domain.refused import Refused
from services.workflow.queries.batch import Candidate, batch_of, titles_of
from services.workflow.web.acting import actor
from services.workflow.web.inbox_shown import AGREEING
from services.workflow.web.pages import Context, new_key, show
from services.workflow.web.posted import key_of, tick_of
from services.workflow.wording.labels import stage_label, status_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.steps import step_label

BATCH_MOST = 200


@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """A first POST shows what would happen, a confirmed one does it; a reload of either changes nothing more."""
    ticked = [tick_of(value) for value in request.POST.getlist("case")][:BATCH_MOST]
    if request.method != "POST" or not ticked:
        return HttpResponseRedirect("/")
    return _result(request, ticked) if request.POST.get("confirmed") else _preview(request, ticked)


def _preview(request: HttpRequest, ticked: list[tuple[int, int]]) -> HttpResponse:
    found = batch_of(actor(request), ticked, AGREEING)
    first = next((one.row for one in found.will if one.row), None)
    where = f"{first.edition.name}・{stage_label(first.stage)}" if first else ""
    context = {
        "where": where,
        "act": step_label("declaration", found.step) if found.step else pgettext("act of a row", "Handle"),
        "step": found.step,
        "key": new_key(),
        "will": [{"title": _title(one), "tick_value": f"{one.case}:{one.version}"} for one in found.will],
        "skipped": [{"title": _title(one), "why": _why(one)} for one in found.skipped],
    }
    return show(request, "batch.html", context)


def _title(one: Candidate) -> str:
    return one.row.unit.name if one.row else _("Case %(n)d") % {"n": one.case}


def _why(one: Candidate) -> str:
    return refusal_text(one.refusal) if one.refusal else ""


def _result(request: HttpRequest, ticked: list[tuple[int, int]]) -> HttpResponse:
    step = request.POST.get("step", "")
    if step not in AGREEING:
        raise Refused("step.unknown", step=step)
    answer = take_steps(
        "declaration",
        step,
        [{"case": case, "version": version} for case, version in ticked],
        by=actor(request),
        key=key_of(request),
        reason=request.POST.get("opinion", ""),
    )
    titles = titles_of(actor(request), [case for case, _version in ticked])
    context: Context = {
        "act": step_label("declaration", step),
        "done": True,
        "results": [_row(result, titles) for result in answer["results"]],
    }
    return show(request, "batch.html", context)


def _row(result: dict[str, Any], titles: dict[int, str]) -> Context:
    title = titles.get(result["case"]) or _("Case %(n)d") % {"n": result["case"]}
    if result["ok"]:
        words = _("goes on: %(stage)s") % {"stage": status_label("declaration", result["place"])}
    else:
        words = refusal_text(Refused(result["code"], **result["params"]))
    return {"title": title, "ok": result["ok"], "words": words}
