"""What a body enters of its own on one case: figures behind its criteria, and the sheet of a leg that scores itself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.workflow.commands.marks import Sheet, computed, figure_row, keep_marks, source_text
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import is_of_own_unit, is_reviewer, is_waiting_body
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import DEPARTMENT, REREVIEW, own_tier, scores_itself
from services.workflow.domain.stages import ENDED, HonourStatus, Mode, Stage
from services.workflow.domain.standard import Criterion
from services.workflow.models import Declaration, Honour, ReReview, Score
from services.workflow.models.round import RoundStatus
from services.workflow.queries.declaration_facts import names_of
from services.workflow.queries.facts import gather
from services.workflow.queries.figures import figures_of
from services.workflow.queries.rights import visible_to


def measure(
    case_id: int, criterion: str, measure: str, said: Mapping[str, Any], *, by: Actor, key: UUID | None
) -> Answer:
    """Enter a figure behind a criterion; of several the last counts, until its scores are settled.

    `said`: "value", or "numerator" and "denominator"; "source"; "on" (a day, today where it is left out). By the body
    that scores the criterion: its department from filing on, the body of a leg that scores for itself while the case
    lies there, the reviewing body in an open re-review of an honour.
    Returns {"case", "criterion", "measure", "points"}, the points None while a figure is missing.
    Refused: case.not_found, score.unknown_criterion, score.not_your_criterion, measure.*, conflict.*, field.*.
    """
    request = [case_id, criterion, measure, dict(said)]
    return run(
        lambda tx: _measure(tx, case_id, criterion, measure, said),
        name="measure",
        by=by,
        key=key,
        request=request,
    )


def _measure(tx: Transaction, case_id: int, code: str, measure: str, said: Mapping[str, Any]) -> Answer:
    case = _locked(tx, case_id)
    definition = case.facts.definition
    criterion = definition.standard.by_code.get(code)
    if criterion is None:
        raise Refused("score.unknown_criterion", criterion=code)
    tier = _tier_of_honour(tx, case) if isinstance(case, Honour) else tier_of(tx, case, criterion)
    check_conflicts(tx, case)
    figure_row(tx, case.pk, tier, criterion, measure, said).save(force_insert=True)
    review = _open_review(case)
    found = figures_of([case.pk], tier, since=review.opened_at if review else None)[case.pk][code]
    points = computed(criterion, found, definition)
    if points is not None:
        # What this body has answered already follows its figures while the round is open.
        _own_marks(tx, case, tier, code).update(points=points, note=source_text(found), at=tx.at)
    return {
        "case": case.pk,
        "criterion": code,
        "measure": measure,
        "points": None if points is None else str(points),
    }


def _own_marks(tx: Transaction, case: Any, tier: str, code: str) -> Any:
    marks = Score.objects.filter(case_id=case.pk, tier=tier, criterion=code, not_applicable=False)
    if tier == DEPARTMENT:
        return marks.filter(office__unit=tx.by.unit_id, task__process__status=RoundStatus.OPEN)
    return marks.filter(rereview=_open_review(case)) if tier == REREVIEW else marks


def _locked(tx: Transaction, case_id: int) -> Any:
    """A declaration or an honour that the actor may see, locked, with its facts."""
    for model in (Declaration, Honour):
        rows: Any = visible_to(tx.by, model).filter(pk=case_id)
        row = rows.select_for_update(of=("self",)).first()
        if row is not None:
            gather([row], at=tx.at, member_id=tx.by.member_id)
            return row
    raise Refused("case.not_found", case=case_id)


def _open_review(case: Any) -> ReReview | None:
    if not isinstance(case, Honour):
        return None
    return ReReview.objects.filter(honour=case, closed_at__isnull=True).first()


def _tier_of_honour(tx: Transaction, honour: Any) -> str:
    if honour.status != HonourStatus.UNDER_REVIEW:
        raise Refused("honour.not_under_review")
    if not is_reviewer(honour, tx.by):
        raise Refused("step.not_yours", step="measure")
    return REREVIEW


def tier_of(tx: Transaction, case: Any, criterion: Criterion) -> str:
    """Under which tier this actor's figures count for the case now."""
    legs = case.facts.legs
    if case.stage in (*ENDED, Stage.DRAFT):
        raise Refused("measure.too_late")
    if scores_itself(legs[case.leg]) and is_waiting_body(case, tx.by):
        return own_tier(legs[case.leg])
    if criterion.scorer not in names_of(tx.by.unit_id, tx.by.unit_code, case):
        raise Refused("score.not_your_criterion", criterion=criterion.code)
    if not any(leg.mode is Mode.SCORING for leg in legs[case.came_to :]):
        raise Refused("measure.too_late")
    return DEPARTMENT


def check_conflicts(tx: Transaction, case: Any) -> None:
    """Nobody judges their own unit, nor one case in two offices."""
    if is_of_own_unit(case, tx.by):
        raise Refused("conflict.own_unit")
    if case.facts.acted.get(tx.by.member_id, frozenset()) - {tx.by.seat}:
        raise Refused("conflict.acted_before")


def score_leg(case_id: int, scores: Mapping[str, Any], *, by: Actor, key: UUID | None) -> Answer:
    """The sheet of a leg that scores for itself (自查): {criterion: points, "n/a", or {"figures", "source", "on"}}.

    Saved as often as needed until the body takes the case on. Returns {"declaration", "tier", "points", "missing",
    "passed"}. Refused: case.not_found, step.not_on_this_leg, step.not_yours, score.*, measure.*, conflict.*.
    """
    request = [case_id, dict(scores)]
    return run(lambda tx: _score(tx, case_id, scores), name="score_leg", by=by, key=key, request=request)


def _score(tx: Transaction, case_id: int, scores: Mapping[str, Any]) -> Answer:
    case = _locked(tx, case_id)
    if isinstance(case, Honour):
        raise Refused("case.not_found", case=case_id)
    keep_own_marks(tx, case, scores)
    gather([case], at=tx.at)
    own = case.facts.own
    return {
        "declaration": case.pk,
        "tier": own_tier(case.facts.legs[case.leg]),
        "points": str(own.points),
        "missing": list(own.missing),
        "passed": own.passed,
    }


def keep_own_marks(tx: Transaction, case: Any, scores: Mapping[str, Any]) -> None:
    """Write the sheet of the leg that a case lies at; its facts are at hand."""
    leg = case.facts.legs[case.leg]
    if not scores_itself(leg) or case.stage != leg.stage:
        raise Refused("step.not_on_this_leg", step="score")
    if not is_waiting_body(case, tx.by):
        raise Refused("step.not_yours", step="score")
    check_conflicts(tx, case)
    keep_marks(tx, [Sheet(case.pk, case.unit_id, case.facts.definition, scores)], own_tier(leg))
