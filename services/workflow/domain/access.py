"""Whose step it is. Each predicate looks at the row, its facts and the actor only."""

from typing import Any

from services.workflow.domain.actor import Actor, Seat
from services.workflow.domain.stages import Role


def is_declarant(case: Any, actor: Actor) -> bool:
    return actor.role == Role.DECLARANT and actor.unit_id == case.unit_id


def is_waiting_body(case: Any, actor: Actor) -> bool:
    """The office in whose inbox the case lies; a case assigned to a person is that person's."""
    return (
        bool(case.waiting_role)
        and actor.role == case.waiting_role
        and actor.unit_id == case.waiting_unit_id
        and actor.has(case.assignee_id)
    )


def is_system(case: Any, actor: Actor) -> bool:
    return actor.is_system


def is_reviewing_body(case: Any, actor: Actor) -> bool:
    """The body of this leg; where several act in a round, whoever organises it."""
    return is_waiting_body(case, actor) or (case.facts.in_round_leg(case.leg) and is_organiser(case, actor))


def is_organiser(case: Any, actor: Actor) -> bool:
    """Whoever leads the rounds of this leg, and the programme's host in any case."""
    facts = case.facts
    return bool(facts.organiser_at(case.leg).is_held_by(actor) or facts.host.is_held_by(actor))


def is_ground_owner(case: Any, actor: Actor) -> bool:
    """A veto is raised, and lifted, by the department that owns its ground."""
    owners = {ground.owner for ground in case.facts.definition.veto_grounds}
    return actor.role == Role.DEPARTMENT and actor.unit_code in owners


def is_decider(case: Any, actor: Actor) -> bool:
    return bool(case.facts.decider.is_held_by(actor))


def is_reviewer(case: Any, actor: Actor) -> bool:
    return bool(case.facts.reviewer.is_held_by(actor))


def is_proposer(case: Any, actor: Actor) -> bool:
    """Whoever may propose that a title be revoked."""
    return bool(case.facts.proposer.is_held_by(actor))


def is_reviewer_or_system(case: Any, actor: Actor) -> bool:
    return actor.is_system or is_reviewer(case, actor)


def is_decider_or_reviewer(case: Any, actor: Actor) -> bool:
    return is_decider(case, actor) or is_reviewer(case, actor)


def is_decider_but_not_proposer(case: Any, actor: Actor) -> bool:
    """A proposal to revoke and the decision are two acts by two bodies."""
    return is_decider(case, actor) and actor.unit_id != case.proposer_unit_id


def is_second_person(case: Any, actor: Actor) -> bool:
    """Whoever prepared a notice does not release it."""
    return is_waiting_body(case, actor) and actor.member_id != case.prepared_by_member


def is_office(case: Any, actor: Actor) -> bool:
    """The body that issued a notice, or ordered a rectification: it is kept on the row."""
    return Seat(case.office_role, case.office_unit_id).is_held_by(actor)


def is_office_or_system(case: Any, actor: Actor) -> bool:
    return actor.is_system or is_office(case, actor)


def is_of_own_unit(case: Any, actor: Actor) -> bool:
    """Nobody reviews their own unit."""
    return actor.unit_id is not None and actor.unit_id == getattr(case, "unit_id", None)


def acted_in_another_office(case: Any, actor: Actor) -> bool:
    """Nobody decides on one case at two levels, nor after a move between offices."""
    seats = case.facts.acted.get(actor.member_id, frozenset()) if actor.member_id else frozenset()
    return bool(seats - {actor.seat})


# In the order in which they are given as the reason.
BARS = ("recused", "related", "was_of_unit")


def bar_on(case: Any, actor: Actor) -> str:
    """What keeps this person's hands off the case, whatever office they act in; empty where nothing does."""
    found = case.facts.bars.get(actor.member_id, frozenset()) if actor.member_id else frozenset()
    return next((bar for bar in BARS if bar in found), "")


def is_host(case: Any, actor: Actor) -> bool:
    return Seat(case.office_role, case.host_id).is_held_by(actor)


def is_admitting_body(case: Any, actor: Actor) -> bool:
    """The leading group that a programme is put before, while it decides and while its notice runs."""
    return actor.role == Role.LEADING_GROUP and actor.unit_id == case.admitting_unit_id
