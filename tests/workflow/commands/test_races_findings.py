"""The last answers of bodies asked about an objection, and its investigator, at once; 20 rounds, 200 at SCALE=hard."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest

from services.workflow.commands import answers, organising
from services.workflow.commands.objections import lodge
from services.workflow.commands.steps import take_step
from services.workflow.models import JointFinding, LedgerEntry, Objection, RoundTask
from tests.races import at_once, codes
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, District, take

BODIES = ("dep-fire", "dep-law", "dep-tax", "dep-trade")


@pytest.fixture(scope="module")
def rounds(scale: Callable[[int, int], int]) -> int:
    return scale(20, 200)


@pytest.fixture(scope="module")
def case(committed: District) -> int:
    d = committed
    cast.set_clock(cast.NOW)
    for code in BODIES:
        cast.department(d, code)
    number: int = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]
    take("objection", number, "receive", d.people["office"])
    take("objection", number, "assign", d.people["office"], investigator=d.people["investigator"].member_id)
    return number


def asked(d: District, case: int) -> list[RoundTask]:
    fields = {"bodies": [d.units[code] for code in BODIES], "question": "是否属实"}
    take_step("objection", case, "consult", by=d.people["investigator"], key=uuid4(), fields=fields)
    tasks = RoundTask.objects.filter(process__slate__objection=case, status="NEW", flow_task_type="HUMAN")
    return list(tasks.order_by("pk"))


def answering(d: District, task: RoundTask) -> Callable[[], object]:
    by = cast.asked(d, task)
    return partial(answers.decide_task, task.pk, verdict="founded", reason="属实", by=by, key=uuid4())


def heard(case: int) -> int:
    return LedgerEntry.objects.filter(case_id=case, step="hear").count()


def test_all_bodies_answer_at_once_and_are_heard_once(committed: District, case: int, rounds: int) -> None:
    d, found = committed, []

    for _ in range(rounds):
        before = heard(case), JointFinding.objects.count()
        told = at_once(*[answering(d, task) for task in asked(d, case)])
        found.append((codes(told), heard(case) - before[0], JointFinding.objects.count() - before[1]))

    assert found == [(["done"] * len(BODIES), 1, len(BODIES))] * rounds
    assert Objection.objects.get(pk=case).status == "investigating"


def test_the_question_is_taken_back_while_bodies_answer(committed: District, case: int, rounds: int) -> None:
    """Whatever comes first, it ends once: nobody's answer is half-written, and the investigator may go on."""
    d, ends = committed, []

    for _ in range(rounds):
        tasks, before = asked(d, case), heard(case)
        back = partial(
            organising.cancel_round,
            tasks[0].process_id,
            reason="撤回",
            by=d.people["investigator"],
            key=uuid4(),
        )
        told = at_once(back, *[answering(d, task) for task in tasks])
        done = RoundTask.objects.filter(pk__in=[task.pk for task in tasks], status="DONE").count()
        kept = JointFinding.objects.filter(task__in=[task.pk for task in tasks]).count()
        ends.append((set(codes(told)) <= {"done", "round.closed"}, heard(case) - before, done - kept))

    assert ends == [(True, 1, 0)] * rounds
