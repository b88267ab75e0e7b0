"""The scope of rights.py as a condition in SQL, made once for each sort of actor instead of once a request."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model

from services.workflow.domain.actor import Actor
from services.workflow.queries.rights import visible_to

# Numbers that stand in for an actor's own while the condition is made; no key is negative.
STAND_INS = {
    "member_id": -9_001,
    "office_id": -9_002,
    "unit_id": -9_003,
    "town_id": -9_004,
    "district_id": -9_005,
}


@dataclass(frozen=True)
class Scope:
    """The model's table, with those that the condition looks at, and the condition."""

    source: str
    condition: str


def scope_of(actor: Actor, model: type[Model]) -> tuple[Scope, dict[str, Any]]:
    """(scope, values) in which a row of the model's table is visible_to this actor."""
    own = {name: getattr(actor, name) for name in STAND_INS}
    # What a scope may ask of an actor beside the numbers: the role, and which of the numbers there are.
    present = frozenset(name for name, number in own.items() if number)
    scope, fixed = _scope(model, actor.role, present)
    return scope, {**fixed, **own}


@cache
def _scope(model: type[Model], role: str, present: frozenset[str]) -> tuple[Scope, dict[str, Any]]:
    numbers: dict[str, Any] = {name: number for name, number in STAND_INS.items() if name in present}
    stand_in = replace(Actor(None, None, role), **numbers)
    try:
        text, values = visible_to(stand_in, model).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return Scope(f'"{model._meta.db_table}"', "false"), {}
    head, _, condition = text.partition(" WHERE ")
    _, _, source = head.partition(" FROM ")
    if not condition:
        return Scope(source, "true"), {}
    by_number = {number: name for name, number in STAND_INS.items()}
    fixed: dict[str, Any] = {}
    names = []
    for place, value in enumerate(values):
        name = by_number.get(value) if isinstance(value, int) else None
        if name is None:
            name = f"scope_{place}"
            fixed[name] = value
        names.append(f"%({name})s")
    return Scope(source, condition % tuple(names)), fixed
