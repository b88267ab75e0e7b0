"""The scores of a declaration side by side, with their totals; and what a department has to score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import ScoringRule
from services.workflow.domain.route import own_tier, scores_itself
from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.scoring import Score, ScoreTotal, Verdict, judge, total
from services.workflow.domain.stages import Role, Stage
from services.workflow.domain.standard import Criterion, Indicator
from services.workflow.models import Declaration, Slate, Unit
from services.workflow.queries.declaration_facts import names_of
from services.workflow.queries.definitions import declaration_definition, slate_definition
from services.workflow.queries.figures import figures_of
from services.workflow.queries.scores import members_rule, scores_of, self_scores_of

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
    definition = declaration_definition(declaration)
    shown = tiers_for(declaration, actor, definition)
    rule = members_rule(definition.legs)
    computes = any(is_computed(criterion) for criterion in definition.standard.criteria)
    scores = {tier: _scores(declaration.pk, tier, rule, computes=computes) for tier in shown}
    scores = {tier: marks for tier, marks in scores.items() if marks}
    totals = {tier: total(definition.standard, marks) for tier, marks in scores.items()}
    return Sheet(
        lines=tuple(_line(i, c, scores) for i, c in definition.standard.lines),
        totals=totals,
        verdicts={t: judge(found, vetoes=(), pass_mark=definition.pass_mark) for t, found in totals.items()},
        pass_mark=definition.pass_mark,
        maximum=definition.standard.total,
    )


def tiers_for(declaration: Declaration, actor: Actor, definition: Definition) -> tuple[str, ...]:
    """The tiers that this actor may read, in the order in which they score."""
    own_checks = [(own_tier(leg), str(leg.body.role)) for leg in definition.legs if scores_itself(leg)]
    if actor.role in OWN_TIERS and declaration.stage not in TOLD:
        return (*OWN_TIERS[Role(actor.role)], *(tier for tier, role in own_checks if role == actor.role))
    return (*TIERS[:2], *(tier for tier, _ in own_checks), *TIERS[2:])


def _scores(case_id: int, tier: str, rule: ScoringRule | None, *, computes: bool) -> dict[str, Score]:
    if tier == "self":
        return self_scores_of([case_id]).get(case_id, {})
    found = scores_of([case_id], tier, rule=rule if tier == "department" else None)
    figures = figures_of([case_id], tier).get(case_id, {}) if computes else {}
    for code, measured in figures.items():
        if code in found.get(case_id, {}):
            shown = tuple((measure, one.figure) for measure, one in measured.items())
            found[case_id][code] = replace(found[case_id][code], figures=shown)
    return found.get(case_id, {})


def _line(indicator: Indicator, criterion: Criterion, scores: Mapping[str, Mapping[str, Score]]) -> Line:
    marks = {tier: given[criterion.code] for tier, given in scores.items() if criterion.code in given}
    points = {mark.points for mark in marks.values() if mark.points is not None}
    return Line(indicator, criterion, marks, apart=len(points) > 1)


def own_criteria(definition: Definition, unit: Unit | None, case: Any) -> tuple[Criterion, ...]:
    """The criteria of a case that a unit scores, in the order of the standard: of a definition that holds for it."""
    return definition.standard.scored_by(*names_of(unit.pk, unit.code, case)) if unit else ()


def own_on_slate(slate: Slate, unit: Unit | None, cases: Sequence[Any]) -> tuple[Criterion, ...]:
    """All that a unit scores on a slate, whatever category a line is of; the slate's edition is at hand.

    Bodies relative to the subject are the same for all lines, so that one of them tells.
    """
    return own_criteria(slate_definition(slate), unit, cases[0]) if cases else ()
