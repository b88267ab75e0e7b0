from threading import Event, Thread

import pytest
from django.db import connections, transaction

from services.workflow.domain.refused import Refused
from services.workflow.rounds.answering import answer
from services.workflow.rounds.holding import hold_round, hold_task
from tests.workflow.rounds.conftest import AT, Cast, tasks_of


def test_what_is_held_is_fresh(cast: Cast) -> None:
    round_ = cast.round()
    task = tasks_of(round_)[0]

    assert hold_round(round_.pk) == round_
    assert (hold_task(task.pk, version=1), hold_task(task.pk).process) == (task, round_)


def test_what_is_not_there_cannot_be_held(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"round\.unknown"):
        hold_round(0)
    with pytest.raises(Refused, match=r"task\.unknown"):
        hold_task(0)


def test_nothing_is_held_outside_a_transaction(committed_cast: Cast) -> None:
    round_ = committed_cast.round()

    with pytest.raises(AssertionError, match="caller's transaction"):
        hold_round(round_.pk)


def test_the_second_waits_until_the_first_has_committed(committed_cast: Cast) -> None:
    """Findings and ballots are written while their task is held: nothing is decided in between."""
    task = tasks_of(committed_cast.round())[0]
    begun, answered = Event(), Event()

    def second() -> None:
        with transaction.atomic():
            begun.set()
            answer(task.pk, verdict="answered", office_id=committed_cast.offices[1].pk, at=AT)
        answered.set()
        connections.close_all()

    thread = Thread(target=second)
    with transaction.atomic():
        hold_task(task.pk)
        thread.start()
        begun.wait(timeout=10)
        overtaken = answered.wait(timeout=0.3)
    thread.join(timeout=10)

    assert (overtaken, answered.is_set()) == (False, True)
