"""Conditions of the steps of standing supervision; as in guards.py each carries the code it refuses with."""

from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.guarding import Guard, refuses
from services.workflow.domain.programme_rules import ReviewOutcome


@refuses("honour.rectification_not_failed")
def rectification_failed(case: Any) -> bool:
    """000, 三(四): a title is taken away where it still falls short after the time to put it right."""
    return bool(case.facts.rectification == "rejected")


@refuses("rectification.ordered_by_you")
def inspects_anothers_order(case: Any, actor: Actor) -> bool:
    """Whoever ordered it does not inspect it, nor a deputy of theirs."""
    return actor.is_system or not case.facts.orderers & {actor.member_id, actor.holder}


@refuses("rectification.deadline_not_passed")
def deadline_has_passed(case: Any) -> bool:
    return bool(case.facts.deadline_passed)


@refuses("honour.renewed_share_used")
def renewal_is_left(case: Any) -> bool:
    """末位淘汰: of the titles that expire together only a share is renewed."""
    return case.facts.renewals_left is None or case.facts.renewals_left > 0


@refuses("honour.plaque_returned")
def plaque_is_out(case: Any) -> bool:
    return case.plaque_returned_on is None


@refuses("honour.rereview_fixed")
def rereview_is_adjustable(case: Any) -> bool:
    """000, 三(四): every two years "in principle"; a programme may hold to the day."""
    return bool(case.facts.definition.supervision.adjustable)


def outcome_is_provided(outcome: ReviewOutcome) -> Guard:
    """What a re-review may come to is the programme's to say; every outcome where it says nothing."""

    @refuses("honour.outcome_not_provided")
    def guard(case: Any) -> bool:
        provided = case.facts.definition.supervision.outcomes
        return not provided or outcome in provided

    return guard


@refuses("honour.term_not_ended")
def term_has_ended(case: Any) -> bool:
    return bool(case.facts.term_ended)
