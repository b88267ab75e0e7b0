"""移交: another person of the same unit takes a declaration over; from then on they are the applicant of record."""

from collections.abc import Sequence
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import Declaration, Member, Office
from services.workflow.queries.side_acts import beginner_of


def hand_over(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Give declarations to a colleague of the unit (`to`, a member); the unit's own act, until the case has ended.

    The entry's text, which its hash covers, names the colleague before the reason.
    Refused: hand_over.not_of_unit, hand_over.same with the name, field.*.
    """
    to = f.whole(given, "to", least=1, most=2**62)
    successor = Member.objects.filter(pk=to).first()
    name = f"{successor.name} ({successor.username})" if successor else ""

    def give(row: Any) -> None:
        colleagues = Office.objects.filter(
            unit=row.unit_id, role=str(Role.DECLARANT), until__isnull=True, member__is_active=True, member=to
        )
        if successor is None or not colleagues.exists():
            raise Refused("hand_over.not_of_unit")
        # By the row as it was read: whoever saw another state is told so, not that it is done already.
        if (row.in_charge_id or beginner_of(row.pk)) == to:
            raise Refused("hand_over.same", name=successor.name)
        row.in_charge_id = to

    outcome = advance(tx, Declaration, moves, "hand_over", reason=f"→ {name}：{reason}", adjust=give)
    for row in outcome.moved:
        topics = [f"case:{row.pk}", f"unit:{row.unit_id}", f"user:{to}"]
        tell(tx, "work.reassigned", topics, case=row.pk, body={"to": to})
    return outcome
