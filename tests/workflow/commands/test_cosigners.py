"""加签 / 减签 in a round of opinions."""

from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import cosigners
from services.workflow.models import Due, Finding, Round, RoundNote, RoundTask
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def opened(d: District, code: str = "clearance") -> int:
    return cast.table(d, [d.cases[code]])


def add(
    d: District, round_id: int, code: str = "dep-urban", role: str = "department", who: str = "office"
) -> Any:
    return cosigners.add_cosigner(
        round_id, unit=d.units[code], role=role, reason="涉及规划", by=d.people[who], key=uuid4()
    )


def remove(d: District, task: int, who: str = "office") -> Any:
    return cosigners.remove_cosigner(task, reason="无关", by=d.people[who], key=uuid4())


def test_one_body_more_is_asked_and_waited_for(d: District) -> None:
    round_id = opened(d)

    added = add(d, round_id)["task"]
    cast.answer_round(d, round_id)

    row = RoundTask.objects.get(pk=added)
    assert (row.participant_unit_id, row.verdict) == (d.units["dep-urban"], "answered")
    assert Finding.objects.filter(task__process=round_id).count() == 3
    assert Due.objects.filter(task=added, kind="task").count() == 1
    assert d.case("clearance").leg == 3
    assert RoundNote.objects.get(round=round_id).kind == "added"


def test_a_participant_brings_in_another(d: District) -> None:
    round_id = opened(d)

    added = add(d, round_id, who="dep-police")

    note = RoundNote.objects.get(round=round_id)
    assert (note.task_id, note.office_id) == (added["task"], d.people["dep-police"].office_id)


def test_a_participant_who_has_answered_does_not(d: District) -> None:
    round_id = opened(d)
    task = cast.tasks_of(round_id)[0]
    by = cast.asked(d, task)
    cast.decide(task.pk, "no_objection", by)

    assert refusal(add, d, round_id, who=by.name) == "step.not_yours"


@pytest.mark.parametrize(
    ("code", "role", "refused"),
    [
        ("dep-police", "department", "round.asked_twice"),
        ("dep-urban", "committee", "round.nobody_asked"),
        ("north", "department", "round.nobody_asked"),
        ("clearance", "declarant", "field.not_a_choice"),
    ],
)
def test_who_cannot_be_asked_is_refused(d: District, code: str, role: str, refused: str) -> None:
    round_id = opened(d)

    assert refusal(add, d, round_id, code, role) == refused
    assert len(cast.tasks_of(round_id)) == 2


@pytest.mark.parametrize(
    ("leg", "code"), [("vote", "round.not_for_vote"), ("assessment", "round.scorer_fixed")]
)
def test_voters_and_scorers_are_fixed(d: District, leg: str, code: str) -> None:
    round_id = opened(d, leg)

    assert refusal(add, d, round_id) == code
    assert refusal(remove, d, cast.tasks_of(round_id)[0].pk) == code


def test_a_body_taken_out_is_not_waited_for(d: District) -> None:
    round_id = opened(d)
    first, second = cast.tasks_of(round_id)
    cast.decide(first.pk, "no_objection", cast.asked(d, first))

    answer = remove(d, second.pk)

    assert (answer["round_open"], [row["case"] for row in answer["moved"]]) == (False, [d.cases["clearance"]])
    assert d.case("clearance").leg == 3
    assert not Due.objects.filter(task=second.pk, cancelled_at=None).exists()
    assert refusal(cast.decide, second.pk, "no_objection", cast.asked(d, second)) == "round.closed"


def test_a_round_goes_on_with_those_who_are_left(d: District) -> None:
    round_id = opened(d)
    first, second = cast.tasks_of(round_id)

    answer = remove(d, second.pk)

    assert (answer["round_open"], answer["moved"]) == (True, [])
    assert refusal(cast.decide, second.pk, "no_objection", cast.asked(d, second)) == "task.removed"
    assert refusal(remove, d, first.pk) == "round.last_participant"
    assert Round.objects.get(pk=round_id).is_open


def test_who_has_answered_or_is_unknown_is_not_taken_out(d: District) -> None:
    task = cast.tasks_of(opened(d))[0]
    cast.decide(task.pk, "no_objection", cast.asked(d, task))

    assert refusal(remove, d, task.pk) == "round.answered"
    assert refusal(remove, d, 999_999) == "task.unknown"


@pytest.mark.parametrize("who", ["dep-police", "songxi", "north-office"])
def test_only_the_organiser_takes_out(d: District, who: str) -> None:
    assert refusal(remove, d, cast.tasks_of(opened(d))[0].pk, who) == "step.not_yours"
