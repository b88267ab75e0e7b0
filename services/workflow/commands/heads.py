"""Who heads a body: the one who is told of what its people leave undone."""

from uuid import UUID

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import Office
from services.workflow.queries.rights import visible_to


def name_head(office_id: int, head: bool, *, by: Actor, key: UUID | None) -> Answer:
    """Mark an office as its body's head, or no longer. Returns {"office", "head"}.

    The security administrator's, who gives the offices. Refused: step.not_yours, office.not_found.
    """
    return run(
        lambda tx: _name(tx, office_id, head), name="name_head", by=by, key=key, request=[office_id, head]
    )


def _name(tx: Transaction, office_id: int, head: bool) -> Answer:
    if tx.by.role != Role.SECURITY_ADMIN:
        raise Refused("step.not_yours", step="name_head")
    office = visible_to(tx.by, Office).select_for_update().filter(pk=office_id).first()
    if office is None:
        raise Refused("office.not_found", office=office_id)
    office.is_head = head
    office.save(update_fields=["is_head"])
    tell(tx, "rights.changed", [f"user:{office.member_id}"])
    return {"office": office.pk, "head": head}
