"""Asking a machine: which steps are open, why one is not, and taking one in memory."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import Model
from django_fsm import State

from services.workflow.domain.access import acted_in_another_office, bar_on, is_of_own_unit
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused

OWN = frozenset(
    {"submit", "resubmit", "take_back", "withdraw", "hand_over", "relinquish", "plan", "report", "propose"}
)


def step_name(method: str) -> str:
    """`return_` and `reply_` carry an underscore where Python or a field has taken the name."""
    return method.rstrip("_")


@cache
def _methods(kind: type[Model]) -> Mapping[str, Any]:
    """The steps of a kind's machine, which is fixed when its class is made."""
    machine: Any = kind
    field = machine._meta.get_field(machine.FIELD)
    return {step_name(name): method for name, method in field.transitions[kind].items()}


def _transitions(case: Any) -> Mapping[str, Any]:
    kind: type[Model] = type(case)
    return _methods(kind)


def all_steps(kind: Any) -> tuple[str, ...]:
    field = kind._meta.get_field(kind.FIELD)
    return tuple(sorted(step_name(name) for name in field.transitions[kind]))


def edges(kind: Any) -> frozenset[tuple[str, str, str]]:
    """(source, target, step) of one kind, as its machine declares them; a step in place has source = target."""
    field = kind._meta.get_field(kind.FIELD)
    found = set()
    for entry in field.get_all_transitions(kind):
        targets = getattr(entry.target, "allowed_states", None) or (entry.target,)
        found |= {
            (str(entry.source), str(target or entry.source), step_name(entry.name)) for target in targets
        }
    return frozenset(found)


def why_not(case: Any, step: str, actor: Actor) -> Refused | None:
    """The reason why this actor may not take the step now, or None.

    The machine is asked in this order: place, whose step it is, separation of duty, conditions; so nobody
    learns from a refusal more of a case than the office they hold may see.
    """
    method = _transitions(case).get(step)
    if method is None:
        return Refused("step.unknown", step=step)
    transition = method._django_fsm.get_transition(case.place)
    if transition is None:
        return Refused("step.out_of_order", step=step, place=case.place)
    if not transition.has_perm(case, actor):
        return Refused("step.not_yours", step=step)
    if step not in OWN and not actor.is_system:
        if is_of_own_unit(case, actor):
            return Refused("conflict.own_unit")
        if acted_in_another_office(case, actor):
            return Refused("conflict.acted_before")
        if bar := bar_on(case, actor):
            return Refused(f"conflict.{bar}")
    return _unmet(transition, case, step, actor)


def _unmet(transition: Any, case: Any, step: str, actor: Actor) -> Refused | None:
    """The first condition that does not hold."""
    for condition in transition.conditions:
        if not condition(case):
            return Refused(condition.code, **{"step": step, **condition.told(case)})
    # Conditions that look at whoever acts, too; the machine's own know the case only.
    for condition in transition.custom.get("by_actor", ()):
        if not condition(case, actor):
            return Refused(condition.code, step=step)
    return None


def steps_open(case: Any, actor: Actor) -> tuple[str, ...]:
    """The steps this actor could take now, by the same rules that the command applies."""
    return tuple(sorted(step for step in _transitions(case) if why_not(case, step, actor) is None))


def take(case: Any, step: str, actor: Actor) -> None:
    """Take the step in memory, or raise Refused. Saves nothing.

    As a call of the machine's method does, but for place and conditions, which have just been asked, with whose step
    it is: django_fsm would ask them again, and send two signals that nobody hears.
    """
    refusal = why_not(case, step, actor)
    if refusal is not None:
        raise refusal
    meta = _transitions(case)[step]._django_fsm
    transition = meta.get_transition(case.place)
    transition.method(case)
    target = transition.target
    if isinstance(target, State):
        target = target.get_state(case, transition, None)
    if target is not None:
        meta.field.set_state(case, target)
