"""Who objects, sealed: encrypted under its own key, opened with a purpose, every look a row."""

import json
from uuid import UUID

from cryptography.fernet import InvalidToken

from services.workflow.commands.keyring import ring
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import IdentityLook, Objection, ObjectorIdentity
from services.workflow.queries.rights import visible_to

PURPOSE_LIMIT = 200


def seal(objection: Objection, identity: dict[str, str]) -> None:
    """Keep the objector's name and contact so that the database alone does not tell them."""
    sealed = ring().encrypt(json.dumps(identity, ensure_ascii=False).encode())
    ObjectorIdentity.objects.create(objection=objection, sealed=sealed)


def open_identity(objection_id: int, *, purpose: str, by: Actor, key: UUID | None = None) -> Answer:
    """Who objects, for the investigator who has or had it in charge alone; the look and its purpose are kept.

    Refused: identity.not_yours, identity.purpose_missing, identity.unreadable.
    """
    run(
        lambda tx: _look(tx, objection_id, purpose),
        name="open_identity",
        by=by,
        key=key,
        request=[objection_id, purpose],
    )
    # Opened after the look is kept, so that no log of answers holds it; a repeated key is asked for its right anew.
    objection = _in_charge(objection_id, by)
    try:
        opened: Answer = json.loads(ring().decrypt(bytes(objection.identity.sealed)))
    except InvalidToken:
        raise Refused("identity.unreadable") from None
    return opened


def _look(tx: Transaction, objection_id: int, purpose: str) -> Answer:
    objection = _in_charge(objection_id, tx.by)
    if not purpose.strip():
        raise Refused("identity.purpose_missing")
    look = IdentityLook.objects.create(
        objection=objection, office_id=tx.by.office, at=tx.at, purpose=purpose.strip()[:PURPOSE_LIMIT]
    )
    return {"look": look.pk}


def _in_charge(objection_id: int, by: Actor) -> Objection:
    own = visible_to(by, Objection).filter(pk=objection_id).select_related("identity")
    objection: Objection | None = own.first() if by.role == Role.INVESTIGATOR else None
    if objection is None:
        raise Refused("identity.not_yours")
    return objection
