"""One piece of work as the pages of what is done about it name it."""

from dataclasses import dataclass
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Kind
from services.workflow.models import RoundTask
from services.workflow.models.round import RoundStatus
from services.workflow.queries.having import NOBODY
from services.workflow.queries.inbox import CASES, RELATED, edition_of, unit_name
from services.workflow.queries.rights import visible_to
from services.workflow.queries.side_acts import asker_of, is_personal

TASK = "round_task"


@dataclass(frozen=True)
class WorkSeen:
    """A case or task that the actor may see: its name, where it stands, and what they could do about it."""

    kind: str
    row: Any
    title: str
    edition: str
    place: str
    acts: tuple[str, ...]


def work_seen(actor: Actor, kind: str, number: int) -> WorkSeen:
    """Refused: case.not_found, task.unknown."""
    if kind == TASK:
        related = ("process__slate__edition", "participant_unit", "assignee")
        row = visible_to(actor, RoundTask).select_related(*related).filter(pk=number).first()
        if row is None:
            raise Refused("task.unknown", task=number)
        unit = row.participant_unit.name if row.participant_unit else ""
        return WorkSeen(
            kind, row, unit, row.process.slate.edition.name, str(row.process.mode), acts_on(actor, row)
        )
    if kind not in list(Kind):
        raise Refused("case.not_found", case=number)
    row = visible_to(actor, CASES[kind]).select_related(*RELATED[kind], "assignee").filter(pk=number).first()
    if row is None:
        raise Refused("case.not_found", case=number)
    edition = edition_of(kind, row)
    title = unit_name(kind, row) or str(getattr(row, "title", "") or getattr(row, "name", ""))
    return WorkSeen(kind, row, title, edition.name if edition else "", row.place, acts_on(actor, row))


def acts_on(actor: Actor, row: Any) -> tuple[str, ...]:
    """Which of the acts that move nothing are open: the same conditions as in the commands."""
    is_task = isinstance(row, RoundTask)
    role, unit = (
        (row.participant_role, row.participant_unit_id)
        if is_task
        else (row.waiting_role, row.waiting_unit_id)
    )
    waits = row.status == RoundStatus.OPEN if is_task else role not in NOBODY and unit is not None
    asked = not is_task and asker_of(row.pk, actor.member_id) is not None
    copied: tuple[str, ...] = () if is_task else (*(("opinion",) if asked else ()), "copy")
    if not waits:
        return copied
    if (role, unit) != (actor.role, actor.unit_id) or not actor.has(row.assignee_id):
        return ("urge", *copied)
    personal = is_personal(row) if is_task else row.KIND == Kind.OBJECTION and row.assignee_id is not None
    if personal:
        return copied
    on_a_case = () if is_task else ("recuse", "cosign")
    return ("release" if row.assignee_id else "claim", "reassign", *on_a_case, *copied)
