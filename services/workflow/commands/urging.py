"""催办 and 抄送: a word to whoever has the work, and a case laid before somebody to read."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from services.workflow.commands import fields as f
from services.workflow.commands.holding_work import TASK, Work, hold, name_of, write_down
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import shanghai_date, start_of_day
from services.workflow.domain.refused import Refused
from services.workflow.models import Copy, SideAct
from services.workflow.queries.inbox import CASES
from services.workflow.queries.rights import actors_of, visible_to

WORDS_MOST = 500
READERS_MOST = 20
URGES_A_DAY = 1


def urge(kind: str, number: int, *, text: str = "", by: Actor, key: UUID | None) -> Answer:
    """Ask whoever has it to get on with it; once a day each. Returns {"kind", "id", "urged"}: how often by anybody.

    Refused: work.nobody_waits, work.own, urge.too_soon, case.not_found.
    """
    return run(
        lambda tx: _urge(tx, kind, number, text), name="urge", by=by, key=key, request=[kind, number, text]
    )


def _urge(tx: Transaction, kind: str, number: int, text: str) -> Answer:
    words = f.text({"text": text}, "text", limit=WORDS_MOST, required=False)
    work = hold(tx, kind, number)
    if not work.waits:
        raise Refused("work.nobody_waits")
    if work.is_of(tx.by):
        raise Refused("work.own")
    urges = _urges(work)
    today = start_of_day(shanghai_date(tx.at))
    if urges.filter(actor=tx.by.member_id, at__gte=today).count() >= URGES_A_DAY:
        raise Refused("urge.too_soon")
    write_down(tx, "urge", work, to=work.assignee_id, text=words)
    tell(tx, "work.urged", work.topics(), case=work.case_id, body=work.told)
    return {"kind": kind, "id": number, "urged": urges.count()}


def _urges(work: Work) -> QuerySet[SideAct]:
    acts = SideAct.objects.filter(kind="urge")
    return acts.filter(task=work.row.pk) if work.kind == TASK else acts.filter(case_id=work.row.pk)


def copy(kind: str, number: int, *, to: Sequence[int], note: str = "", by: Actor, key: UUID | None) -> Answer:
    """Lay a case before people who may see it anyway; it appears under what was copied to them, to read alone.

    Returns {"kind", "id", "to"}. Refused: copy.nobody, copy.may_not_see and copy.exists with the name.
    """
    request = [kind, number, sorted(to), note]
    return run(lambda tx: _copy(tx, kind, number, to, note), name="copy", by=by, key=key, request=request)


def _copy(tx: Transaction, kind: str, number: int, to: Sequence[int], note: str) -> Answer:
    words = f.text({"note": note}, "note", limit=WORDS_MOST, required=False)
    readers = sorted(set(to))
    if not readers or len(readers) > READERS_MOST:
        raise Refused("copy.nobody", most=READERS_MOST)
    work = hold(tx, kind, number)
    if work.kind == TASK:
        raise Refused("case.not_found", case=number)
    has_one = set(Copy.objects.filter(case_id=number, member__in=readers).values_list("member_id", flat=True))
    for reader in readers:
        if reader in has_one:
            raise Refused("copy.exists", name=name_of(reader))
        if not any(visible_to(actor, CASES[kind]).filter(pk=number).exists() for actor in actors_of(reader)):
            raise Refused("copy.may_not_see", name=name_of(reader))
    Copy.objects.bulk_create(
        Copy(case_id=number, case_kind=kind, member_id=reader, sent_by_id=tx.by.office, note=words, at=tx.at)
        for reader in readers
    )
    for reader in readers:
        write_down(tx, "copy", work, to=reader, text=words)
    topics = [f"case:{number}", *(f"user:{reader}" for reader in readers)]
    tell(tx, "work.copied", topics, case=number)
    return {"kind": kind, "id": number, "to": readers}


def see_copy(copy_id: int, *, by: Actor) -> Copy:
    """The reader has opened it. Refused: case.not_found."""
    found: list[Copy] = []

    def work(tx: Transaction) -> Answer:
        row = Copy.objects.filter(pk=copy_id, member=tx.by.member_id).first()
        if row is None:
            raise Refused("case.not_found", case=copy_id)
        Copy.objects.filter(pk=copy_id, seen_at__isnull=True).update(seen_at=tx.at)
        row.seen_at = row.seen_at or tx.at
        found.append(row)
        return {}

    run(work, name="see_copy", by=by, key=None)
    return found[-1]
