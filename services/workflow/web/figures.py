"""Figures behind a criterion as fields of a form: what each asks, what was typed, and the points that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.commands import fields as f
from services.workflow.domain.figures import Figure, amount
from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import IMPORTED_SCORE, rule_points
from services.workflow.domain.scoring import FULL_WIDTH, plain
from services.workflow.domain.standard import Criterion, FigureKind, Measure, RuleKind
from services.workflow.queries.figures import Measured
from services.workflow.queries.task_page import is_not_applicable
from services.workflow.wording.rules import needed_words

RATIO_PARTS = ("numerator", "denominator")
NOT_APPLICABLE = "n/a"
Sent = Mapping[str, Any]
Kept = Mapping[str, Measured]


@dataclass(frozen=True)
class Box:
    """One field of one figure; `choices` where it is answered by yes or no."""

    name: str
    label: str
    value: str
    unit: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    measure: str = ""
    part: str = ""


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of one criterion: its figures as text, or that it does not apply."""

    figures: Mapping[str, Mapping[str, str]]
    not_applicable: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.not_applicable and not any(
            text for parts in self.figures.values() for text in parts.values()
        )


def parts_of(measure: Measure) -> tuple[str, ...]:
    return RATIO_PARTS if measure.kind is FigureKind.RATIO else ("value",)


def box_name(prefix: str, criterion: Criterion, measure: Measure, part: str) -> str:
    return f"f-{prefix}-{criterion.code}-{measure.code}-{part}"


def kept_figures(criterion: Criterion, kept: Kept, *, not_applicable: bool = False) -> Typed:
    """What is kept, as it would be typed."""
    found = {}
    for measure in criterion.measures:
        figure = kept[measure.code].figure if measure.code in kept else Figure()
        found[measure.code] = {part: _plain(getattr(figure, part)) for part in parts_of(measure)}
    return Typed(found, not_applicable)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def sent_figures(prefix: str, criterion: Criterion, sent: Sent) -> Typed:
    """What was sent; "n/a" in any of its fields says that the criterion does not apply."""
    texts = {
        measure.code: {
            part: str(sent.get(box_name(prefix, criterion, measure, part), "")).translate(FULL_WIDTH).strip()
            for part in parts_of(measure)
        }
        for measure in criterion.measures
    }
    ticked = bool(sent.get(f"na-{prefix}-{criterion.code}"))
    said = any(is_not_applicable(text) for parts in texts.values() for text in parts.values())
    return Typed(texts, ticked or said)


def boxes(prefix: str, criterion: Criterion, typed: Typed, *, may_skip: bool = False) -> list[Box]:
    """The fields of a criterion in their order; in a grid yes-or-no fields can say that it does not apply too."""
    found: list[Box] = []
    for measure in criterion.measures:
        for part in parts_of(measure):
            value = typed.figures.get(measure.code, {}).get(part, "")
            if typed.not_applicable and may_skip and not found:
                value = NOT_APPLICABLE if measure.kind is FigureKind.YES_NO else _("n/a")
            found.append(
                Box(
                    name=box_name(prefix, criterion, measure, part),
                    label=_label(measure, part),
                    value=value,
                    unit="" if part in RATIO_PARTS else measure.unit,
                    hint=needed_words(measure) if part != "numerator" else "",
                    choices=_choices(may_skip=may_skip) if measure.kind is FigureKind.YES_NO else (),
                    measure=measure.code,
                    part=part,
                )
            )
    return found


def _label(measure: Measure, part: str) -> str:
    words = {
        "numerator": _("%(name)s: how many meet it"),
        "denominator": _("%(name)s: out of how many"),
        "value": "%(name)s",
    }
    return words[part] % {"name": measure.name}


def _choices(*, may_skip: bool) -> tuple[tuple[str, str], ...]:
    given = (("1", pgettext("answer", "Yes")), ("0", pgettext("answer", "No")))
    return (*given, (NOT_APPLICABLE, _("n/a"))) if may_skip else given


def points_from(criterion: Criterion, typed: Typed, *, decimals: int) -> Decimal | None:
    """The points that what is typed would give; None while a figure is missing.

    Refused: measure.impossible, field.not_a_number, field.out_of_range.
    """
    figures = {}
    for measure in criterion.measures:
        parts = {part: text for part, text in typed.figures.get(measure.code, {}).items() if text}
        figure = Figure(**{part: f.decimal(text, measure.name) for part, text in parts.items()})
        if figure.is_whole and amount(measure, figure) is None:
            raise Refused("measure.impossible", criterion=criterion.code, measure=measure.name)
        figures[measure.code] = figure
    return rule_points(criterion, figures, decimals=decimals)


def imported_points(criterion: Criterion, kept: Kept, *, decimals: int) -> Decimal | None:
    """The points that another programme's score gives; None where the unit reached none there."""
    if criterion.rule is not RuleKind.IMPORTED or IMPORTED_SCORE.code not in kept:
        return None
    return rule_points(criterion, {IMPORTED_SCORE.code: kept[IMPORTED_SCORE.code].figure}, decimals=decimals)


def changed(typed: Typed, criterion: Criterion, kept: Kept) -> dict[str, dict[str, str]]:
    """The whole figures that differ from what is kept: those that have to be entered, with a source."""
    before = kept_figures(criterion, kept).figures
    return {
        code: dict(parts)
        for code, parts in typed.figures.items()
        if all(parts.values()) and not _same(parts, before[code])
    }


def _same(parts: Mapping[str, str], before: Mapping[str, str]) -> bool:
    try:
        return {n: Decimal(t) for n, t in parts.items()} == {n: Decimal(t) for n, t in before.items() if t}
    except ArithmeticError:
        return False
