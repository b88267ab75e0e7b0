"""Put a slate before the bodies that handle it together."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import DueDate, end_of_day
from services.workflow.domain.refused import Refused
from services.workflow.models.round import Round
from services.workflow.models.slate import Slate
from services.workflow.rounds.flows import FLOWS
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import RoundRule


def open_round(
    slate: Slate,
    *,
    mode: str,
    participants: Sequence[Participant],
    due: DueDate | None,
    rule: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> Round:
    """Open a round and ask every participant; runs in the caller's transaction.

    Refused: `round.nobody_asked`, `round.asked_twice`, `round.rule_unreadable`, `round.already_open` (one
    open round a slate, held by the database).
    """
    if not participants:
        raise Refused("round.nobody_asked")
    if len(set(participants)) < len(participants):
        raise Refused("round.asked_twice")
    try:
        return FLOWS[str(mode)].start.run(  # type: ignore[no-any-return]  # viewflow carries no types
            _task_data=list(participants),
            slate=slate,
            mode=str(mode),
            rule=RoundRule.read(rule).stored(),
            opened_by_id=by.office_id,
            opened_at=at,
            due_at=end_of_day(due.date) if due else None,
            due_provisional=bool(due and due.provisional),
        )
    except IntegrityError as error:
        if "one_open_round_a_slate" in str(error):
            raise Refused("round.already_open", slate=slate.pk) from error
        raise
