"""The scores of a declaration side by side, with their totals; and what a department has to score."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import Score, ScoreTotal, Verdict, judge, total
from services.workflow.domain.stages import Role, Stage
from services.workflow.domain.standard import Criterion, Indicator
from services.workflow.models import Declaration
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.scores import scores_of, self_scores_of

TIERS = ("self", "town", "department", "committee")
# The unit and its town see what the departments gave once the list is public, or the unit is out of it.
TOLD = (Stage.NOTICE, Stage.NAMING, Stage.NAMED, Stage.NOT_SELECTED)
OWN_TIERS = {Role.DECLARANT: ("self",), Role.TOWN: ("self", "town")}


@dataclass(frozen=True)
class Line:
    """One criterion with the marks of each tier; `apart` where two tiers gave different points."""

    indicator: Indicator
    criterion: Criterion
    marks: Mapping[str, Score]
    apart: bool


@dataclass(frozen=True)
class Sheet:
    lines: tuple[Line, ...]
    totals: Mapping[str, ScoreTotal]
    verdicts: Mapping[str, Verdict]
    pass_mark: Decimal
    maximum: Decimal


def sheet_of(declaration: Declaration, actor: Actor) -> Sheet:
    """What this actor may see of a declaration's scores. Tiers that gave nothing are left out."""
    definition = definition_of(declaration.edition.definition_version_id)
    shown = tiers_for(declaration, actor)
    scores = {tier: _scores(declaration.pk, tier) for tier in shown}
    scores = {tier: marks for tier, marks in scores.items() if marks}
    totals = {tier: total(definition.standard, marks) for tier, marks in scores.items()}
    return Sheet(
        lines=tuple(_line(i, c, scores) for i, c in definition.standard.lines),
        totals=totals,
        verdicts={t: judge(found, vetoes=(), pass_mark=definition.pass_mark) for t, found in totals.items()},
        pass_mark=definition.pass_mark,
        maximum=definition.standard.total,
    )


def tiers_for(declaration: Declaration, actor: Actor) -> tuple[str, ...]:
    if actor.role in OWN_TIERS and declaration.stage not in TOLD:
        return OWN_TIERS[Role(actor.role)]
    return TIERS


def _scores(case_id: int, tier: str) -> dict[str, Score]:
    found = self_scores_of([case_id]) if tier == "self" else scores_of([case_id], tier)
    return found.get(case_id, {})


def _line(indicator: Indicator, criterion: Criterion, scores: Mapping[str, Mapping[str, Score]]) -> Line:
    marks = {tier: given[criterion.code] for tier, given in scores.items() if criterion.code in given}
    points = {mark.points for mark in marks.values() if mark.points is not None}
    return Line(indicator, criterion, marks, apart=len(points) > 1)


def own_criteria(definition: Definition, unit_code: str) -> tuple[Criterion, ...]:
    """The criteria that a department scores, in the order of the standard."""
    return definition.standard.scored_by(unit_code)
