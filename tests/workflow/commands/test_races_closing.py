"""A round that ends meets what would change it: one is first, and what is kept agrees; 20 rounds, 200 at SCALE=hard."""

from functools import partial
from uuid import uuid4

import pytest

from services.workflow.commands import answers, cosigners, organising
from services.workflow.models import Due, Round, RoundTask
from tests.races import at_once, codes
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.test_races import Scale, again
from tests.workflow.commands.test_races_rounds import ended, notes, officers, opened


@pytest.fixture(scope="module")
def rounds(scale: Scale) -> int:
    return scale(20, 200)


def test_a_later_day_meets_the_closing(committed: District, rounds: int) -> None:
    """A round is over at one moment: what was extended before is closed, nothing is extended after."""
    d = committed

    for _ in range(rounds):
        round_id = opened(d, "vote", held_open=True)
        for task in cast.tasks_of(round_id):
            answers.decide_task(task.pk, verdict="against", by=cast.asked(d, task), key=uuid4())
        later = partial(organising.extend_round, round_id, due_on="2026-03-20", reason="材料多")
        close = partial(answers.close_round, round_id)
        results = at_once(
            *[partial(act, by=by, key=uuid4()) for act in (later, close) for by in officers(d) * 2]
        )

        extended = [result for result in results[:4] if not isinstance(result, str)]
        assert codes(results[4:]) == ["done", *["round.closed"] * 3]
        assert set(codes(results[:4])) <= {"done", "round.closed", "round.due_not_later"}
        assert len(extended) == notes(round_id, "extended") <= 1
        assert not Due.objects.filter(task__process=round_id, cancelled_at=None, fired_at=None).exists()


def test_a_body_that_is_asked_meets_the_last_answer(committed: District, rounds: int) -> None:
    """Either the round waits for the body too, or it had ended and asks nobody more."""
    d = committed

    for _ in range(rounds):
        with again(d, "clearance"):
            round_id = opened(d, "clearance")
            first, last = cast.tasks_of(round_id)
            cast.decide(first.pk, "no_objection", cast.asked(d, first))
            add = partial(
                cosigners.add_cosigner,
                round_id,
                unit=d.units["dep-urban"],
                role="department",
                reason="涉及规划",
            )
            answer = partial(cast.decide, last.pk, "no_objection", cast.asked(d, last))
            added, answered = at_once(partial(add, by=d.people["office"], key=uuid4()), answer)

            still_open = RoundTask.objects.filter(process=round_id, flow_task_type="HUMAN", status="NEW")
            assert not isinstance(answered, str)
            assert (added == "round.closed") == (not Round.objects.get(pk=round_id).is_open)
            assert still_open.count() == (0 if added == "round.closed" else 1)
            ended(d, round_id)
