"""One body's sheet on one case: each criterion with a mark to type, or the figures that its points follow from."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.scoring import NOT_APPLICABLE, Score, parse_points
from services.workflow.domain.standard import Criterion, Indicator, RuleKind
from services.workflow.queries.figures import Measured
from services.workflow.queries.task_page import is_not_applicable
from services.workflow.web.figures import (
    Typed,
    boxes,
    changed,
    imported_points,
    kept_figures,
    points_from,
    sent_figures,
)
from services.workflow.web.pages import Context
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.rules import rule_sentence

PREFIX = "own"
Sent = Mapping[str, Any]


class Sheet(Protocol):
    """What the body has said so far, by criterion, and what it is judged by."""

    @property
    def definition(self) -> Definition: ...

    @property
    def marks(self) -> Mapping[str, Score]: ...

    @property
    def figures(self) -> Mapping[str, Mapping[str, Measured]]: ...


def typed_figures(sheet: Sheet, criterion: Criterion, sent: Sent | None) -> Typed:
    """What stands in the fields of a computed criterion: as it was sent, else as it is kept."""
    if sent is not None:
        return sent_figures(PREFIX, criterion, sent)
    kept = sheet.figures.get(criterion.code, {})
    return kept_figures(criterion, kept, not_applicable=_does_not_apply(sheet.marks.get(criterion.code)))


def _does_not_apply(mark: Any) -> bool:
    return mark is not None and mark.points is NOT_APPLICABLE


def _text(sheet: Sheet, criterion: Criterion, sent: Sent | None) -> str:
    """The mark of a judged criterion as it was typed or is kept."""
    if sent is not None:
        return str(sent.get(f"s-{criterion.code}", ""))
    mark = sheet.marks.get(criterion.code)
    if _does_not_apply(mark):
        return str(_("n/a"))
    return "" if mark is None or mark.points is None else f"{mark.points:.2f}"


def _source(criterion: Criterion, sent: Sent) -> str:
    own = str(sent.get(f"src-{criterion.code}", "")).strip()
    return own or str(sent.get("src", "")).strip()


def faults_in(sheet: Sheet, sent: Sent) -> dict[str, Refused]:
    """Everything typed that cannot be so, and figures without a source; what is empty is not scored yet."""
    faults = {}
    decimals = sheet.definition.standard.decimals
    for criterion in sheet.definition.standard.criteria:
        try:
            if not is_computed(criterion):
                text = _text(sheet, criterion, sent).strip()
                if text and not is_not_applicable(text):
                    parse_points(text, criterion, decimals=decimals)
                continue
            typed = sent_figures(PREFIX, criterion, sent)
            if typed.not_applicable:
                continue
            points_from(criterion, typed, decimals=decimals)
            if _changes(sheet, criterion, typed) and not _source(criterion, sent):
                raise Refused("field.missing", field="source")
        except Refused as refusal:
            faults[criterion.code] = refusal
    return faults


def _changes(sheet: Sheet, criterion: Criterion, typed: Typed) -> dict[str, dict[str, str]]:
    return changed(typed, criterion, sheet.figures.get(criterion.code, {}))


def said_in(sheet: Sheet, sent: Sent) -> dict[str, Any]:
    """The whole sheet as the commands take it."""
    found: dict[str, Any] = {}
    for criterion in sheet.definition.standard.criteria:
        if not is_computed(criterion):
            text = _text(sheet, criterion, sent).strip()
            found[criterion.code] = "n/a" if is_not_applicable(text) else text
            continue
        typed = sent_figures(PREFIX, criterion, sent)
        figures = {} if typed.not_applicable else _changes(sheet, criterion, typed)
        if typed.not_applicable:
            found[criterion.code] = "n/a"
        elif figures:
            day = {"on": sent["on"]} if sent.get("on") else {}
            found[criterion.code] = {"figures": figures, "source": _source(criterion, sent), **day}
        else:
            found[criterion.code] = {}
    return found


def told(code: str, fault: Refused) -> str:
    """A fault in words, with the criterion it speaks of."""
    words = refusal_text(fault)
    return words if code in words or not code else f"{code}：{words}"


def has_figures(sheet: Sheet) -> bool:
    """Whether any criterion asks for figures, which have a day and a source."""
    criteria = sheet.definition.standard.criteria
    return any(is_computed(c) and c.rule is not RuleKind.IMPORTED for c in criteria)


def criterion_row(  # what is drawn of one criterion
    sheet: Sheet,
    indicator: Indicator,
    criterion: Criterion,
    sent: Sent | None,
    fault: Refused | None,
    *,
    typed: Typed | None = None,
) -> Context:
    """One criterion as it is drawn; `typed` stands in its fields where something else than the kept is proposed."""
    row: Context = {
        "code": criterion.code,
        "name": criterion.name,
        "requirement": criterion.requirement,
        "rule": rule_sentence(criterion),
        "maximum": criterion.points,
        "example": criterion.example or indicator.example,
        "wrong": refusal_text(fault) if fault else "",
        "computed": is_computed(criterion),
    }
    if not is_computed(criterion):
        return {**row, "name_of_field": f"s-{criterion.code}", "value": _text(sheet, criterion, sent)}
    kept = sheet.figures.get(criterion.code, {})
    decimals = sheet.definition.standard.decimals
    if criterion.rule is RuleKind.IMPORTED:
        return {**row, "imported": True, "points": imported_points(criterion, kept, decimals=decimals)}
    typed = typed or typed_figures(sheet, criterion, sent)
    sources = {one.source for one in kept.values()}
    return {
        **row,
        "boxes": boxes(PREFIX, criterion, typed),
        "not_applicable": typed.not_applicable,
        "points": None if fault or typed.not_applicable else points_from(criterion, typed, decimals=decimals),
        "source": sent.get(f"src-{criterion.code}", "") if sent else "",
        "kept_source": "；".join(sorted(sources)),
    }
