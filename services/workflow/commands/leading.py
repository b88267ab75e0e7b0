"""What the acts of a round's organiser share: whose round it is, locked, and the note that they leave."""

from services.workflow.commands.transaction import Transaction
from services.workflow.domain.access import is_waiting_body
from services.workflow.domain.refused import Refused
from services.workflow.models import NoteKind, Round, RoundNote, RoundTask
from services.workflow.rounds.holding import hold_round


def organised(tx: Transaction, round_id: int, step: str) -> Round:
    """A round that this actor's body tabled. Refused: round.unknown, step.not_yours."""
    round_ = Round.objects.select_related("slate__tabled_by", "slate__objection").filter(pk=round_id).first()
    if round_ is None:
        raise Refused("round.unknown", round=round_id)
    if not is_organiser_of(tx, round_):
        raise Refused("step.not_yours", step=step)
    return round_


def is_organiser_of(tx: Transaction, round_: Round) -> bool:
    if round_.slate.objection_id is not None:  # whoever has the objection, not their colleagues
        return is_waiting_body(round_.slate.objection, tx.by)
    tabled_by = round_.slate.tabled_by
    return (tx.by.role, tx.by.unit_id) == (tabled_by.role, tabled_by.unit_id)


def held_by_organiser(tx: Transaction, round_id: int, step: str) -> Round:
    """The same, locked and open. Refused also: round.closed."""
    organised(tx, round_id, step)
    return hold_round(round_id)


def note(
    tx: Transaction,
    round_: Round,
    kind: NoteKind,
    text: str = "",
    *,
    task: RoundTask | None = None,
    case: int | None = None,
) -> RoundNote:
    """Keep what was done in a round, by whom and why; it is never changed."""
    return RoundNote.objects.create(
        round=round_, kind=kind, text=text, task=task, case_id=case, office_id=tx.by.office_id, at=tx.at
    )
