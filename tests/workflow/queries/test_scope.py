"""The kept condition lets through what visible_to does, for everybody and every kind of case."""

from typing import Any

import pytest

from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.queries.prepared import fetch
from services.workflow.queries.rights import SCOPES, visible_to
from services.workflow.queries.scope import scope_of
from tests.workflow.cast import District


def let_through(actor: Actor, model: type[Any]) -> set[int]:
    scope, values = scope_of(actor, model)
    asked = {name: value for name, value in values.items() if f"%({name})s" in scope}
    return {pk for (pk,) in fetch(f"SELECT id FROM {model._meta.db_table} WHERE {scope}", asked)}


@pytest.mark.parametrize("model", SCOPES, ids=lambda model: model.KIND)
def test_everybody_is_let_through_to_what_they_may_see(d: District, model: type[Any]) -> None:
    everybody = [*d.people.values(), SYSTEM]

    found = [let_through(actor, model) for actor in everybody]

    assert found == [set(visible_to(actor, model).values_list("pk", flat=True)) for actor in everybody]
    assert any(found)
