"""The kept condition lets through what visible_to does, for everybody and every kind of case."""

from typing import Any

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.models import Rectification
from services.workflow.queries.prepared import fetch
from services.workflow.queries.rights import SCOPES, visible_to
from services.workflow.queries.scope import scope_of
from tests.workflow.cast import OBJECTION, District


def let_through(actor: Actor, model: type[Any]) -> set[int]:
    scope, values = scope_of(actor, model)
    found = fetch(f"SELECT {model._meta.db_table}.id FROM {scope.source} WHERE {scope.condition}", values)
    assert len(found) == len(set(found))
    return {pk for (pk,) in found}


@pytest.mark.parametrize("model", SCOPES, ids=lambda model: model.KIND)
def test_everybody_is_let_through_to_what_they_may_see(d: District, model: type[Any]) -> None:
    everybody = [*d.people.values(), SYSTEM]
    lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})

    found = [let_through(actor, model) for actor in everybody]

    assert found == [set(visible_to(actor, model).values_list("pk", flat=True)) for actor in everybody]
    assert any(found) or model is Rectification
