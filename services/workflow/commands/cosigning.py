"""加签: whoever has a case asks somebody who may see it for an opinion before deciding; it stands in the timeline.

The opinion binds nobody, and the case waits where it is. In a round a whole body is asked: commands/cosigners.py.
"""

from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.holding_work import TASK, check_not_personal, hold, name_of, write_down
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import Copy
from services.workflow.queries.inbox import CASES
from services.workflow.queries.rights import actors_of, visible_to
from services.workflow.queries.side_acts import asked_on, asker_of

WORDS_MOST = 500


def ask(kind: str, number: int, *, to: int, reason: str, by: Actor, key: UUID | None) -> Answer:
    """Ask a person (`to`, a member) for an opinion on a case that one has; it comes under what was copied to them.

    Returns {"kind", "id", "to"}. Refused: work.not_yours, work.personal, cosign.self, cosign.may_not_see and
    cosign.asked with the name, case.not_found, field.missing.
    """
    request = [kind, number, to, reason]
    return run(lambda tx: _ask(tx, kind, number, to, reason), name="cosign", by=by, key=key, request=request)


def _ask(tx: Transaction, kind: str, number: int, to: int, reason: str) -> Answer:
    words = f.text({"reason": reason}, "reason", limit=WORDS_MOST)
    work = hold(tx, kind, number)
    if work.kind == TASK:
        raise Refused("case.not_found", case=number)
    if not work.is_of(tx.by):
        raise Refused("work.not_yours")
    check_not_personal(work)
    if to == tx.by.member_id:
        raise Refused("cosign.self")
    if not any(visible_to(actor, CASES[kind]).filter(pk=number).exists() for actor in actors_of(to)):
        raise Refused("cosign.may_not_see", name=name_of(to))
    if to in asked_on(number):
        raise Refused("cosign.asked", name=name_of(to))
    write_down(tx, "cosign", work, to=to, text=words)
    # To be read anew, also by whoever was sent the case before.
    fresh = {"sent_by_id": tx.by.office, "note": words, "at": tx.at, "seen_at": None}
    Copy.objects.update_or_create(case_id=number, member_id=to, defaults={**fresh, "case_kind": kind})
    tell(tx, "work.asked", [f"case:{number}", f"user:{to}"], case=number)
    return {"kind": kind, "id": number, "to": to}


def give_opinion(kind: str, number: int, *, text: str, by: Actor, key: UUID | None) -> Answer:
    """Say what one was asked for. Returns {"kind", "id"}. Refused: cosign.not_asked, case.not_found, field.missing."""
    request = [kind, number, text]
    return run(lambda tx: _give(tx, kind, number, text), name="opinion", by=by, key=key, request=request)


def _give(tx: Transaction, kind: str, number: int, text: str) -> Answer:
    words = f.text({"text": text}, "text", limit=WORDS_MOST)
    work = hold(tx, kind, number)
    asker = None if work.kind == TASK else asker_of(number, tx.by.member_id)
    if asker is None:
        raise Refused("cosign.not_asked")
    write_down(tx, "opinion", work, to=asker, text=words)
    tell(tx, "work.answered", work.topics(asker), case=number)
    return {"kind": kind, "id": number}
