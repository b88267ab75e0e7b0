"""What was copied to somebody, with the case as it stands now."""

from dataclasses import dataclass
from datetime import datetime

from services.workflow.domain.actor import Actor
from services.workflow.queries.own_work import LIST_MOST, Piece, pieces_of
from services.workflow.queries.side_acts import copies_to


@dataclass(frozen=True)
class Copied:
    """One copy: where it leads, who sent it, and whether it was opened."""

    copy: int
    piece: Piece
    sender: str
    note: str
    at: datetime
    seen: bool


def copied_to(actor: Actor, *, limit: int = LIST_MOST) -> list[Copied]:
    """Newest first; a number of statements that does not grow."""
    rows = copies_to(actor, limit=limit)
    pieces = pieces_of({(row.case_kind, row.case_id): row.at for row in rows})
    return [
        Copied(
            row.pk,
            pieces[row.case_kind, row.case_id],
            row.sent_by.name,
            row.note,
            row.at,
            row.seen_at is not None,
        )
        for row in rows
        if (row.case_kind, row.case_id) in pieces
    ]
