"""A secret vote: the teller enters the papers, the scrutineer confirms them, nobody's ballot is kept."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from services.workflow.commands import answers, paper_votes, slates
from services.workflow.models import Ballot, PaperCount, PaperVote, Round, RoundNote, RoundTask
from services.workflow.rounds.outcomes import tallies
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal

MEMBERS = ("committee1", "committee2", "committee3")


def on_paper(d: District, code: str = "vote") -> int:
    """A secret vote on one case; its round."""
    opened: int = slates.table(
        d.edition,
        [d.cases[code]],
        by=d.people["office"],
        key=uuid4(),
        manner=slates.Manner(on_paper=True),
    )["round"]
    return opened


def came(d: District, *absent: str) -> list[dict[str, Any]]:
    return [
        {"member": d.people[who].member_id, "present": who not in absent, "reason": ""} for who in MEMBERS
    ]


def papers(d: District, for_: int, against: int = 0, abstain: int = 0, spoiled: int = 0) -> list[Any]:
    return [
        {"case": d.cases["vote"], "for": for_, "against": against, "abstain": abstain, "spoiled": spoiled}
    ]


def enter(
    d: District, round_id: int, counts: Any, *absent: str, who: str = "office", version: Any = None
) -> Any:
    return paper_votes.enter_count(
        round_id,
        attendance=came(d, *absent),
        counts=counts,
        version=version,
        by=d.people[who],
        key=uuid4(),
    )


def attach(d: District, round_id: int, version: int = 1, who: str = "office") -> Any:
    return paper_votes.attach_sheet(
        round_id, name="计票单.pdf", content=cast.PDF, version=version, by=d.people[who], key=uuid4()
    )


def confirm(d: District, round_id: int, version: int = 2, who: str = "committee2") -> Any:
    return paper_votes.confirm_count(round_id, version=version, by=d.people[who], key=uuid4())


def counted(d: District, round_id: int, counts: Any, *absent: str) -> Any:
    enter(d, round_id, counts, *absent)
    attach(d, round_id)
    return confirm(d, round_id)


def test_a_confirmed_count_ends_the_round_and_moves_the_line(d: District) -> None:
    round_id = on_paper(d)

    answer = counted(d, round_id, papers(d, 2, 0, 0), "committee3")

    case = d.cases["vote"]
    round_ = Round.objects.get(pk=round_id)
    tally = tallies(round_, [case])[case]
    assert [row["case"] for row in answer["moved"]] == [case]
    assert (tally.for_, tally.present, tally.entitled, tally.carried) == (2, 2, 3, True)
    assert round_.outcome is not None
    assert (round_.outcome["present"], len(round_.outcome["silent"])) == (2, 1)
    assert list(RoundNote.objects.filter(round=round_).values_list("kind", flat=True)) == [
        "count_entered",
        "count_confirmed",
    ]


def test_a_count_against_keeps_the_line_back(d: District) -> None:
    round_id = on_paper(d)

    answer = counted(d, round_id, papers(d, 1, 1, 0, 1))

    assert (answer["moved"], d.case("vote").waiting_role) == ([], "office")


def test_nothing_of_a_member_is_kept(d: District) -> None:
    round_id = on_paper(d)
    counted(d, round_id, papers(d, 2, 1))
    task: Any = RoundTask.objects.filter(process=round_id, assignee__isnull=False).first()

    assert not Ballot.objects.filter(task__process=round_id).exists()
    with pytest.raises(IntegrityError, match="keeps no ballots"), transaction.atomic():
        Ballot.objects.create(
            task=task, case_id=d.cases["vote"], member_id=task.assignee_id, choice="for", cast_at=cast.NOW
        )


def test_a_member_does_not_answer_a_secret_vote_here(d: District) -> None:
    task = cast.tasks_of(on_paper(d))[0]

    assert refusal(cast.decide, task.pk, "for", cast.asked(d, task)) == "vote.on_paper"
    assert (
        refusal(answers.close_round, task.process_id, by=d.people["office"], key=None) == "vote.not_counted"
    )


def test_who_recused_is_not_counted_on_the_line(d: District) -> None:
    round_id, case = on_paper(d), d.cases["vote"]
    paper_votes.recuse(round_id, case, reason="亲属任职", by=d.people["committee3"], key=uuid4())

    too_many = refusal(enter, d, round_id, papers(d, 3))
    counted(d, round_id, papers(d, 2))

    tally = tallies(Round.objects.get(pk=round_id), [case])[case]
    assert too_many == "vote.count_mismatch"
    assert (tally.recused, tally.entitled, tally.present, tally.needed) == (1, 2, 2, 2)


@pytest.mark.parametrize(
    ("counts", "absent", "code"),
    [
        ((2, 0, 0), (), "vote.count_mismatch"),
        ((3, 1, 0), (), "vote.count_mismatch"),
        ((1, 0, 0), ("committee2", "committee3"), "round.not_quorate"),
    ],
)
def test_what_does_not_add_up_is_not_kept(d: District, counts: Any, absent: Any, code: str) -> None:
    round_id = on_paper(d)

    assert refusal(enter, d, round_id, papers(d, *counts), *absent) == code
    assert not PaperVote.objects.filter(round=round_id).exists()


@pytest.mark.parametrize(
    ("attendance", "counts", "code"),
    [
        (lambda rows: rows[1:], lambda rows: rows, "vote.attendance_incomplete"),
        (lambda rows: [*rows, {"member": 1, "present": True}], lambda rows: rows, "vote.not_entitled"),
        (lambda rows: rows, lambda rows: [], "vote.count_missing"),
        (lambda rows: rows, lambda rows: [*rows, {**rows[0], "case": 1}], "finding.foreign_case"),
        (lambda rows: rows, lambda rows: [{**rows[0], "for": -3}], "field.out_of_range"),
        (lambda rows: rows, lambda rows: [{**rows[0], "for": "three"}], "field.not_a_number"),
    ],
)
def test_a_count_that_is_not_whole_is_refused(d: District, attendance: Any, counts: Any, code: str) -> None:
    round_id = on_paper(d)

    found = refusal(
        paper_votes.enter_count,
        round_id,
        attendance=attendance(came(d)),
        counts=counts(papers(d, 3)),
        version=None,
        by=d.people["office"],
        key=uuid4(),
    )

    assert found == code


def test_the_scrutineer_is_another_person_and_sees_the_signed_sheet(d: District) -> None:
    round_id = on_paper(d)
    enter(d, round_id, papers(d, 3), who="committee1")

    without_sheet = refusal(confirm, d, round_id, 1)
    attach(d, round_id, who="committee1")
    same = refusal(confirm, d, round_id, who="committee1")
    stale = refusal(confirm, d, round_id, 1)

    assert (without_sheet, same, stale) == ("vote.sheet_missing", "vote.same_person", "overtaken")
    assert confirm(d, round_id)["moved"]


def test_what_was_confirmed_is_never_changed(d: District) -> None:
    round_id = on_paper(d)
    counted(d, round_id, papers(d, 3))

    assert refusal(enter, d, round_id, papers(d, 3), version=3) == "round.closed"
    kept: list[tuple[Any, dict[str, int]]] = [
        (PaperCount.objects.filter(vote__round=round_id), {"in_favour": 0}),
        (PaperVote.objects.filter(round=round_id), {"version": 9}),
    ]
    for rows, change in kept:
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.update(**change)


def test_the_teller_enters_again_until_it_is_confirmed(d: District) -> None:
    round_id = on_paper(d)
    enter(d, round_id, papers(d, 3))

    again = enter(d, round_id, papers(d, 2, 1), version=1, who="office2")

    vote = PaperVote.objects.get(round=round_id)
    assert (again["version"], vote.teller_id) == (2, d.people["office2"].member_id)
    assert [(c.in_favour, c.against) for c in vote.counts.all()] == [(2, 1)]


@pytest.mark.parametrize("who", ["songxi", "dep-org", "north-office", "leading-group"])
def test_only_members_and_the_organiser_count(d: District, who: str) -> None:
    assert refusal(enter, d, on_paper(d), papers(d, 3), who=who) == "step.not_yours"


def test_recusals_end_with_the_count_and_come_once(d: District) -> None:
    round_id, case = on_paper(d), d.cases["vote"]

    def recuse(who: str, **more: Any) -> Any:
        return paper_votes.recuse(round_id, case, **{"reason": "亲属", **more}, by=d.people[who], key=uuid4())

    recuse("committee1")
    again = refusal(recuse, "committee1")
    without = refusal(recuse, "committee2", reason=" ")
    stranger = refusal(recuse, "office")
    enter(d, round_id, papers(d, 2))

    assert (again, stranger) == ("vote.recused_before", "step.not_yours")
    assert without == "field.missing"
    assert refusal(recuse, "committee2") == "vote.counted"


def test_an_open_vote_takes_no_papers(d: District) -> None:
    round_id = cast.table(d, [d.cases["vote"]])

    assert refusal(enter, d, round_id, papers(d, 3)) == "vote.not_on_paper"


def test_only_a_vote_is_held_on_paper(d: District) -> None:
    assert refusal(on_paper, d, "clearance") == "slate.not_a_vote"
