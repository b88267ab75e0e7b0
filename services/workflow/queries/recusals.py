"""Who stays out of which line of a vote."""

from collections import defaultdict
from collections.abc import Mapping

from services.workflow.models import PaperVote, Recusal, Round, RoundTask, SlateLine
from services.workflow.models.round import HUMAN


def recused_in(round_: Round) -> Mapping[int, Mapping[int, str]]:
    """{case: {member: reason}} among the members asked in a round: what was said there, or of the case before.

    What is said once the papers were counted changes no count.
    """
    asked = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
    lines = SlateLine.objects.filter(slate=round_.slate_id)
    rows = Recusal.objects.filter(case_id__in=lines.values("case"), member__in=asked.values("assignee"))
    vote = PaperVote.objects.filter(round=round_).first()
    if vote is not None:
        rows = rows.filter(at__lte=vote.entered_at)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for case, member, reason in rows.order_by("pk").values_list("case_id", "member_id", "reason"):
        found[case][member] = reason
    return dict(found)
