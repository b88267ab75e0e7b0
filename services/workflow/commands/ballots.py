"""The urn of an open vote: ballots are only ever added, each under the next number; the last one counts."""

from collections.abc import Sequence

from django.db.models import Max

from services.workflow.commands.transaction import Transaction
from services.workflow.models import Ballot, RoundTask


def cast(tx: Transaction, task: RoundTask, choices: Sequence[tuple[int, str, str]]) -> None:
    """Add a member's ballots, one for each (case, choice, reason); the round is locked by the caller."""
    last = Ballot.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0
    Ballot.objects.bulk_create(
        Ballot(
            task=task,
            case_id=case,
            member_id=tx.by.member_id or 0,
            choice=choice,
            reason=reason,
            cast_at=tx.at,
            number=last + 1,
        )
        for case, choice, reason in choices
    )
