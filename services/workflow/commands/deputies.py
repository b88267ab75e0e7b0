"""委托: for a time another acts in my offices; the ledger says who acted, and in whose office."""

from datetime import date, timedelta
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import end_of_day, shanghai_date, start_of_day
from services.workflow.domain.refused import Refused
from services.workflow.models import Deputy, Member, Office
from services.workflow.queries.rights import ADMINISTRATORS

DAYS_MOST = 90
REASON_MOST = 200


def appoint(*, to: int, begins: date, ends: date, reason: str, by: Actor, key: UUID | None) -> Answer:
    """Everything of mine goes to a colleague of my unit from the first day to the last, both included.

    Returns {"deputy": number}. Refused: deputy.not_a_colleague, deputy.period, deputy.overlaps, deputy.powers_apart,
    deputy.not_by_deputy, field.missing for the reason.
    """
    request = [to, begins.isoformat(), ends.isoformat(), reason]
    return run(
        lambda tx: _appoint(tx, to, begins, ends, reason), name="appoint", by=by, key=key, request=request
    )


def _appoint(tx: Transaction, to: int, begins: date, ends: date, reason: str) -> Answer:
    words = f.text({"reason": reason}, "reason", limit=REASON_MOST)
    if tx.by.stands_for is not None:
        raise Refused("deputy.not_by_deputy")
    if tx.by.role in ADMINISTRATORS:
        raise Refused("deputy.powers_apart")
    today = shanghai_date(tx.at)
    if begins < today or ends < begins or ends - begins > timedelta(days=DAYS_MOST):
        raise Refused("deputy.period", most=DAYS_MOST)
    # One after the other for one principal: what was seen not to overlap still does not when it is written.
    Member.objects.select_for_update(no_key=True).get(pk=tx.by.person)
    colleague = Office.objects.filter(
        unit=tx.by.unit_id, member=to, until__isnull=True, member__is_active=True
    ).exclude(role__in=ADMINISTRATORS)
    if to == tx.by.member_id or not colleague.exists():
        raise Refused("deputy.not_a_colleague")
    first, last = start_of_day(begins), end_of_day(ends)
    mine = Deputy.objects.filter(principal=tx.by.member_id, revoked_at__isnull=True)
    if mine.filter(begins_at__lt=last, ends_at__gt=first).exists():
        raise Refused("deputy.overlaps")
    made = Deputy.objects.create(
        principal_id=tx.by.person, deputy_id=to, begins_at=first, ends_at=last, reason=words, made_at=tx.at
    )
    tell(tx, "rights.changed", [f"user:{to}"])
    return {"deputy": made.pk}


def revoke_deputy(deputy_id: int, *, by: Actor, key: UUID | None) -> Answer:
    """From now on nobody stands in. The principal's own act. Returns {"deputy"}. Refused: deputy.not_found."""
    return run(lambda tx: _revoke(tx, deputy_id), name="revoke_deputy", by=by, key=key, request=deputy_id)


def _revoke(tx: Transaction, deputy_id: int) -> Answer:
    mine = Deputy.objects.filter(pk=deputy_id, principal=tx.by.member_id or 0, revoked_at__isnull=True)
    row = mine.filter(ends_at__gt=tx.at).first() if tx.by.stands_for is None else None
    if row is None or not mine.update(revoked_at=tx.at):
        raise Refused("deputy.not_found")
    tell(tx, "rights.changed", [f"user:{row.deputy_id}"])
    return {"deputy": deputy_id}
