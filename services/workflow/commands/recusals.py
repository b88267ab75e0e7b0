"""回避: what is kept when somebody keeps their hands off a case, whether they say so at their desk or in a vote."""

from collections.abc import Iterable, Mapping

from django.db.models import F

from services.workflow.commands.transaction import Transaction
from services.workflow.domain.stages import Kind
from services.workflow.models import Ballot, Office, Recusal, Round
from services.workflow.queries.inbox import CASES


def keep_recusals(
    tx: Transaction,
    reasons: Mapping[int, str],
    *,
    kind: Kind = Kind.DECLARATION,
    replaced_by: int | None = None,
    in_round: Round | None = None,
) -> None:
    """Keep {case: reason} for whoever acts. The case's own row counts it, so that a step of theirs that was asked
    before is not written after.
    """
    Recusal.objects.bulk_create(
        Recusal(
            case_id=case,
            case_kind=kind,
            member_id=tx.by.person,
            office_id=tx.by.office,
            reason=reason,
            replaced_by_id=replaced_by,
            round=in_round,
            at=tx.at,
        )
        for case, reason in reasons.items()
    )
    _count(kind, reasons)


def keep_recused_ballots(tx: Transaction, round_: Round) -> None:
    """An open vote has ended: members whose last ballot on a line is `recused` are out of that case for good.

    Until then the ballot can be changed; afterwards nobody who kept out of the vote signs the decision either.
    """
    rows = Ballot.objects.filter(task__process=round_).select_related("task").order_by("number", "pk")
    last = {(row.case_id, row.member_id): row for row in rows}
    out = [row for row in last.values() if row.choice == "recused"]
    offices = Office.objects.in_bulk({row.task.decided_by_id for row in out} - {None})
    kept = [
        Recusal(
            case_id=row.case_id,
            case_kind=Kind.DECLARATION,
            member_id=row.member_id,
            office=offices[row.task.decided_by_id],
            reason=row.reason,
            round=round_,
            at=tx.at,
        )
        for row in out
    ]
    # Who recused themselves from the case before stays recused from then.
    Recusal.objects.bulk_create(kept, ignore_conflicts=True)
    _count(Kind.DECLARATION, {row.case_id for row in out})


def _count(kind: Kind, cases: Iterable[int]) -> None:
    """One more on each row; they are locked in the order of their keys, as every step locks them."""
    rows = CASES[kind]._default_manager
    held = list(rows.filter(pk__in=cases).order_by("pk").select_for_update().values_list("pk", flat=True))
    rows.filter(pk__in=held).update(recusals=F("recusals") + 1)
