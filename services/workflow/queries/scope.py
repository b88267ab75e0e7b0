"""The scope of rights.py as a condition in SQL, made once for each sort of actor instead of once a request."""

import dataclasses
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet

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


def scope_of(actor: Actor, model: type[Any]) -> tuple[str, dict[str, Any]]:
    """(condition, values) under which a row of the model's table is visible_to this actor."""
    own = {name: getattr(actor, name) for name in STAND_INS}
    # What a scope may ask of an actor beside the numbers: the role, and which of the numbers there are.
    present = frozenset(name for name, number in own.items() if number)
    condition, fixed = _condition(model, actor.role, present)
    return condition, {**fixed, **own}


@cache
def _condition(model: type[Any], role: str, present: frozenset[str]) -> tuple[str, dict[str, Any]]:
    numbers = {name: number if name in present else None for name, number in STAND_INS.items()}
    stand_in = dataclasses.replace(Actor(None, None, role), **numbers)
    try:
        text, values = visible_to(stand_in, model).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "false", {}
    head, found, condition = text.partition(" WHERE ")
    if not found:
        return "true", {}
    # A scope that joined other tables could not be put behind this one's name.
    assert head.endswith(f' FROM "{model._meta.db_table}"'), head
    by_number = {number: name for name, number in STAND_INS.items()}
    fixed: dict[str, Any] = {}
    names = []
    for place, value in enumerate(values):
        name = by_number.get(value) if isinstance(value, int) else None
        if name is None:
            name = f"scope_{place}"
            fixed[name] = value
        names.append(f"%({name})s")
    return condition % tuple(names), fixed
