import datetime as dt

import pytest

from services.workflow.domain.calendar import DueDate
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Round
from services.workflow.rounds.answering import answer
from services.workflow.rounds.closing import cancel
from services.workflow.rounds.cosigning import add_participant, extend, remove_participant
from services.workflow.rounds.participants import Participant
from tests.workflow.rounds.conftest import AT, DUE_AT, HOUR, Cast, outcome_of, tasks_of


def test_a_co_signer_is_waited_for_like_the_others(cast: Cast) -> None:
    round_ = cast.round(participants=cast.participants[:1])

    added = add_participant(round_, cast.participants[1])

    first = answer(tasks_of(round_)[0].pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)
    assert first.process.is_open
    assert added.due_at == DUE_AT
    answer(added.pk, verdict="answered", office_id=cast.offices[1].pk, at=AT)
    assert outcome_of(round_)["asked"] == 2


def test_a_co_signer_can_come_after_an_answer(cast: Cast) -> None:
    round_ = cast.round(participants=cast.participants[:2])
    first, second = tasks_of(round_)
    answer(first.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)

    added = add_participant(round_, cast.participants[2])

    answered = answer(second.pk, verdict="answered", office_id=cast.offices[1].pk, at=AT)
    assert answered.process.is_open
    assert not answer(added.pk, verdict="answered", office_id=cast.offices[2].pk, at=AT).process.is_open


def test_a_body_that_is_asked_already_is_not_asked_again(cast: Cast) -> None:
    round_ = cast.round()

    with pytest.raises(Refused, match=r"round\.asked_twice"):
        add_participant(round_, cast.participants[3])

    assert len(tasks_of(round_)) == 8


def test_another_member_of_the_same_body_can_be_added(cast: Cast) -> None:
    committee = cast.offices[0].unit_id
    members = [Participant(committee, "committee", office.member_id) for office in cast.offices]
    round_ = cast.round(Mode.VOTE, participants=members[:2])

    add_participant(round_, members[2])

    assert [task.assignee_id for task in tasks_of(round_)] == [o.member_id for o in cast.offices[:3]]


def test_who_is_removed_is_neither_asked_nor_silent(cast: Cast) -> None:
    round_ = cast.round(participants=cast.participants[:2])
    first, second = tasks_of(round_)

    removed = remove_participant(second.pk, at=AT, by=cast.by)

    answer(first.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)
    assert (removed.status, removed.removed_at) == ("CANCELED", AT)
    assert (outcome_of(round_)["asked"], outcome_of(round_)["silent"]) == (1, [])


def test_removing_the_last_who_was_silent_closes_the_round(cast: Cast) -> None:
    round_ = cast.round(Mode.SCORING, participants=cast.participants[:2])
    first, second = tasks_of(round_)
    answer(first.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)

    removed = remove_participant(second.pk, at=AT + HOUR, by=cast.by)

    assert not removed.process.is_open
    round_.refresh_from_db()
    assert (round_.status, round_.closed_at, outcome_of(round_)["asked"]) == ("DONE", AT + HOUR, 1)


def test_the_last_participant_stays(cast: Cast) -> None:
    round_ = cast.round(participants=cast.participants[:1])

    with pytest.raises(Refused, match=r"round\.last_participant"):
        remove_participant(tasks_of(round_)[0].pk, at=AT, by=cast.by)

    assert tasks_of(round_)[0].is_open


def test_who_was_removed_has_nothing_left_to_answer(cast: Cast) -> None:
    task = tasks_of(cast.round())[0]
    remove_participant(task.pk, at=AT, by=cast.by)

    with pytest.raises(Refused, match=r"task\.removed"):
        answer(task.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)


def test_a_removed_body_can_be_asked_again(cast: Cast) -> None:
    round_ = cast.round()
    remove_participant(tasks_of(round_)[0].pk, at=AT, by=cast.by)

    added = add_participant(round_, cast.participants[0])

    assert added.is_open


def test_an_extension_moves_round_and_open_tasks_alone(cast: Cast) -> None:
    round_ = cast.round(participants=cast.participants[:2])
    answer(tasks_of(round_)[0].pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)

    extend(round_, DueDate(dt.date(2026, 3, 11), True))

    later = DUE_AT + dt.timedelta(days=2)
    kept = Round.objects.get(pk=round_.pk)
    assert (kept.due_at, kept.due_provisional) == (later, True)
    moved = [(task.due_at, task.due_provisional) for task in tasks_of(round_)]
    assert moved == [(DUE_AT, False), (later, True)]


def test_a_closed_round_takes_nobody_in_and_is_not_extended(cast: Cast) -> None:
    round_ = cast.round(participants=cast.participants[:2])
    cancel(round_, reason="tabled in error", at=AT)

    for act in (
        lambda: add_participant(round_, cast.participants[2]),
        lambda: extend(round_, DueDate(dt.date(2026, 3, 11), False)),
    ):
        with pytest.raises(Refused, match=r"round\.closed"):
            act()
