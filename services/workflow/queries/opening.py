"""One case with all that its facts rest on, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model

from services.workflow.domain.actor import Actor
from services.workflow.models import Declaration, Edition
from services.workflow.queries.acts import STANDING
from services.workflow.queries.obstacles import OBSTACLES
from services.workflow.queries.prepared import columns, fetch, instance, width
from services.workflow.queries.scope import Scope, scope_of

AROUND = """
SELECT laurel_now(), (SELECT number FROM revision WHERE name = 'units'),
       (SELECT number FROM revision WHERE name = 'calendar'),
       (SELECT json_agg(json_build_array(a, b, c, d, e, f)) FROM ({standing}) AS s(a, b, c, d, e, f)),
       {obstacles}, {columns}
  FROM {source} {edition} WHERE "{table}".id = %(case)s::bigint AND ({condition})
"""
OF_DECLARATION = f"(SELECT json_agg(json_build_array(a, b, c, d, e)) FROM ({OBSTACLES}) AS o(a, b, c, d, e))"
EDITION = 'JOIN workflow_edition ON workflow_edition.id = "workflow_declaration".edition_id'


@dataclass(frozen=True)
class Opened:
    """What was read with a row, as its queries give it; true of the moment `at`, so it serves once: queries/facts."""

    at: datetime
    units_revision: int
    calendar_revision: int
    member_id: int | None
    standing: Sequence[Sequence[Any]]
    obstacles: Sequence[Sequence[Any]]
    edition: Edition | None


def open_case(actor: Actor, model: type[Model], case_id: int) -> Any | None:
    """The case with `opened` on it, if the actor may see it; unlocked: its version guards the write."""
    scope, values = scope_of(actor, model)
    rows = fetch(
        _statement(model, scope), {**values, "member": actor.member_id, "case": case_id, "ids": [case_id]}
    )
    if not rows:
        return None
    at, units, calendar, standing, obstacles, *own = rows[0]
    row = instance(model, tuple(own[: width(model)]))
    edition = instance(Edition, tuple(own[width(model) :])) if model is Declaration else None
    row.opened = Opened(at, units, calendar, actor.member_id, standing or (), obstacles or (), edition)
    return row


def locked_cases(actor: Actor, model: type[Model], case_ids: Sequence[int]) -> list[Any]:
    """Those of the cases that the actor may see, locked in primary-key order."""
    scope, values = scope_of(actor, model)
    rows = fetch(_locking(model, scope), {**values, "ids": list(case_ids)})
    return [instance(model, row) for row in rows]


@cache
def _locking(model: type[Model], scope: Scope) -> str:
    table = model._meta.db_table
    return (
        f'SELECT {columns(model)} FROM {scope.source} WHERE "{table}".id = ANY(%(ids)s) AND ({scope.condition})'
        f' ORDER BY "{table}".id FOR UPDATE OF "{table}"'
    )


@cache
def _statement(model: type[Model], scope: Scope) -> str:
    declared = model is Declaration
    return AROUND.format(
        standing=STANDING,
        obstacles=OF_DECLARATION if declared else "NULL",
        columns=f"{columns(model)}, {columns(Edition)}" if declared else columns(model),
        table=model._meta.db_table,
        edition=EDITION if declared else "",
        source=scope.source,
        condition=scope.condition,
    )
