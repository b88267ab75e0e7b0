"""The negative list: what happened to a unit, reported by the department that owns the entry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move
from services.workflow.commands.honours import open_rereview
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import is_of_own_unit
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import HonourStatus, Role
from services.workflow.domain.windows import Happened, negative_entries
from services.workflow.models import Honour, Incident, Unit
from services.workflow.queries.facts import gather
from services.workflow.queries.negative_lists import owners_of
from services.workflow.queries.rights import visible_to

BASIS_LIMIT = 200


def report_incident(unit_id: int, given: Mapping[str, Any], *, by: Actor, key: UUID | None) -> Answer:
    """Report that something of a programme's negative list happened to a unit; it bars it for the look-back period.

    Titles that the unit holds under such a programme go under review at once, where it lies within that period.
    `given`: "kind" (the entry's code), "happened_on", "basis" (the document it rests on).
    Returns {"incident", "rereviews": [honours that went under review]}.
    Refused: unit.not_found, incident.unknown_kind, incident.not_yours, incident.in_future, conflict.own_unit, field.*.
    """
    request = [unit_id, dict(given)]
    return run(
        lambda tx: _report(tx, unit_id, given), name="report_incident", by=by, key=key, request=request
    )


def _report(tx: Transaction, unit_id: int, given: f.Fields) -> Answer:
    kind = f.text(given, "kind", limit=40)
    owners = owners_of(kind)
    if not owners:
        raise Refused("incident.unknown_kind", kind=kind)
    if tx.by.role != Role.DEPARTMENT or tx.by.unit_code not in owners:
        raise Refused("incident.not_yours")
    unit = visible_to(tx.by, Unit).filter(pk=unit_id).first()
    if unit is None:
        raise Refused("unit.not_found", unit=unit_id)
    if is_of_own_unit(_Concerned(unit), tx.by):
        raise Refused("conflict.own_unit")
    happened_on = f.day(given, "happened_on")
    if happened_on > shanghai_date(tx.at):
        raise Refused("incident.in_future")
    incident = Incident.objects.create(
        unit=unit,
        kind=kind,
        happened_on=happened_on,
        basis=f.text(given, "basis", limit=BASIS_LIMIT),
        reported_by_id=tx.by.office,
        at=tx.at,
    )
    tell(tx, "incident.reported", [f"unit:{tx.by.unit_id}"], body={"incident": incident.pk})
    return {"incident": incident.pk, "rereviews": _open_reviews(tx, incident)}


def _open_reviews(tx: Transaction, incident: Incident) -> list[int]:
    """By the programme's own list: an entry that its programme does not have means nothing to a title."""
    held = Honour.objects.filter(
        unit=incident.unit, status__in=[str(HonourStatus.HELD), str(HonourStatus.WARNED)]
    )
    rows: list[Any] = list(held.order_by("pk"))
    gather(rows, at=tx.at)
    happened, today = Happened(incident.kind, incident.happened_on), shanghai_date(tx.at)
    moves = [Move(row.pk) for row in rows if negative_entries(row.facts.definition, [happened], today)]
    if not moves:
        return []
    outcome = open_rereview(replace(tx, by=SYSTEM), moves, incident.basis, {"cause": "incident"})
    return [row.pk for row in outcome.moved]


class _Concerned:
    """The unit of an incident as the rules on conflicts look at it."""

    def __init__(self, unit: Unit) -> None:
        self.unit_id = unit.pk
