"""Eight clients at once on one round: one winner, nothing half-written; 20 rounds every day, 200 at SCALE=hard."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from services.workflow.commands import answers, cosigners, meetings, organising, paper_votes, slates
from services.workflow.models import (
    Ballot,
    Meeting,
    PaperVote,
    Recusal,
    Round,
    RoundNote,
    RoundTask,
    SlateLine,
)
from tests.races import at_once, codes
from tests.workflow import cast
from tests.workflow.cast import District

CLIENTS = 8
Scale = Callable[[int, int], int]
MEMBERS = ("committee1", "committee2", "committee3")
HELD = {"held_on": "2026-03-02", "place": "第二会议室", "chair": "许静", "recorder": "罗平"}


@pytest.fixture(scope="module")
def rounds(scale: Scale) -> int:
    return scale(20, 200)


def opened(d: District, code: str, **manner: bool) -> int:
    tabled = slates.table(
        d.edition, [d.cases[code]], by=d.people["office"], key=uuid4(), manner=slates.Manner(**manner)
    )
    number: int = tabled["round"]
    return number


def ended(d: District, round_id: int) -> None:
    """Whatever the race left, the round is over and its case free for the next one."""
    if Round.objects.get(pk=round_id).is_open:
        organising.cancel_round(round_id, reason="again", by=d.people["office"], key=uuid4())


def eight(act: Callable[..., Any], people: Sequence[Any]) -> list[Callable[[], Any]]:
    return [partial(act, by=people[n % len(people)], key=uuid4()) for n in range(CLIENTS)]


def officers(d: District) -> list[Any]:
    return [d.people["office"], d.people["office2"]]


def notes(round_id: int, kind: str) -> int:
    return RoundNote.objects.filter(round=round_id, kind=kind).count()


def forget_recusals() -> None:
    """By the owner, past the trigger: a recusal is for good, and a further round begins without it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_recusal DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM workflow_recusal")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workflow_recusal ENABLE TRIGGER USER")


ONE_OF_EIGHT = {
    "cancel": ("round.closed", "cancelled"),
    "extend": ("round.due_not_later", "extended"),
    "remind": ("round.reminded_today", "reminded"),
    "add": ("round.asked_twice", "added"),
    "remove": ("task.removed", "removed"),
    "strike": ("slate.line_not_open", "struck"),
}


def act_of(d: District, name: str, round_id: int) -> Callable[..., Any]:
    last = cast.tasks_of(round_id)[-1].pk
    acts: dict[str, Callable[..., Any]] = {
        "cancel": partial(organising.cancel_round, round_id, reason="名单有误"),
        "extend": partial(organising.extend_round, round_id, due_on="2026-03-20", reason="材料多"),
        "remind": partial(organising.remind, round_id, tasks=[last]),
        "add": partial(
            cosigners.add_cosigner, round_id, unit=d.units["dep-urban"], role="department", reason="涉及规划"
        ),
        "remove": partial(cosigners.remove_cosigner, last, reason="无关"),
        "strike": partial(organising.strike_line, round_id, d.cases["clearance"], reason="待核"),
    }
    return acts[name]


@pytest.mark.parametrize("name", list(ONE_OF_EIGHT))
def test_one_of_eight_organisers_succeeds(committed: District, rounds: int, name: str) -> None:
    d, (refusal, kind) = committed, ONE_OF_EIGHT[name]
    found = []

    for _ in range(rounds):
        round_id = opened(d, "clearance")
        results = codes(at_once(*eight(act_of(d, name, round_id), officers(d))))
        found.append((results, notes(round_id, kind)))
        ended(d, round_id)

    # Without its last line a round is over, and the second who strikes hears that first.
    expected = "round.closed" if name == "strike" else refusal
    assert found == [(["done", *[expected] * (CLIENTS - 1)], 1)] * rounds


def test_an_answer_meets_the_cancelling_of_its_round(committed: District, rounds: int) -> None:
    d = committed

    for _ in range(rounds):
        round_id = opened(d, "clearance")
        tasks = cast.tasks_of(round_id)
        acts = [partial(cast.decide, task.pk, "no_objection", cast.asked(d, task)) for task in tasks]
        results = at_once(
            *acts, partial(organising.cancel_round, round_id, reason="x", by=d.people["office"], key=uuid4())
        )

        answered = RoundTask.objects.filter(process=round_id, flow_task_type="HUMAN", status="DONE").count()
        still_open = RoundTask.objects.filter(process=round_id, status="NEW").count()
        assert set(codes(results)) <= {"done", "round.closed"}
        assert answered == sum(1 for result in results[:2] if not isinstance(result, str))
        assert (still_open, SlateLine.objects.filter(slate__rounds=round_id, open=True).count()) == (0, 0)
        if results[2] == "round.closed":  # both departments were first, and the case has gone on
            break


def count_of(d: District, in_favour: int) -> dict[str, Any]:
    return {
        "attendance": [{"member": d.people[who].member_id, "present": True} for who in MEMBERS],
        "counts": [{"case": d.cases["vote"], "for": in_favour, "against": 3 - in_favour, "abstain": 0}],
    }


def test_one_of_eight_tellers_enters_the_count(committed: District, rounds: int) -> None:
    d = committed
    found = []

    for _ in range(rounds):
        round_id = opened(d, "vote", on_paper=True)
        acts = [
            partial(
                paper_votes.enter_count,
                round_id,
                **count_of(d, n % 4),
                version=None,
                by=d.people[MEMBERS[n % 3]],
                key=uuid4(),
            )
            for n in range(CLIENTS)
        ]
        results = codes(at_once(*acts))
        vote = PaperVote.objects.get(round=round_id)
        found.append((results, vote.version, vote.counts.count(), vote.attendance.count()))
        ended(d, round_id)

    assert found == [(["done", *["overtaken"] * (CLIENTS - 1)], 1, 1, 3)] * rounds


def test_a_count_is_confirmed_as_it_was_seen_or_not_at_all(committed: District, rounds: int) -> None:
    """A teller who corrects the count while it is being confirmed: what stands is one of the two, whole."""
    d = committed

    for _ in range(rounds):
        round_id = opened(d, "vote", on_paper=True)
        office = d.people["office"]
        # Against: the case stays with the office, and can be tabled again.
        paper_votes.enter_count(round_id, **count_of(d, 0), version=None, by=office, key=uuid4())
        paper_votes.attach_sheet(round_id, name="s.pdf", content=cast.PDF, version=1, by=office, key=uuid4())
        confirm = partial(
            paper_votes.confirm_count, round_id, version=2, by=d.people["committee1"], key=uuid4()
        )
        again = partial(
            paper_votes.enter_count, round_id, **count_of(d, 1), version=2, by=office, key=uuid4()
        )
        results = at_once(*[confirm] * 4, *[again] * 4)

        row = PaperVote.objects.get(round=round_id)
        in_favour = row.counts.get().in_favour
        confirmed = not isinstance(results[0], str)
        assert set(codes(results)) == {"done", "round.closed" if confirmed else "overtaken"}
        assert (row.confirmed_at is not None, in_favour) == ((True, 0) if confirmed else (False, 1))
        assert Round.objects.get(pk=round_id).is_open is not confirmed
        ended(d, round_id)


def test_a_recusal_comes_once(committed: District, rounds: int) -> None:
    d = committed
    found = []

    for _ in range(rounds):
        round_id = opened(d, "vote", on_paper=True)
        act = partial(paper_votes.recuse, round_id, d.cases["vote"], reason="亲属")
        results = codes(at_once(*eight(act, [d.people["committee1"]])))
        found.append((results, Recusal.objects.filter(round=round_id).count()))
        ended(d, round_id)
        forget_recusals()

    assert found == [(["done", *["vote.recused_before"] * (CLIENTS - 1)], 1)] * rounds


def test_one_of_eight_changes_of_a_ballot_counts(committed: District, rounds: int) -> None:
    d = committed
    found = []

    for _ in range(rounds):
        round_id = opened(d, "vote", held_open=True)
        task = cast.tasks_of(round_id)[0]
        by = cast.asked(d, task)
        cast.decide(task.pk, "for", by)
        act = partial(answers.decide_task, task.pk, verdict="against", version=2)
        results = codes(at_once(*eight(act, [by])))
        found.append((results, sorted(Ballot.objects.filter(task=task).values_list("number", flat=True))))
        ended(d, round_id)

    assert found == [(["done", *["overtaken"] * (CLIENTS - 1)], [1, 2])] * rounds


def test_a_change_of_a_ballot_meets_the_closing(committed: District, scale: Scale) -> None:
    """The ballots of a closed round are those that its outcome was counted from."""
    d = committed

    for _ in range(scale(10, 100)):
        round_id = opened(d, "vote", held_open=True)
        tasks = cast.tasks_of(round_id)
        for task in tasks:
            answers.decide_task(task.pk, verdict="against", by=cast.asked(d, task), key=uuid4())
        change = partial(
            answers.decide_task,
            tasks[0].pk,
            verdict="abstain",
            version=2,
            by=cast.asked(d, tasks[0]),
            key=uuid4(),
        )
        close = partial(answers.close_round, round_id, by=d.people["office"], key=uuid4())
        results = at_once(change, close)

        cast_ = Ballot.objects.filter(task=tasks[0]).count()
        assert not isinstance(results[1], str)
        assert (results[0] == "overtaken", cast_) in {(True, 1), (False, 2)}


def test_one_of_eight_keeps_the_meeting(committed: District, rounds: int) -> None:
    d, found = committed, []

    for _ in range(rounds):
        round_id = opened(d, "vote")
        act = partial(meetings.keep_meeting, round_id, HELD, version=None)
        results = codes(at_once(*eight(act, officers(d))))
        found.append((results, Meeting.objects.get(round=round_id).version))
        ended(d, round_id)

    assert found == [(["done", *["overtaken"] * (CLIENTS - 1)], 1)] * rounds


def test_a_cancelled_slate_gets_one_next_version(committed: District, rounds: int) -> None:
    d, found = committed, []

    for _ in range(rounds):
        round_id = opened(d, "clearance")
        slate = Round.objects.get(pk=round_id).slate
        ended(d, round_id)
        act = partial(slates.table, d.edition, [d.cases["clearance"]], manner=slates.Manner(again=slate.pk))
        results = at_once(*eight(act, officers(d)))
        found.append(codes(results))
        ended(d, next(result["round"] for result in results if not isinstance(result, str)))

    assert found == [["done", *["slate.already_tabled"] * (CLIENTS - 1)]] * rounds
