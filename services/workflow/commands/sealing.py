"""Who objects, sealed: encrypted under its own key, opened with a purpose, every look a row."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from cryptography.fernet import InvalidToken

from services.workflow.commands.files import keep, kind_of
from services.workflow.commands.keyring import ring
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ObjectionStatus, Role
from services.workflow.models import IdentityLook, Objection, ObjectorIdentity, SealedLetter
from services.workflow.queries.notice_page import may_enter_objections
from services.workflow.queries.rights import visible_to
from services.workflow.queries.stored import path_of

PURPOSE_LIMIT = 200
# What a scanner or a telephone makes of a letter.
SCANS = {"image/jpeg": ("jpg", "jpeg"), "image/png": ("png",), "application/pdf": ("pdf",)}
BEFORE_INVESTIGATION = (str(ObjectionStatus.LODGED), str(ObjectionStatus.RECEIVED))


def seal(objection: Objection, identity: dict[str, str]) -> None:
    """Keep the objector's name and contact so that the database alone does not tell them."""
    sealed = ring().encrypt(json.dumps(identity, ensure_ascii=False).encode())
    ObjectorIdentity.objects.create(objection=objection, sealed=sealed)


@dataclass(frozen=True)
class Letter:
    """A scan as it was handed in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def seal_letter(objection: Objection, letter: Letter) -> None:
    """Keep the scan of a letter so that neither the database nor the store of files alone tells who wrote it.

    Refused: objection.letter_there, file.*.
    """
    media_type = kind_of(letter.content, letter.name, SCANS)
    if SealedLetter.objects.filter(objection=objection).exists():
        raise Refused("objection.letter_there")
    SealedLetter.objects.create(
        objection=objection,
        sha256=keep(ring().encrypt(letter.content)),
        media_type=media_type,
        size=len(letter.content),
    )


def add_letter(objection_id: int, letter: Letter, *, by: Actor, key: UUID | None) -> Answer:
    """Seal a scan that comes after the entry, while nobody investigates yet; by those who enter objections.

    Returns {"objection", "size"}. Refused: case.not_found, step.not_yours, step.out_of_order, objection.letter_there,
    file.*.
    """
    request = [objection_id, letter.sha256]
    return run(lambda tx: _add(tx, objection_id, letter), name="add_letter", by=by, key=key, request=request)


def _add(tx: Transaction, objection_id: int, letter: Letter) -> Answer:
    rows = visible_to(tx.by, Objection).select_related("notice__edition__programme")
    objection = rows.select_for_update(of=("self",)).filter(pk=objection_id).first()
    if objection is None:
        raise Refused("case.not_found", case=objection_id)
    if not may_enter_objections(objection.notice, tx.by):
        raise Refused("step.not_yours", step="lodge")
    if objection.status not in BEFORE_INVESTIGATION or objection.channel == "web":
        raise Refused("step.out_of_order", step="lodge", place=objection.place)
    seal_letter(objection, letter)
    return {"objection": objection.pk, "size": len(letter.content)}


def open_letter(objection_id: int, *, purpose: str, by: Actor, key: UUID | None = None) -> tuple[bytes, str]:
    """The scan and its media type, for the investigator who has or had it in charge alone; the look is kept.

    Refused: identity.not_yours, identity.purpose_missing, identity.unreadable, file.missing.
    """
    request = [objection_id, purpose]
    run(
        lambda tx: _look(tx, objection_id, purpose, letter=True),
        name="open_letter",
        by=by,
        key=key,
        request=request,
    )
    letter = SealedLetter.objects.filter(objection=_in_charge(objection_id, by)).first()
    path = path_of(letter.sha256) if letter else None
    if letter is None or path is None or not path.exists():
        raise Refused("file.missing")
    try:
        return ring().decrypt(path.read_bytes()), letter.media_type
    except InvalidToken:
        raise Refused("identity.unreadable") from None


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


def _look(tx: Transaction, objection_id: int, purpose: str, *, letter: bool = False) -> Answer:
    objection = _in_charge(objection_id, tx.by)
    if not purpose.strip():
        raise Refused("identity.purpose_missing")
    if letter and not SealedLetter.objects.filter(objection=objection).exists():
        raise Refused("file.missing")
    look = IdentityLook.objects.create(
        objection=objection,
        office_id=tx.by.office,
        at=tx.at,
        purpose=purpose.strip()[:PURPOSE_LIMIT],
        letter=letter,
    )
    return {"look": look.pk}


def _in_charge(objection_id: int, by: Actor) -> Objection:
    own = visible_to(by, Objection).filter(pk=objection_id).select_related("identity")
    objection: Objection | None = own.first() if by.role == Role.INVESTIGATOR else None
    if objection is None:
        raise Refused("identity.not_yours")
    return objection
