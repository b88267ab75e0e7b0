import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.domain.calendar import DueDate
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Round
from services.workflow.rounds.opening import open_round
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import RoundRule
from tests.workflow.rounds.conftest import AT, DUE, DUE_AT, Cast, at_once, tasks_of


def test_every_participant_is_asked_once(cast: Cast) -> None:
    round_ = cast.round()

    asked = [
        (
            t.participant_unit_id,
            t.participant_role,
            t.assignee_id,
            t.status,
            t.due_at,
            t.due_provisional,
            t.version,
        )
        for t in tasks_of(round_)
    ]
    assert asked == [(office.unit_id, "department", None, "NEW", DUE_AT, False, 1) for office in cast.offices]


def test_the_round_keeps_what_it_was_opened_with(cast: Cast) -> None:
    slate = cast.slate()

    round_ = Round.objects.get(pk=cast.round(Mode.VOTE, {"vote": {"quorum": "1/2"}}, slate=slate).pk)

    kept = (
        round_.slate,
        round_.mode,
        round_.status,
        round_.opened_at,
        round_.due_at,
        round_.closed_at,
        round_.outcome,
    )
    assert kept == (slate, "vote", "NEW", AT, DUE_AT, None, None)
    assert round_.opened_by_id == cast.by.office_id
    assert round_.rule == RoundRule.read({"vote": {"quorum": "1/2"}}).stored()


def test_members_are_asked_one_by_one(cast: Cast) -> None:
    committee = cast.offices[0].unit_id
    members = [Participant(committee, "committee", office.member_id) for office in cast.offices]

    round_ = cast.round(Mode.VOTE, participants=members)

    assert [task.assignee_id for task in tasks_of(round_)] == [o.member_id for o in cast.offices]


def test_a_round_without_a_due_day_has_none(cast: Cast) -> None:
    round_ = open_round(
        cast.slate(), mode="scoring", participants=cast.participants, due=None, rule={}, by=cast.by, at=AT
    )

    assert {round_.due_at, *(task.due_at for task in tasks_of(round_))} == {None}


def test_a_provisional_due_day_is_marked_on_round_and_tasks(cast: Cast) -> None:
    round_ = open_round(
        cast.slate(),
        mode="scoring",
        participants=cast.participants,
        due=DueDate(DUE.date, True),
        rule={},
        by=cast.by,
        at=AT,
    )

    assert {round_.due_provisional, *(task.due_provisional for task in tasks_of(round_))} == {True}


def test_nobody_cannot_be_asked(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"round\.nobody_asked"):
        cast.round(participants=[])

    assert not Round.objects.exists()


def test_nobody_is_asked_twice(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"round\.asked_twice"):
        cast.round(participants=[*cast.participants, cast.participants[0]])

    assert not Round.objects.exists()


def test_an_unreadable_rule_opens_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"round\.rule_unreadable"):
        cast.round(rule={"closes": "at_the_first_no"})

    assert not Round.objects.exists()


def test_a_slate_has_one_open_round(cast: Cast) -> None:
    slate = cast.slate()
    first = cast.round(slate=slate)

    with pytest.raises(Refused, match=r"round\.already_open"):
        cast.round(slate=slate)

    assert [round_.pk for round_ in Round.objects.all()] == [first.pk]


@pytest.mark.parametrize("participants", [1, 8])
def test_opening_costs_the_same_however_many_are_asked(cast: Cast, participants: int) -> None:
    slate = cast.slate()

    with CaptureQueriesContext(connection) as queries:
        cast.round(participants=cast.participants[:participants], slate=slate)

    # 8 statements, 2 savepoints opened and released by viewflow.
    assert len(queries) == 12


def test_of_two_who_table_the_same_slate_one_wins(committed_cast: Cast) -> None:
    slate = committed_cast.slate()

    results = at_once(*[lambda: committed_cast.round(slate=slate)] * 8)

    assert results == ["done", *["round.already_open"] * 7]
