"""利益冲突登记 and 回避: what somebody declares keeps them from deciding; who recuses themselves is replaced."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.holding_work import TASK, Work, check_not_personal, hold, write_down
from services.workflow.commands.recusals import keep_recusals
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Kind
from services.workflow.models import Deputy, Member, Office, Recusal, Relation, Unit
from services.workflow.models.conflict import NATURES
from services.workflow.queries.rights import visible_to

REASON_MOST = 500
NOTE_MOST = 200


def declare_relation(fields: Mapping[str, Any], *, by: Actor, key: UUID | None) -> Answer:
    """Say that one is related to a `unit` or a `person` (a member), by its `nature`; from now on it bars decisions.

    Returns {"relation"}. Refused: relation.one_of, relation.exists, unit.not_found, field.*.
    """
    return run(lambda tx: _declare(tx, fields), name="declare_relation", by=by, key=key, request=dict(fields))


def _declare(tx: Transaction, given: f.Fields) -> Answer:
    nature = f.choice(given, "nature", NATURES)
    note = f.text(given, "note", limit=NOTE_MOST, required=False)
    unit = f.whole(given, "unit", least=1, most=2**31) if given.get("unit") else None
    person = f.whole(given, "person", least=1, most=2**31) if given.get("person") else None
    if (unit is None) == (person is None):
        raise Refused("relation.one_of")
    if unit is not None and not visible_to(tx.by, Unit).filter(pk=unit).exists():
        raise Refused("unit.not_found", unit=unit)
    if (
        person is not None
        and not visible_to(tx.by, Office).filter(member=person).exclude(member=tx.by.person).exists()
    ):
        raise Refused("relation.one_of")
    # One after the other for one person, so that nothing is declared twice.
    Member.objects.select_for_update(no_key=True).get(pk=tx.by.person)
    mine = Relation.objects.filter(member=tx.by.person, ended_at__isnull=True)
    if mine.filter(unit=unit, person=person).exists():
        raise Refused("relation.exists")
    made = Relation.objects.create(
        member_id=tx.by.person, unit_id=unit, person_id=person, nature=nature, note=note, declared_at=tx.at
    )
    return {"relation": made.pk}


def end_relation(relation_id: int, *, by: Actor, key: UUID | None) -> Answer:
    """It holds no longer; it stays in the register with its end. Returns {"relation"}. Refused: relation.not_found."""
    return run(lambda tx: _end(tx, relation_id), name="end_relation", by=by, key=key, request=relation_id)


def _end(tx: Transaction, relation_id: int) -> Answer:
    mine = Relation.objects.filter(pk=relation_id, member=tx.by.person, ended_at__isnull=True)
    if not mine.update(ended_at=tx.at):
        raise Refused("relation.not_found")
    return {"relation": relation_id}


def recuse(
    kind: str, number: int, *, reason: str, to: int | None = None, by: Actor, key: UUID | None
) -> Answer:
    """Keep one's hands off a case for good, with a reason. It goes to the colleague named, else to the deputy, else
    back to the pool where others of the office are.

    Returns {"kind", "id", "assignee"}. Refused: work.not_yours, work.personal, recuse.already, recuse.nobody_left,
    reassign.not_a_colleague, field.missing.
    """
    request = [kind, number, reason, to]
    return run(
        lambda tx: _recuse(tx, kind, number, reason, to), name="recuse", by=by, key=key, request=request
    )


def _recuse(tx: Transaction, kind: str, number: int, reason: str, to: int | None) -> Answer:
    words = f.text({"reason": reason}, "reason", limit=REASON_MOST)
    if kind == TASK:
        raise Refused("case.not_found", case=number)
    work = hold(tx, kind, number)
    if not work.is_of(tx.by):
        raise Refused("work.not_yours")
    check_not_personal(work)
    recused = Recusal.objects.filter(case_id=number).values_list("member_id", flat=True)
    if tx.by.person in recused:
        raise Refused("recuse.already")
    successor = _successor(tx, work, to, set(recused) | {tx.by.person})
    keep_recusals(tx, {number: words}, kind=Kind(kind), replaced_by=successor)
    topics = work.topics(successor)
    work.give_to(successor)
    write_down(tx, "recuse", work, to=successor, text=words)
    tell(tx, "work.reassigned", topics, case=number, body={"to": successor} if successor else {})
    return {"kind": kind, "id": number, "assignee": successor}


def _successor(tx: Transaction, work: Work, to: int | None, out: set[int]) -> int | None:
    """Who has it now; None gives it back to those of the office who are left."""
    held = Office.objects.filter(
        role=work.role, unit=work.unit_id, until__isnull=True, member__is_active=True
    )
    left = set(held.exclude(member__in=out).values_list("member_id", flat=True))
    if to is not None:
        if to not in left:
            raise Refused("reassign.not_a_colleague")
        return to
    standing = Deputy.objects.filter(
        principal=tx.by.holder or 0, revoked_at__isnull=True, begins_at__lte=tx.at, ends_at__gt=tx.at
    ).exclude(deputy__in=out)
    deputy: int | None = standing.values_list("deputy_id", flat=True).first()
    if deputy is not None:
        return deputy
    if not left:
        raise Refused("recuse.nobody_left")
    return None
