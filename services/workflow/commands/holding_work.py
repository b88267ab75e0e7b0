"""One piece of work, held: the case or the round task that somebody claims, passes on, urges or copies."""

from dataclasses import dataclass
from typing import Any

from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Kind
from services.workflow.models import Member, RoundTask, SideAct
from services.workflow.models.round import RoundStatus
from services.workflow.queries.having import NOBODY
from services.workflow.queries.inbox import CASES
from services.workflow.queries.rights import visible_to
from services.workflow.queries.side_acts import is_personal

TASK = "round_task"


@dataclass
class Work:
    """The row under its lock, and whose it is now; a task and a case speak one language here."""

    kind: str
    row: Any
    role: str
    unit_id: int | None

    @property
    def assignee_id(self) -> int | None:
        number: int | None = self.row.assignee_id
        return number

    @property
    def waits(self) -> bool:
        """Whether anybody has it to do at all."""
        return self.role not in NOBODY and self.unit_id is not None

    def is_of(self, actor: Actor) -> bool:
        """Whether it lies in this office's inbox, claimed by nobody else."""
        return (actor.role, actor.unit_id) == (self.role, self.unit_id) and actor.has(self.assignee_id)

    def topics(self, *members: int | None) -> list[str]:
        """Whoever has it, the pages that show it, and these people."""
        case = [] if self.kind == TASK else [f"case:{self.row.pk}"]
        people = {member for member in (self.assignee_id, *members) if member}
        return [
            *case,
            *([f"unit:{self.unit_id}"] if self.unit_id else []),
            *(f"user:{m}" for m in sorted(people)),
        ]

    @property
    def told(self) -> dict[str, Any]:
        """What a signal says of it beside its case."""
        return {"round": self.row.process_id, "task": self.row.pk} if self.kind == TASK else {}

    @property
    def case_id(self) -> int | None:
        return None if self.kind == TASK else self.row.pk

    def give_to(self, member_id: int | None) -> None:
        """A copy of who has it, no step: the version stays."""
        self.row.assignee_id = member_id
        type(self.row)._default_manager.filter(pk=self.row.pk).update(assignee=member_id)


def hold(tx: Transaction, kind: str, number: int) -> Work:
    """Lock a case or task that the actor may see. Refused: case.not_found, task.unknown."""
    if kind == TASK:
        seen = visible_to(tx.by, RoundTask).filter(pk=number).values("pk")
        tasks = RoundTask.objects.select_for_update(no_key=True, of=("self",))
        task = tasks.filter(pk__in=seen, status=RoundStatus.OPEN).first()
        if task is None:
            raise Refused("task.unknown", task=number)
        return Work(kind, task, task.participant_role, task.participant_unit_id)
    if kind not in list(Kind):
        raise Refused("case.not_found", case=number)
    mine = visible_to(tx.by, CASES[kind]).filter(pk=number).values("pk")
    rows = CASES[kind]._default_manager.select_for_update(no_key=True, of=("self",))
    row: Any = rows.filter(pk__in=mine).first()
    if row is None:
        raise Refused("case.not_found", case=number)
    return Work(kind, row, row.waiting_role, row.waiting_unit_id)


def check_not_personal(work: Work) -> None:
    """An investigation, a vote and an expert's sheet were given to one person by name."""
    given_by_name = work.kind == Kind.OBJECTION and work.assignee_id is not None
    if given_by_name or (work.kind == TASK and is_personal(work.row)):
        raise Refused("work.personal")


def write_down(tx: Transaction, kind: str, work: Work, *, to: int | None = None, text: str = "") -> None:
    """The act in the timeline."""
    SideAct.objects.create(
        kind=kind,
        case_id=work.case_id,
        case_kind="" if work.kind == TASK else work.kind,
        task_id=work.row.pk if work.kind == TASK else None,
        actor_id=tx.by.member_id,
        office_id=tx.by.office_id,
        to_member_id=to,
        text=text,
        at=tx.at,
    )


def name_of(member_id: int | None) -> str:
    """What somebody is called, for a refusal."""
    return Member.objects.filter(pk=member_id or 0).values_list("name", flat=True).first() or ""
