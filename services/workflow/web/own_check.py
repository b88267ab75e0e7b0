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
from services.workflow.domain.scoring import NOT_APPLICABLE, parse_points, plain
from services.workflow.domain.stages import Stage
from services.workflow.domain.standard import Criterion, Indicator, RuleKind
from services.workflow.queries.figures import Measured
from services.workflow.queries.own_check import OwnCheck, own_check
from services.workflow.queries.task_page import is_not_applicable
from services.workflow.web import case_shown
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.declaration_shown import ordinal
from services.workflow.web.figures import (
    Typed,
    boxes,
    changed,
    imported_points,
    kept_figures,
    points_from,
    sent_figures,
)
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.rules import rule_sentence
from services.workflow.wording.statuses import status_of

PREFIX = "own"
RELATED = ("unit__town", "edition__programme", "waiting_unit")
# The act that signs the sheet and takes the case on, by the stage of the leg.
SIGNING = {
    Stage.PRELIMINARY_REVIEW: "endorse",
    Stage.ELIGIBILITY: "confirm",
    Stage.EVALUATION: "decide",
}
Sent = Mapping[str, Any]


def own_check_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet; saved as often as needed, signed with the act that takes the case on."""
    check = own_check(case_id, actor(request), *RELATED)
    if request.method != "POST":
        return _page(request, check, None, {})
    if "take" in request.POST:
        return _page(request, check, request.POST, {}, filled=True)
    faults = _faults(check, request.POST)
    if faults:
        return _page(request, check, request.POST, faults, status=422)
    try:
        told = score_leg(case_id, _said(check, request.POST), by=actor(request), key=key_of(request))
    except Refused as refusal:
        code = str(refusal.params.get("criterion", ""))
        return _page(request, check, request.POST, {code: refusal}, status=status_of(refusal.code))
    if "sign" in request.POST and not told["missing"]:
        return HttpResponseRedirect(reverse("act", args=[case_id, SIGNING[Stage(check.case.stage)]]))
    return done(request, reverse("own_check", args=[case_id]), _saved(told))


def _saved(told: Mapping[str, Any]) -> str:
    words = _("Saved: %(points)s points") % {"points": told["points"]}
    missing = len(told["missing"])
    if not missing:
        return words
    left = ngettext("%(n)d criterion is not scored yet", "%(n)d criteria are not scored yet", missing)
    return f"{words}，{left % {'n': missing}}"


def _typed(check: OwnCheck, criterion: Criterion, sent: Sent | None, *, filled: bool) -> Typed:
    """What stands in the fields of a computed criterion; `filled` puts the unit's figures where there are none."""
    mark = check.marks.get(criterion.code)
    given = (
        kept_figures(criterion, check.figures.get(criterion.code, {}), not_applicable=_does_not_apply(mark))
        if sent is None
        else sent_figures(PREFIX, criterion, sent)
    )
    if not filled or not given.is_empty:
        return given
    stated = {code: Measured(figure) for code, figure in check.declared_figures(criterion.code).items()}
    return kept_figures(criterion, stated)


def _does_not_apply(mark: Any) -> bool:
    return mark is not None and mark.points is NOT_APPLICABLE


def _text(check: OwnCheck, criterion: Criterion, sent: Sent | None) -> str:
    """The mark of a judged criterion as it was typed or is kept."""
    if sent is not None:
        return str(sent.get(f"s-{criterion.code}", ""))
    mark = check.marks.get(criterion.code)
    if _does_not_apply(mark):
        return str(_("n/a"))
    return "" if mark is None or mark.points is None else f"{mark.points:.2f}"


def _source(criterion: Criterion, sent: Sent) -> str:
    own = str(sent.get(f"src-{criterion.code}", "")).strip()
    return own or str(sent.get("src", "")).strip()


def _faults(check: OwnCheck, sent: Sent) -> dict[str, Refused]:
    """Everything typed that cannot be so, and figures without a source; what is empty is not scored yet."""
    faults = {}
    decimals = check.definition.standard.decimals
    for criterion in check.definition.standard.criteria:
        try:
            if not is_computed(criterion):
                text = _text(check, criterion, sent).strip()
                if text and not is_not_applicable(text):
                    parse_points(text, criterion, decimals=decimals)
                continue
            typed = sent_figures(PREFIX, criterion, sent)
            if typed.not_applicable:
                continue
            points_from(criterion, typed, decimals=decimals)
            if _changes(check, criterion, typed) and not _source(criterion, sent):
                raise Refused("field.missing", field="source")
        except Refused as refusal:
            faults[criterion.code] = refusal
    return faults


def _changes(check: OwnCheck, criterion: Criterion, typed: Typed) -> dict[str, dict[str, str]]:
    return changed(typed, criterion, check.figures.get(criterion.code, {}))


def _said(check: OwnCheck, sent: Sent) -> dict[str, Any]:
    """The whole sheet as the command takes it."""
    found: dict[str, Any] = {}
    for criterion in check.definition.standard.criteria:
        if not is_computed(criterion):
            text = _text(check, criterion, sent).strip()
            found[criterion.code] = "n/a" if is_not_applicable(text) else text
            continue
        typed = sent_figures(PREFIX, criterion, sent)
        figures = {} if typed.not_applicable else _changes(check, criterion, typed)
        if typed.not_applicable:
            found[criterion.code] = "n/a"
        elif figures:
            day = {"on": sent["on"]} if sent.get("on") else {}
            found[criterion.code] = {"figures": figures, "source": _source(criterion, sent), **day}
        else:
            found[criterion.code] = {}
    return found


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
        "has_figures": any(c.rule is not RuleKind.IMPORTED for c in computed),
        "may_take": any(check.declared_figures(c.code) for c in computed),
        "source": sent.get("src", "") if sent else "",
        "on": (sent.get("on") if sent else "") or today().date.isoformat(),
        "total": check.total.points,
        "missing": len(check.total.missing),
        "full_points": check.definition.standard.total,
        "pass_mark": check.leg.pass_mark,
        "short": _short(check),
        "errors": [Error(_target(check, code), _told(code, fault)) for code, fault in faults.items()],
        "key": new_key(),
        "signer": f"{actor(request).unit_name} {actor(request).name}",
        "cancel_address": reverse("case", args=[case.pk]),
    }
    return show(request, "own_check.html", context, status=status)


def _short(check: OwnCheck) -> Decimal | None:
    """What is missing to the leg's own mark."""
    mark = check.leg.pass_mark
    return mark - check.total.points if mark is not None and check.total.points < mark else None


def _told(code: str, fault: Refused) -> str:
    words = refusal_text(fault)
    return words if code in words or not code else f"{code}：{words}"


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
    row: Context = {
        "code": criterion.code,
        "name": criterion.name,
        "requirement": criterion.requirement,
        "rule": rule_sentence(criterion),
        "maximum": criterion.points,
        "example": criterion.example or indicator.example,
        "declared_points": answer.points if answer else None,
        "declared": _stated(check, criterion),
        "evidence_address": reverse("criterion", args=[check.case.pk, criterion.code]),
        "wrong": refusal_text(fault) if fault else "",
        "computed": is_computed(criterion),
    }
    if not is_computed(criterion):
        return {**row, "name_of_field": f"s-{criterion.code}", "value": _text(check, criterion, sent)}
    kept = check.figures.get(criterion.code, {})
    decimals = check.definition.standard.decimals
    if criterion.rule is RuleKind.IMPORTED:
        return {**row, "imported": True, "points": imported_points(criterion, kept, decimals=decimals)}
    typed = _typed(check, criterion, sent, filled=filled)
    sources = {one.source for one in kept.values()}
    return {
        **row,
        "boxes": boxes(PREFIX, criterion, typed),
        "not_applicable": typed.not_applicable,
        "points": None if fault or typed.not_applicable else points_from(criterion, typed, decimals=decimals),
        "source": sent.get(f"src-{criterion.code}", "") if sent else "",
        "kept_source": "；".join(sorted(sources)),
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
