"""领取 / 退回 / 转办: whose piece of work it is within the office that has it. No step; the case stays where it is."""

from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.holding_work import Work, check_not_personal, hold, name_of, write_down
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import Office

REASON_MOST = 500


def claim(kind: str, number: int, *, by: Actor, key: UUID | None) -> Answer:
    """Take pool work: from now on it is this person's alone. Claiming what one has already changes nothing.

    Returns {"kind", "id", "assignee"}. Refused: work.not_yours, work.claimed with the name, work.personal.
    """
    return run(lambda tx: _claim(tx, kind, number), name="claim", by=by, key=key, request=[kind, number])


def _claim(tx: Transaction, kind: str, number: int) -> Answer:
    work = hold(tx, kind, number)
    _check_office(tx, work)
    if not tx.by.has(work.assignee_id):
        raise Refused("work.claimed", name=name_of(work.assignee_id))
    if work.assignee_id is None:
        work.give_to(tx.by.holder)
        write_down(tx, "claim", work, to=tx.by.holder)
        tell(tx, "work.claimed", work.topics(), case=work.case_id, body=work.told)
    return _answer(work)


def release(kind: str, number: int, *, by: Actor, key: UUID | None) -> Answer:
    """Give it back to the pool. Returns {"kind", "id", "assignee"}. Refused: work.not_claimed, work.personal."""
    return run(lambda tx: _release(tx, kind, number), name="release", by=by, key=key, request=[kind, number])


def _release(tx: Transaction, kind: str, number: int) -> Answer:
    work = hold(tx, kind, number)
    _check_office(tx, work)
    if work.assignee_id is None or not tx.by.has(work.assignee_id):
        raise Refused("work.not_claimed")
    check_not_personal(work)
    topics = work.topics()
    work.give_to(None)
    write_down(tx, "release", work)
    tell(tx, "work.released", topics, case=work.case_id, body=work.told)
    return _answer(work)


def reassign(kind: str, number: int, *, to: int, reason: str, by: Actor, key: UUID | None) -> Answer:
    """Hand work over to a colleague of the same office, with a reason; the colleague is told.

    Returns {"kind", "id", "assignee"}. Refused: work.not_yours, work.personal, reassign.not_a_colleague,
    field.missing for the reason.
    """
    request = [kind, number, to, reason]
    return run(
        lambda tx: _reassign(tx, kind, number, to, reason), name="reassign", by=by, key=key, request=request
    )


def _reassign(tx: Transaction, kind: str, number: int, to: int, reason: str) -> Answer:
    given = f.text({"reason": reason}, "reason", limit=REASON_MOST)
    work = hold(tx, kind, number)
    if not work.is_of(tx.by):
        raise Refused("work.not_yours")
    check_not_personal(work)
    colleagues = Office.objects.filter(
        role=work.role, unit=work.unit_id, until__isnull=True, member__is_active=True, member=to
    )
    if to == work.assignee_id or to == tx.by.holder or not colleagues.exists():
        raise Refused("reassign.not_a_colleague")
    before = work.assignee_id
    work.give_to(to)
    write_down(tx, "reassign", work, to=to, text=given)
    tell(tx, "work.reassigned", work.topics(before), case=work.case_id, body={**work.told, "to": to})
    return _answer(work)


def _check_office(tx: Transaction, work: Work) -> None:
    if not work.waits or (tx.by.role, tx.by.unit_id) != (work.role, work.unit_id):
        raise Refused("work.not_yours")


def _answer(work: Work) -> Answer:
    return {"kind": work.kind, "id": work.row.pk, "assignee": work.assignee_id}
