"""A vote on paper as teller and scrutineer see it, and a vote's meeting."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.workflow.domain.actor import Actor
from services.workflow.domain.paper_count import voters
from services.workflow.models import Attendance, Meeting, PaperCount, PaperVote, Round, RoundTask
from services.workflow.models.round import HUMAN
from services.workflow.queries.recusals import recused_in


@dataclass(frozen=True)
class PaperPage:
    """`members` are the entitled ones in order; `recusals` {case: {member: reason}}; `expected` papers by case."""

    vote: PaperVote | None
    members: tuple[RoundTask, ...]
    attendance: Mapping[int, Attendance]
    counts: Mapping[int, PaperCount]
    recusals: Mapping[int, Mapping[int, str]]

    def expected(self, case: int) -> int:
        """How many papers there must be for a line, by the attendance as entered; everybody before it is."""
        came = {m for m, row in self.attendance.items() if row.present}
        everybody = {task.assignee_id for task in self.members if task.assignee_id is not None}
        return voters(came if self.vote else everybody, self.recusals.get(case, {}).keys())


def paper_page(round_: Round) -> PaperPage:
    """What has been entered of a vote on paper so far."""
    tasks = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
    vote = PaperVote.objects.filter(round=round_).select_related("teller", "scrutineer").first()
    return PaperPage(
        vote,
        tuple(tasks.select_related("assignee", "participant_unit").order_by("pk")),
        {row.member_id: row for row in vote.attendance.all()} if vote else {},
        {row.case_id: row for row in vote.counts.all()} if vote else {},
        recused_in(round_),
    )


def meeting_of(round_: Round) -> Meeting | None:
    return Meeting.objects.filter(round=round_).first()


def may_count(round_: Round, page: PaperPage, actor: Actor) -> bool:
    """Whether somebody may be teller or scrutineer: of the organising body, or one of the members."""
    tabled_by = round_.slate.tabled_by
    if (actor.role, actor.unit_id) == (tabled_by.role, tabled_by.unit_id):
        return True
    return any(
        task.assignee_id == actor.member_id
        and (task.participant_role, task.participant_unit_id) == (actor.role, actor.unit_id)
        for task in page.members
    )
