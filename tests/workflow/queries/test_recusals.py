"""Who stays out of which line of a vote."""

from uuid import uuid4

from services.workflow.commands import paper_votes
from services.workflow.commands.slates import Manner, table
from services.workflow.models import Recusal, Round
from services.workflow.queries.recusals import recused_in
from tests.workflow import cast
from tests.workflow.cast import District


def test_what_was_said_in_the_vote_or_of_the_case_before_counts_for_its_members(d: District) -> None:
    case, office = d.cases["vote"], d.people["office"]
    for who in ("committee1", "songxi"):  # the second is not asked in this vote
        by = d.people[who]
        Recusal.objects.create(
            case_id=case,
            case_kind="declaration",
            member_id=by.person,
            office_id=by.office,
            reason="旧",
            at=cast.NOW,
        )
    manner = Manner(on_paper=True)
    round_id = table(d.edition, [case], by=office, key=uuid4(), manner=manner)["round"]

    paper_votes.recuse(round_id, case, reason="亲属", by=d.people["committee3"], key=uuid4())

    found = {d.people["committee1"].member_id: "旧", d.people["committee3"].member_id: "亲属"}
    assert recused_in(Round.objects.get(pk=round_id)) == {case: found}
