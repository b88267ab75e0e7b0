"""Ballots of an open vote are only ever added; the last one counts until the round is closed."""

from typing import Any
from uuid import uuid4

from services.workflow.commands import answers, slates
from services.workflow.models import Ballot, Round, RoundTask
from services.workflow.queries.slates import said_in
from services.workflow.rounds.outcomes import tallies
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def vote(d: District, task: Any, choice: str, version: int | None = None) -> Any:
    return answers.decide_task(
        task.pk,
        verdict=choice,
        reason="说明",
        version=version,
        by=cast.asked(d, task),
        key=uuid4(),
    )


def test_a_member_votes_anew_while_the_round_is_open(d: District) -> None:
    case = d.cases["vote"]
    first, second, third = cast.tasks_of(cast.table(d, [case]))
    vote(d, first, "for")

    changed = vote(d, first, "against", version=2)
    vote(d, second, "for")
    vote(d, third, "for")

    tally = tallies(Round.objects.get(pk=first.process_id), [case])[case]
    kept = Ballot.objects.filter(task=first).order_by("number")
    assert (changed["version"], changed["round_open"]) == (3, True)
    assert [(b.number, b.choice) for b in kept] == [(1, "for"), (2, "against")]
    assert [row["verdict"] for row in said_in(RoundTask.objects.get(pk=first.pk))] == ["against"]
    assert (tally.for_, tally.against, tally.present) == (2, 1, 3)


def test_a_second_ballot_that_did_not_see_the_first_is_overtaken(d: District) -> None:
    task = cast.tasks_of(cast.table(d, [d.cases["vote"]]))[0]
    vote(d, task, "for", version=1)

    assert [refusal(vote, d, task, "against", version) for version in (None, 1, 3)] == ["overtaken"] * 3
    assert Ballot.objects.filter(task=task).count() == 1


def test_who_stayed_out_may_come_back(d: District) -> None:
    case = d.cases["vote"]
    task = cast.tasks_of(cast.table(d, [case]))[0]
    vote(d, task, "recused")

    vote(d, task, "for", version=2)

    tally = tallies(Round.objects.get(pk=task.process_id), [case])[case]
    assert (tally.for_, tally.recused, tally.entitled) == (1, 0, 3)
    assert RoundTask.objects.get(pk=task.pk).verdict == "answered"


def test_a_round_held_open_waits_for_its_organiser(d: District) -> None:
    opened = slates.table(
        d.edition,
        [d.cases["vote"]],
        by=d.people["office"],
        key=uuid4(),
        manner=slates.Manner(held_open=True),
    )
    for task in cast.tasks_of(opened["round"]):
        last = vote(d, task, "for")

    assert last["round_open"]
    assert vote(d, task, "against", version=2)["round_open"]
    assert answers.close_round(opened["round"], by=d.people["office"], key=uuid4())["moved"]
    assert refusal(vote, d, task, "for", version=3) == "overtaken"
    assert Round.objects.get(pk=opened["round"]).outcome["verdicts"] == {"answered": 3}  # type: ignore[index]


def test_an_answer_of_another_kind_is_not_given_twice(d: District) -> None:
    task = cast.tasks_of(cast.table(d, [d.cases["clearance"]]))[0]
    cast.decide(task.pk, "no_objection", cast.asked(d, task))

    assert refusal(vote, d, task, "objection", version=2) == "overtaken"
