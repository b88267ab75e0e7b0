"""Sending a case back for correction: to whom, and what is to be put right there."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome
from services.workflow.commands.declaration_acts import leaving
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.models import Correction

CORRECTIONS_MOST = 100
NOTE_LIMIT = 500
Point = tuple[str, str]  # an indicator or criterion, and what is wanted there


def return_(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """`to` is the key of an earlier leg that the programme's rule allows; `corrections` lists what to put right.

    Without `to` the case goes to the unit where the rule allows it, else to the nearest leg. Each correction is
    {"part": an indicator or criterion, "note": what is wanted}.
    """
    to = f.text(given, "to", limit=40, required=False)
    points = _points(given.get("corrections") or ())

    def check(row: Any) -> None:
        """Before the step: the leg is told by its key, and each case has a route and a standard of its own."""
        legs = row.facts.definition.leg_index
        row.returned_to = legs.get(to, row.leg) if to else None
        for part, _ in points:
            if not is_part(row.facts.definition, part):
                raise Refused("return.unknown_part", part=part)

    outcome = leaving(tx, moves, "return", reason, ready=check)
    Correction.objects.bulk_create(
        Correction(
            declaration=row,
            version=row.version,
            asked_at_leg=row.return_leg,
            to_leg=row.leg,
            position=position,
            part=part,
            note=note,
        )
        for row in outcome.moved
        for position, (part, note) in enumerate(points, start=1)
    )
    return outcome


def is_part(definition: Definition, code: str) -> bool:
    """Whether a code names an indicator or a criterion of a standard."""
    return code in definition.standard.by_code or any(each.code == code for each in definition.indicators)


def _points(given: Any) -> list[Point]:
    """What is to be put right, each part once; the last note on a part counts."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise Refused("field.invalid", field="corrections")
    if len(given) > CORRECTIONS_MOST:
        raise Refused("return.too_many", most=CORRECTIONS_MOST)
    points: dict[str, str] = {}
    for entry in given:
        if not isinstance(entry, Mapping):
            raise Refused("field.invalid", field="corrections")
        points[f.text(entry, "part", limit=12)] = f.text(entry, "note", limit=NOTE_LIMIT, required=False)
    return list(points.items())
