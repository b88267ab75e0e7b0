"""An honour under supervision: the re-review by its reviewing office, the committee's decision, other acts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.workflow.commands.honours import score_rereview
from services.workflow.commands.steps import take_step
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import LIVE_HONOUR, HonourStatus
from services.workflow.models.lifecycle.steps import steps_open, why_not
from services.workflow.queries.honour_page import HonourPage, honour_page
from services.workflow.web.acting import actor
from services.workflow.web.body_sheet import Sent, criterion_row, faults_in, has_figures, said_in, told
from services.workflow.web.course import course_shown
from services.workflow.web.deadlines import today
from services.workflow.web.forms import Error, choice, put, summary, text
from services.workflow.web.honour_shown import follows, timelines
from services.workflow.web.honour_steps import ORDER, STEPS, VotedForm
from services.workflow.web.newer import overtaken_case
from services.workflow.web.pages import Context, done, follow, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.web.step_page import Step, Will, name_missing, offer, one_of, step_page
from services.workflow.wording.addresses import act_of, page_of
from services.workflow.wording.labels import cause_label, status_label
from services.workflow.wording.statuses import status_of
from services.workflow.wording.steps import step_label

OUTCOMES = ("retain", "warn", "order_rectification", "propose_revocation")
# Refusals that the choice of the outcome answers.
OUTCOME_CODES = ("score.below_pass_mark", "score.incomplete", "honour.rectification_not_failed")
Faults = dict[str, Refused]


class OutcomeForm(forms.Form):
    """What comes of a re-review."""

    outcome = choice(gettext_lazy("Outcome"), [(one, step_label("honour", one)) for one in OUTCOMES])
    reason = text(
        gettext_lazy("Reason"),
        hint=gettext_lazy("The reason of a warning or a rectification stands in the public register."),
    )
    points_text = text(
        gettext_lazy("What is to be put right"),
        hint=gettext_lazy("For a rectification only; one thing a line."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", [(one, step_label("honour", one)) for one in OUTCOMES])
        self.fields["reason"].required = self.data.get("outcome") != "retain"
        name_missing(self)


def honour(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The honour; while it is under review, the page on which its reviewing office scores and decides."""
    following = follow(request, f"case:{honour_id}")
    by = actor(request)
    page = honour_page(honour_id, by)
    if not _reviews(page, by):
        context = {**following, **_context(page, by)}
        if request.method != "POST":
            return show(request, "rereview.html", context)
        return show(request, "rereview.html", {**context, "overtaken": _decided(request, page)}, status=409)
    if request.method != "POST":
        context = {**_context(page, by), **_review(page, None, {}), "form": OutcomeForm()}
        return show(request, "rereview.html", {**following, **context, "deciding": True})
    return _scored(request, page, following)


def _reviews(page: HonourPage, by: Actor) -> bool:
    """Whether this actor scores the open re-review: whoever may warn may."""
    return page.honour.status == HonourStatus.UNDER_REVIEW and why_not(page.honour, "warn", by) is None


def _decided(request: HttpRequest, page: HonourPage) -> Context | None:
    """What somebody else has decided, beside what was typed."""
    typed = {name: request.POST.get(name, "") for name in ("outcome", "reason")}
    rows = [
        {
            "label": _("Outcome"),
            "typed": step_label("honour", typed["outcome"]),
            "newer": status_label("honour", page.honour.place),
        },
        {"label": _("Reason"), "typed": typed["reason"], "newer": page.history[-1].reason or ""},
    ]
    newer = overtaken_case(page.honour.pk, "honour", form_id="", rows=rows)
    return {**newer, "use_newer": page_of("honour", page.honour.pk)} if newer else None


def _scored(request: HttpRequest, page: HonourPage, following: Context) -> HttpResponse:
    """Save the scores, and where it was asked for, decide by them."""
    by = actor(request)
    faults = faults_in(page, request.POST)
    form = OutcomeForm(request.POST if "finish" in request.POST else None)
    status, newer = 422, None
    if not faults and ("save" in request.POST or form.is_valid()):
        try:
            scored = score_rereview(page.honour.pk, said_in(page, request.POST), by=by, key=None)
            if "save" in request.POST:
                return done(request, page_of("honour", page.honour.pk), _saved(scored))
            _decide(request, page, form)
            return done(request, page_of("honour", page.honour.pk), str(_("The re-review is decided.")))
        except Refused as refusal:
            status = status_of(refusal.code)
            if refusal.code == "overtaken":
                newer = overtaken_case(page.honour.pk, "honour", form_id="rereview")
            else:
                put(form, refusal, field="outcome" if refusal.code in OUTCOME_CODES else None)
    page = honour_page(page.honour.pk, by)
    context = {
        **_context(page, by),
        **_review(page, request.POST, faults),
        "form": form,
        "deciding": True,
        "overtaken": newer,
    }
    context["errors"] = [*_errors(faults), *(summary(form) if form.is_bound else [])]
    return show(request, "rereview.html", {**following, **context}, status=status)


def _decide(request: HttpRequest, page: HonourPage, form: forms.Form) -> None:
    take_step(
        "honour",
        page.honour.pk,
        form.cleaned_data["outcome"],
        by=actor(request),
        key=key_of(request),
        version=version_of(request),
        reason=form.cleaned_data["reason"],
        fields={"points_text": form.cleaned_data["points_text"]},
    )


def _saved(scored: Mapping[str, Any]) -> str:
    missing = len(scored["missing"])
    words = _("Saved: %(points)s points") % {"points": scored["points"]}
    if missing:
        left = ngettext("%(n)d criterion is not scored yet", "%(n)d criteria are not scored yet", missing)
        return f"{words}，{left % {'n': missing}}"
    return words


def _errors(faults: Faults) -> list[Error]:
    return [Error(f"at-{code}", told(code, fault)) for code, fault in faults.items()]


def _review(page: HonourPage, sent: Sent | None, faults: Faults) -> Context:
    """The sheet by criterion."""
    verdict = page.honour.facts.verdict
    return {
        "scores": [
            criterion_row(page, indicator, criterion, sent, faults.get(criterion.code))
            for indicator, criterion in page.definition.standard.lines
        ],
        "has_figures": has_figures(page),
        "source": sent.get("src", "") if sent else "",
        "on": (sent.get("on") if sent else "") or today().date.isoformat(),
        "pass_mark": page.definition.pass_mark,
        "total": verdict.points if verdict else None,
        "missing": len(verdict.missing) if verdict else 0,
        "passed": bool(verdict and verdict.passed),
        "will": _outcome_words(page),
    }


def _outcome_words(page: HonourPage) -> list[Will]:
    rule = page.definition.supervision
    return [
        Will(
            "check-lg",
            _("Retain: the next re-review falls due in %(n)d years.") % {"n": rule.rereview_every_years},
        ),
        Will("exclamation-triangle", _("Warn: the title stays, the warning stands in the public register.")),
        Will(
            "wrench-adjustable",
            _("Order rectification: within %(n)d working days.") % {"n": rule.rectification_working_days},
        ),
        Will("x-octagon-fill", _("Propose revocation: the committee decides, not the office that proposes.")),
    ]


def _context(page: HonourPage, by: Actor) -> Context:
    row, on = page.honour, today()
    return {
        "crumbs": [{"words": _("Supervision"), "address": "/supervision"}, {"words": row.edition.name}],
        "honour": {
            "title": row.title,
            "unit": row.unit.name,
            "town": row.town.name if row.town else "",
            "status": row.status,
            "status_label": status_label("honour", row.status),
            "number": row.number,
        },
        "register_address": f"/register/{row.number}",
        "certificate_address": f"/honours/{row.pk}/certificate.pdf" if row.status in LIVE_HONOUR else "",
        "plaque_address": f"/honours/{row.pk}/plaque.pdf",
        "papers": [
            {"address": f"/honours/{row.pk}/certificate.docx", "words": _("Certificate (DOCX)")},
            {"address": f"/honours/{row.pk}/plaque.docx", "words": _("Plaque (DOCX)")},
        ],
        "reason_words": cause_label(page.review.cause) if page.review else "",
        "note": page.review.note if page.review else "",
        "due": on.of(row) if row.due_at and row.waiting_role and row.status in LIVE_HONOUR else None,
        "next_on": row.next_rereview_on if row.status in {"held", "warned"} else None,
        "standard": {
            "words": _standard_words(page),
            "changes": [{"code": c.code, "before": c.before, "after": c.after} for c in page.changes],
        },
        "rectifications": [
            {
                "address": page_of("rectification", one.pk),
                "status": one.status,
                "label": status_label("rectification", one.status),
                "deadline_on": one.deadline_on,
            }
            for one in page.rectifications
        ],
        "acts": [] if _reviews(page, by) else _acts(page, by),
        "version": row.version,
        "key": new_key(),
        "errors": [],
        "overtaken": None,
        "timelines": timelines(page, on),
        "follows": follows(page, by, on),
        "entries": course_shown("honour", page.history, on),
    }


def _standard_words(page: HonourPage) -> str:
    if page.review is None:
        return _("Earned under version %(n)d of the standard.") % {"n": page.honour.earned_under.number}
    now, then = page.review.definition_version.number, page.honour.earned_under.number
    if not page.changes:
        return _("Judged by version %(now)d; nothing has changed since the title was earned.") % {"now": now}
    words = ngettext(
        "Judged by version %(now)d; %(n)d criterion differs from version %(then)d, under which the title was earned.",
        "Judged by version %(now)d; %(n)d criteria differ from version %(then)d, under which the title was earned.",
        len(page.changes),
    )
    return words % {"now": now, "then": then, "n": len(page.changes)}


def _acts(page: HonourPage, by: Actor) -> Sequence[Context]:
    open_ = steps_open(page.honour, by)
    return [
        {
            "address": act_of("honour", page.honour.pk, step),
            "words": step_label("honour", step),
            "danger": STEPS[step].danger,
        }
        for step in ORDER
        if step in open_
    ]


def _asked(page: HonourPage, name: str) -> Step:
    """The step; the count of the vote is asked for where the programme has a revocation decided by one."""
    step = one_of(STEPS, name)
    voted = name == "revoke" and page.definition.supervision.revocation_vote is not None
    return replace(step, form=VotedForm) if voted else step


def honour_step(request: HttpRequest, honour_id: int, step: str) -> HttpResponse:
    """One act on an honour, on a page of its own: revoking is the committee's."""
    page = honour_page(honour_id, actor(request))
    row = page.honour
    proposal = next((entry for entry in reversed(page.history) if entry.step == "propose_revocation"), None)
    facts = [{"term": _("Title"), "words": f"{row.title}（{row.number}）"}]
    if proposal is not None and step in {"revoke", "retain"}:
        facts.append({"term": _("Proposed by"), "words": f"{proposal.unit} {proposal.actor_name}"})
        facts.append({"term": _("Reason of the proposal"), "words": proposal.reason or "—"})
    return step_page(
        request,
        row,
        _asked(page, step),
        title=row.unit.name,
        back=page_of("honour", row.pk),
        crumbs=[{"words": _("Supervision"), "address": "/supervision"}, {"words": row.edition.name}],
        facts=facts,
    )
