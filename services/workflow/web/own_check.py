"""A body fills in its own check (自查) of a case, criterion by criterion, and goes on to sign it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.measuring import score_leg
from services.workflow.domain.figures import Figure
from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.scoring import plain
from services.workflow.domain.stages import Stage
from services.workflow.domain.standard import Criterion, Indicator
from services.workflow.queries.figures import Measured
from services.workflow.queries.own_check import OwnCheck, own_check
from services.workflow.web import case_shown
from services.workflow.web.acting import actor
from services.workflow.web.body_sheet import (
    Sent,
    criterion_row,
    faults_in,
    has_figures,
    said_in,
    told,
    typed_figures,
)
from services.workflow.web.deadlines import today
from services.workflow.web.declaration_shown import ordinal
from services.workflow.web.figures import Typed, kept_figures
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.statuses import status_of

RELATED = ("unit__town", "edition__programme", "waiting_unit")
# The act that signs the sheet and takes the case on, by the stage of the leg.
SIGNING = {
    Stage.PRELIMINARY_REVIEW: "endorse",
    Stage.ELIGIBILITY: "confirm",
    Stage.EVALUATION: "decide",
}


def own_check_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet; saved as often as needed, signed with the act that takes the case on."""
    check = own_check(case_id, actor(request), *RELATED)
    if request.method != "POST":
        return _page(request, check, None, {})
    if "take" in request.POST:
        return _page(request, check, request.POST, {}, filled=True)
    faults = faults_in(check, request.POST)
    if faults:
        return _page(request, check, request.POST, faults, status=422)
    try:
        scored = score_leg(case_id, said_in(check, request.POST), by=actor(request), key=key_of(request))
    except Refused as refusal:
        code = str(refusal.params.get("criterion", ""))
        return _page(request, check, request.POST, {code: refusal}, status=status_of(refusal.code))
    if "sign" in request.POST and not scored["missing"]:
        return HttpResponseRedirect(reverse("act", args=[case_id, SIGNING[Stage(check.case.stage)]]))
    return done(request, reverse("own_check", args=[case_id]), _saved(scored))


def _saved(scored: Mapping[str, Any]) -> str:
    words = _("Saved: %(points)s points") % {"points": scored["points"]}
    missing = len(scored["missing"])
    if not missing:
        return words
    left = ngettext("%(n)d criterion is not scored yet", "%(n)d criteria are not scored yet", missing)
    return f"{words}，{left % {'n': missing}}"


def _typed(check: OwnCheck, criterion: Criterion, sent: Sent | None, *, filled: bool) -> Typed | None:
    """`filled` puts the unit's figures into the fields where there are none; else what is sent or kept stands."""
    if not filled or not is_computed(criterion) or not typed_figures(check, criterion, sent).is_empty:
        return None
    stated = {code: Measured(figure) for code, figure in check.declared_figures(criterion.code).items()}
    return kept_figures(criterion, stated)


def _page(
    request: HttpRequest,
    check: OwnCheck,
    sent: Sent | None,
    faults: Mapping[str, Refused],
    *,
    status: int = 200,
    filled: bool = False,
) -> HttpResponse:
    case: Any = check.case
    groups: list[Context] = []
    for indicator, criterion in check.definition.standard.lines:
        if not groups or groups[-1]["code"] != indicator.code:
            groups.append(_indicator(len(groups) + 1, indicator))
        row = _criterion(check, indicator, criterion, sent, faults.get(criterion.code), filled=filled)
        groups[-1]["criteria"].append(row)
    computed = [c for c in check.definition.standard.criteria if is_computed(c)]
    context = {
        "crumbs": [
            *case_shown.crumbs(case),
            {"words": case.unit.name, "address": reverse("case", args=[case.pk])},
        ],
        "case": {**case_shown.head(case), "due": today().of(case)},
        "leg_name": check.leg.name,
        "indicators": groups,
        "has_figures": has_figures(check),
        "may_take": any(check.declared_figures(c.code) for c in computed),
        "source": sent.get("src", "") if sent else "",
        "on": (sent.get("on") if sent else "") or today().date.isoformat(),
        "total": check.total.points,
        "missing": len(check.total.missing),
        "full_points": check.definition.standard.total,
        "pass_mark": check.leg.pass_mark,
        "short": _short(check),
        "errors": [Error(_target(check, code), told(code, fault)) for code, fault in faults.items()],
        "key": new_key(),
        "signer": f"{actor(request).unit_name} {actor(request).name}",
        "cancel_address": reverse("case", args=[case.pk]),
    }
    return show(request, "own_check.html", context, status=status)


def _short(check: OwnCheck) -> Decimal | None:
    """What is missing to the leg's own mark."""
    mark = check.leg.pass_mark
    return mark - check.total.points if mark is not None and check.total.points < mark else None


def _target(check: OwnCheck, code: str) -> str:
    criterion = check.definition.standard.by_code.get(code)
    return f"at-{code}" if criterion else ""


def _indicator(number: int, indicator: Indicator) -> Context:
    return {"code": indicator.code, "name": f"{ordinal(number)}{indicator.name}", "criteria": []}


def _criterion(
    check: OwnCheck,
    indicator: Indicator,
    criterion: Criterion,
    sent: Sent | None,
    fault: Refused | None,
    *,
    filled: bool,
) -> Context:
    answer = check.declared.get(criterion.code)
    typed = _typed(check, criterion, sent, filled=filled)
    return {
        **criterion_row(check, indicator, criterion, sent, fault, typed=typed),
        "declared_points": answer.points if answer else None,
        "declared": _stated(check, criterion),
        "evidence_address": reverse("criterion", args=[check.case.pk, criterion.code]),
    }


def _stated(check: OwnCheck, criterion: Criterion) -> str:
    """The unit's figures in one line."""
    stated = check.declared_figures(criterion.code)
    words = []
    for measure in criterion.measures:
        figure = stated.get(measure.code, Figure())
        if figure.value is not None:
            words.append(f"{measure.name} {plain(figure.value)}{measure.unit}")
        elif figure.numerator is not None or figure.denominator is not None:
            parts = [_plain(figure.numerator), _plain(figure.denominator)]
            words.append(f"{measure.name} {'/'.join(parts)}")
    return "；".join(words)


def _plain(number: Decimal | None) -> str:
    return "—" if number is None else plain(number)
