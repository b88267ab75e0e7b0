"""Who has work now, who heads them, and who runs what it belongs to; few statements for many pieces of work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.workflow.domain.programme_rules import Silence
from services.workflow.domain.stages import Mode
from services.workflow.models import Due, Office, RoundTask
from services.workflow.models.round import HUMAN, RoundStatus
from services.workflow.queries.inbox import CASES

NOBODY = ("", "round")


@dataclass(frozen=True)
class Holder:
    """The seat that work waits at, the person it was given to, and the unit that organises it."""

    role: str
    unit_id: int
    member_id: int | None
    organiser_unit_id: int | None
    round_id: int | None = None
    # The round's rule is to remind those who are silent, and to trouble nobody else.
    reminded_only: bool = False
    # Of what is asked about an objection: its investigator, instead of a unit.
    asked_by: int | None = None

    @property
    def topics(self) -> list[str]:
        """Those who have it: their unit, and the one who took it."""
        own = [f"user:{self.member_id}"] if self.member_id else []
        return [f"unit:{self.unit_id}", *own]


def holders_of(rows: Sequence[Due]) -> dict[int, Holder]:
    """{due work: who has it}; left out is what nobody has: ended, paused, or put before others in a round."""
    tasks = _of_tasks({row.task_id for row in rows if row.task_id})
    by_kind: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.case_id and row.case_kind:
            by_kind[row.case_kind].add(row.case_id)
    cases = {number: holder for kind, ids in by_kind.items() for number, holder in _of_cases(kind, ids)}
    found = {row.pk: tasks.get(row.task_id) if row.task_id else cases.get(row.case_id or 0) for row in rows}
    return {pk: holder for pk, holder in found.items() if holder is not None}


def _of_cases(kind: str, ids: Iterable[int]) -> list[tuple[int, Holder]]:
    rows = (
        CASES[kind]
        ._default_manager.filter(pk__in=ids, paused_days__isnull=True, waiting_unit__isnull=False)
        .exclude(waiting_role__in=NOBODY)
        .values_list("pk", "waiting_role", "waiting_unit_id", "assignee_id", "office_unit_id")
    )
    return [(pk, Holder(role, unit, member, organiser)) for pk, role, unit, member, organiser in rows]


def _of_tasks(ids: Iterable[int]) -> dict[int | None, Holder]:
    rows = RoundTask.objects.filter(pk__in=ids, flow_task_type=HUMAN, status=RoundStatus.OPEN)
    return {
        row.pk: Holder(
            row.participant_role,
            row.participant_unit_id or 0,
            row.assignee_id,
            None if row.process.slate.objection else row.process.slate.tabled_by.unit_id,
            row.process_id,
            row.process.mode == Mode.CLEARANCE and row.process.rule.get("silence") == Silence.REMIND,
            row.process.slate.objection.assignee_id if row.process.slate.objection else None,
        )
        for row in rows.select_related("process__slate__tabled_by", "process__slate__objection")
    }


def heads_of(holders: Iterable[Holder]) -> dict[int, list[int]]:
    """{unit: members who head it}, of the bodies that have the work."""
    rows = Office.objects.filter(
        unit__in={holder.unit_id for holder in holders},
        is_head=True,
        until__isnull=True,
        member__is_active=True,
    )
    heads: dict[int, list[int]] = defaultdict(list)
    for unit, member in rows.order_by("member_id").values_list("unit_id", "member_id").distinct():
        heads[unit].append(member)
    return heads
