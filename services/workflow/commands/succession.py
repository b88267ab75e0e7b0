"""What follows the end of a title, or of the unit that holds it."""

from collections.abc import Sequence
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import LIVE_HONOUR
from services.workflow.models import Honour, Unit
from services.workflow.queries.rights import visible_to

NAME_LIMIT = 80


def return_plaque(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The plaque is back: fields on, the day, and returned_by, who handed it in.

    Refused: field.out_of_range (a day to come, or before the title was conferred), honour.plaque_returned.
    """
    on, today = f.day(given, "on"), shanghai_date(tx.at)
    by = f.text(given, "returned_by", limit=NAME_LIMIT)

    def record(row: Any) -> None:
        if not row.conferred_on <= on <= today:
            least, most = row.conferred_on.isoformat(), today.isoformat()
            raise Refused("field.out_of_range", field="on", least=least, most=most)
        row.plaque_returned_on, row.plaque_returned_by = on, by

    return advance(tx, Honour, moves, "return_plaque", reason=reason, adjust=record)


def pass_on(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Units merge or split: the title goes to the unit named by `to` (its id), with the reason.

    It goes to a unit of the same kind in the same district that holds no such title; the number stays.
    Refused: unit.not_found, honour.successor_is_holder, honour.successor_differs, honour.successor_holds_title.
    """
    number = f.whole(given, "to", least=1, most=2**31)
    unit = visible_to(tx.by, Unit).filter(pk=number).first()
    if unit is None:
        raise Refused("unit.not_found", unit=number)
    holding: set[int] = set(
        Honour.objects.filter(unit=unit, status__in=[str(s) for s in LIVE_HONOUR]).values_list(
            "programme_id", flat=True
        )
    )

    def hand(row: Any) -> None:
        if row.unit_id == unit.pk:
            raise Refused("honour.successor_is_holder")
        if (unit.kind, unit.district_id) != (row.unit.kind, row.district_id):
            raise Refused("honour.successor_differs")
        if row.programme_id in holding:
            raise Refused("honour.successor_holds_title")
        holding.add(row.programme_id)
        row.unit, row.town_id = unit, unit.town_id

    return advance(tx, Honour, moves, "pass_on", reason=reason, adjust=hand)
