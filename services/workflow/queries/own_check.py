"""The sheet of a leg that scores for itself (自查): its body's marks and figures, beside what the unit declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.access import is_waiting_body
from services.workflow.domain.actor import Actor
from services.workflow.domain.figures import Figure
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import own_tier, scores_itself
from services.workflow.domain.scoring import Score, ScoreTotal, total
from services.workflow.models import Answer, Declaration
from services.workflow.queries.case_page import one_case
from services.workflow.queries.declaration_facts import figure_from
from services.workflow.queries.figures import Measured, figures_of, imported_figures
from services.workflow.queries.scores import scores_of


@dataclass(frozen=True)
class OwnCheck:
    """`marks` and `figures` are this body's own by criterion; `declared` what the unit said."""

    case: Declaration
    definition: Definition
    leg: Leg
    marks: Mapping[str, Score]
    figures: Mapping[str, Mapping[str, Measured]]
    declared: Mapping[str, Answer]
    total: ScoreTotal

    def declared_figures(self, code: str) -> dict[str, Figure]:
        """The figures that the unit stated behind one criterion."""
        answer = self.declared.get(code)
        return {measure: figure_from(texts) for measure, texts in answer.figures.items()} if answer else {}


def checks_itself(case: Any, actor: Actor) -> bool:
    """Whether this actor's body has to fill in a sheet on the case now; its facts are at hand."""
    if case.leg is None or not scores_itself(case.facts.legs[case.leg]):
        return False
    return case.stage == case.facts.legs[case.leg].stage and is_waiting_body(case, actor)


def own_check(case_id: int, actor: Actor, *related: str) -> OwnCheck:
    """The sheet of the leg that a case lies at. Refused: case.not_found, step.not_on_this_leg, step.not_yours."""
    case: Any = one_case(actor, Declaration, case_id, *related)
    leg = case.facts.legs[case.leg or 0]
    if not scores_itself(leg) or case.stage != leg.stage:
        raise Refused("step.not_on_this_leg", step="score")
    if not checks_itself(case, actor):
        raise Refused("step.not_yours", step="score")
    definition: Definition = case.facts.definition
    tier = own_tier(leg)
    marks = scores_of([case.pk], tier).get(case.pk, {})
    figures = dict(figures_of([case.pk], tier).get(case.pk, {}))
    figures |= imported_figures(case.unit_id, definition)
    declared = {answer.criterion: answer for answer in Answer.objects.filter(declaration=case)}
    known = {code: score for code, score in marks.items() if code in definition.standard.by_code}
    return OwnCheck(case, definition, leg, marks, figures, declared, total(definition.standard, known))
