"""A clearance whose rule deems silence "no objection" ends by itself on the day it was due."""

from collections.abc import Iterable

from services.workflow.commands.answers import end_round
from services.workflow.commands.leading import note
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.programme_rules import Silence
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import NoteKind, Round
from services.workflow.models.round import RoundStatus
from services.workflow.rounds.rule import RoundRule


def deem_silence(tx: Transaction, round_ids: Iterable[int]) -> None:
    """Close those of these rounds that are due and may end without every answer; any other is left as it is."""
    due = Round.objects.filter(
        pk__in=set(round_ids), status=RoundStatus.OPEN, mode=str(Mode.CLEARANCE), due_at__lte=tx.at
    )
    for round_ in due.select_related("slate__tabled_by").order_by("pk"):
        if RoundRule.read(round_.rule).silence is not Silence.DEEMED_NONE:
            continue
        try:
            end_round(tx, round_)
        except Refused as refusal:
            if refusal.code != "round.closed":  # answered, or closed by its organiser, a moment before
                raise
        else:
            note(tx, round_, NoteKind.CLOSED)
