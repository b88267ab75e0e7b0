"""移交: another person of the same unit takes a declaration over; from then on they are the applicant of record."""

from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.holding_work import hold, name_of, write_down
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import is_declarant
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ENDED, Kind, Role
from services.workflow.models import Office
from services.workflow.queries.side_acts import in_charge_of

REASON_MOST = 500


def hand_over(declaration_id: int, *, to: int, reason: str, by: Actor, key: UUID | None) -> Answer:
    """Give a declaration to a colleague of the unit, with a reason; the unit's own act, until the case has ended.

    Returns {"declaration", "in_charge"}. Refused: step.not_yours, hand_over.ended, hand_over.not_of_unit,
    hand_over.same with the name, field.missing, case.not_found.
    """
    request = [declaration_id, to, reason]
    return run(
        lambda tx: _hand_over(tx, declaration_id, to, reason),
        name="hand_over",
        by=by,
        key=key,
        request=request,
    )


def _hand_over(tx: Transaction, declaration_id: int, to: int, reason: str) -> Answer:
    words = f.text({"reason": reason}, "reason", limit=REASON_MOST)
    work = hold(tx, Kind.DECLARATION, declaration_id)
    if not is_declarant(work.row, tx.by):
        raise Refused("step.not_yours", step="hand_over")
    if work.row.stage in ENDED:
        raise Refused("hand_over.ended")
    colleagues = Office.objects.filter(
        unit=work.row.unit_id, role=str(Role.DECLARANT), until__isnull=True, member__is_active=True, member=to
    )
    if not colleagues.exists():
        raise Refused("hand_over.not_of_unit")
    present = in_charge_of(declaration_id)
    if present is not None and present.pk == to:
        raise Refused("hand_over.same", name=name_of(to))
    write_down(tx, "hand_over", work, to=to, text=words)
    topics = [f"case:{declaration_id}", f"unit:{work.row.unit_id}", f"user:{to}"]
    tell(tx, "work.reassigned", topics, case=declaration_id, body={"to": to})
    return {"declaration": declaration_id, "in_charge": to}
