"""What follows for a line, and for those who kept out of it, when its vote has ended."""

from typing import Any
from uuid import uuid4

from services.workflow.commands.answers import close_round
from services.workflow.models import Declaration, Recusal, SlateLine
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def voted(d: District, *choices: str) -> Any:
    """The round of a vote in which each member has voted so, the organiser's part done."""
    tasks = cast.tasks_of(cast.table(d, [d.cases["vote"]]))
    for task, choice in zip(tasks, choices, strict=True):
        cast.decide(task.pk, choice, cast.asked(d, task), reason="亲属任职")
    if SlateLine.objects.filter(slate=tasks[0].process.slate_id, open=True).exists():
        close_round(tasks[0].process_id, by=d.people["office"], key=uuid4())
    return tasks


def test_who_kept_out_of_the_vote_does_not_decide_either(d: District) -> None:
    *_others, out = voted(d, "for", "for", "recused")

    kept = Recusal.objects.get()
    assert (kept.case_id, kept.member_id, kept.round_id) == (d.cases["vote"], out.assignee_id, out.process_id)
    assert (
        refusal(cast.take, "declaration", d.cases["vote"], "decide", cast.asked(d, out)) == "conflict.recused"
    )
    assert Declaration.objects.get(pk=d.cases["vote"]).recusals == 1


def test_where_nobody_kept_out_nobody_is_recused(d: District) -> None:
    voted(d, "for", "against", "for")

    assert not Recusal.objects.exists()
    assert SlateLine.objects.filter(case=d.cases["vote"]).latest("pk").outcome == "carried"
