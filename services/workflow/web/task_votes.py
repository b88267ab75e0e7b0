"""A committee member votes line by line; a page to check stands before the urn."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.workflow.commands import paper_votes
from services.workflow.domain.refused import Refused
from services.workflow.domain.tally import quorum_of
from services.workflow.models import SlateLine
from services.workflow.queries.paper_votes import paper_page
from services.workflow.queries.task_page import TaskPage, present_in, standing_scores
from services.workflow.rounds.rule import RoundRule
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error, put, summary, text
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.step_page import Will
from services.workflow.web.task_frame import file_answer, frame, refused_page, row_of
from services.workflow.web.templatetags.laurel import points
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import verdict_label

CHOICES = ("for", "against", "abstain")
Recusals = dict[str, str]


class RecusalForm(forms.Form):
    reason = text(gettext_lazy("Why you stay out"), hint=gettext_lazy("It is kept with the ballot."))


def vote(request: HttpRequest, page: TaskPage, following: Context) -> HttpResponse:
    out = _recusals(request, page)
    if RoundRule.read(page.round.rule).on_paper:
        return show(request, "vote_paper.html", {**following, **_context(page, {}, out), **_counting(page)})
    if request.method != "POST":
        chosen = {line.pk: page.said.get(line.case_id, ("", ""))[0] for line in page.asked}
        return show(request, "vote.html", {**following, **_context(page, chosen, out)})
    chosen = {line.pk: request.POST.get(f"v-{line.pk}", "") for line in page.asked}
    context = {**following, **_context(page, chosen, out)}
    left = context["counts"]["left"]
    if left or "change" in request.POST:
        if left:
            words = ngettext("%(n)d unit has not been voted on", "%(n)d units have not been voted on", left)
            first = next(line["line_id"] for line in context["lines"] if not line["choice"] and line["asked"])
            context["errors"] = [Error(f"v-{first}", words % {"n": left})]
        return show(request, "vote.html", context, status=422 if left else 200)
    if "cast" not in request.POST:
        kept = [line for line in context["lines"] if not line["struck"]]
        return show(request, "vote_check.html", {**context, "lines": kept})
    outcome = file_answer(request, page, [_finding(line, chosen[line.pk], out) for line in page.asked])
    if isinstance(outcome, Refused):
        return refused_page(request, page, "vote.html", context, outcome)
    request.session.pop(_session_key(page), None)
    return outcome


def _counting(page: TaskPage) -> Context:
    slate = f"/slates/{page.round.slate_id}"
    return {"count_address": f"{slate}/count", "confirm_address": f"{slate}/confirm"}


def _finding(line: SlateLine, choice: str, out: Recusals) -> dict[str, Any]:
    reason = out.get(str(line.pk))
    if reason:
        return {"case": line.case_id, "verdict": "recused", "note": reason}
    return {"case": line.case_id, "verdict": choice}


def _session_key(page: TaskPage) -> str:
    return f"recusals-{page.task.pk}"


def _recusals(request: HttpRequest, page: TaskPage) -> Recusals:
    """{line: reason} of the lines this member stays out of, kept until the ballot is cast."""
    if RoundRule.read(page.round.rule).on_paper:
        found = paper_page(page.round).recusals
        own = page.task.assignee_id or 0
        return {
            str(line.pk): found[line.case_id][own]
            for line in page.asked
            if own in found.get(line.case_id, {})
        }
    kept: Recusals = request.session.get(_session_key(page), {})
    filed = {
        str(line.pk): page.said[line.case_id][1]
        for line in page.asked
        if page.said.get(line.case_id, ("",))[0] == "recused"
    }
    return {**kept, **filed}


def _context(page: TaskPage, chosen: dict[int, str], out: Recusals) -> Context:
    rule = RoundRule.read(page.round.rule).vote
    asked, answered, recused = present_in(page.round)
    entitled, present = asked - recused, answered - recused
    quorum = quorum_of(entitled, rule)
    beside = standing_scores(page)
    lines = [_line(page, line, chosen.get(line.pk, ""), out, beside[line.case_id]) for line in page.lines]
    counted = [line["choice"] for line in lines if line["asked"]]
    counts = {choice.rstrip("_"): counted.count(choice) for choice in CHOICES}
    slate = page.round.slate
    return {
        **frame(page, _("Vote on slate no. %(n)d") % {"n": slate.number}),
        "meeting": f"{page.task.participant_unit}　{slate.edition.name}",
        "manner": _("secret vote") if rule.secret else _("open vote, by name"),
        "present": present,
        "entitled": entitled,
        "quorum": quorum,
        "has_quorum": present >= quorum,
        "lines": lines,
        "counts": {
            "for_": counts["for"],
            "against": counts["against"],
            "abstain": counts["abstain"],
            "recused": sum(1 for line in lines if line["recusal"]),
            "left": counted.count(""),
        },
        "errors": [],
    }


def _line(page: TaskPage, line: SlateLine, choice: str, out: Recusals, beside: dict[str, Any]) -> Context:
    labels = {"self": _("Self"), "town": _("Town"), "department": _("Departments")}
    recusal = out.get(str(line.pk), "")
    row = row_of(line)
    return {
        **row,
        "scores": [
            {"label": label, "words": points(beside.get(tier)), "deciding": tier == "department"}
            for tier, label in labels.items()
        ],
        "choice": "" if recusal or choice not in CHOICES else choice,
        "choice_label": verdict_label(choice) if choice else "",
        "recusal": _("Recused: %(why)s. Not among those entitled for this unit.") % {"why": recusal}
        if recusal
        else "",
        "asked": not recusal and not row["struck"],
        "recuse_address": f"/tasks/{page.task.pk}/recuse/{line.pk}",
    }


def recuse(request: HttpRequest, page: TaskPage, line_id: int) -> HttpResponse:
    """Stay out of the vote on one line; kept with this log-in until the ballot is cast."""
    line = next((one for one in page.asked if one.pk == line_id), None)
    if line is None or page.mode != "vote" or not page.may_answer:
        raise Http404
    form = RecusalForm(request.POST if request.method == "POST" else None)
    reason = request.POST.get("reason", "").strip()
    address = page_of("round_task", page.task.pk)
    if request.method == "POST" and reason and RoundRule.read(page.round.rule).on_paper:
        paper_votes.recuse(page.round.pk, line.case_id, reason=reason, by=actor(request), key=key_of(request))
        return _stays_out(request, line, address)
    if request.method == "POST" and reason:
        kept = {**request.session.get(_session_key(page), {}), str(line.pk): reason[:500]}
        request.session[_session_key(page)] = kept
        return _stays_out(request, line, address)
    if request.method == "POST":
        put(form, Refused("field.missing", field="reason"))
    context = {
        **frame(page, _("Record a recusal")),
        "case": {"title": line.case.unit.name, "stage": line.case.stage, "stage_label": ""},
        "will": [Will("person-slash", _("You are not counted among those entitled for this unit."))],
        "form": form,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "submit_words": _("Record the recusal"),
        "cancel_address": address,
    }
    return show(request, "step_form.html", context, status=422 if form.is_bound else 200)


def _stays_out(request: HttpRequest, line: SlateLine, address: str) -> HttpResponse:
    return done(request, address, _("You stay out of the vote on %(unit)s.") % {"unit": line.case.unit.name})
