import datetime as dt
from typing import Any

import pytest

from services.workflow.commands import due, reminders
from services.workflow.domain.refused import Refused
from services.workflow.models import Due, Notice, Signal
from tests.workflow import cast
from tests.workflow.cast import NOW, District

LATE = NOW + dt.timedelta(days=60)


def quiet(d: District) -> None:
    """Nothing is due but what a test adds."""
    Due.objects.filter(fired_at=None, cancelled_at=None).update(cancelled_at=NOW)


def add(n: int, case: int, at: dt.datetime) -> Due:
    return Due.objects.create(kind="leg", n=n, case_id=case, version=999, at=at)


def told() -> list[tuple[int | None, str]]:
    rows = Signal.objects.filter(type="due.passed").order_by("id")
    return [(row.case_id, row.body["at"]) for row in rows]


def test_nothing_fires_before_its_moment(d: District) -> None:
    quiet(d)
    add(1, 1, NOW + dt.timedelta(microseconds=1))

    assert (due.fire_due(), told()) == (0, [])


def test_what_is_due_fires_once_and_whoever_has_it_is_told(d: District) -> None:
    quiet(d)
    row = add(1, d.cases["preliminary"], NOW)

    fired = [due.fire_due(), due.fire_due()]

    row.refresh_from_db()
    assert (fired, row.fired_at, told()) == ([1, 0], NOW, [(d.cases["preliminary"], NOW.isoformat())])


def test_those_of_one_case_fire_in_their_order(d: District) -> None:
    quiet(d)
    moments = [NOW - dt.timedelta(hours=hour) for hour in (1, 3, 2)]
    for n, at in enumerate(moments, 1):
        add(n, 5, at)

    due.fire_due()

    assert [at for _, at in told()] == [at.isoformat() for at in sorted(moments)]


def test_no_more_fire_than_were_asked_for(d: District) -> None:
    quiet(d)
    for n in range(1, 6):
        add(n, 5, NOW)

    assert [due.fire_due(most=2), due.fire_due(most=10)] == [2, 3]


def test_the_passed_day_of_a_leg_decides_nothing(d: District) -> None:
    before = d.case("preliminary").version
    cast.set_clock(LATE)

    due.fire_due()

    assert (d.case("preliminary").version, d.case("preliminary").stage) == (before, "preliminary_review")


def test_what_no_longer_holds_is_noted_on_the_row_and_not_tried_again(d: District) -> None:
    quiet(d)
    row = Due.objects.create(kind="notice_end", case_id=d.notice, version=999, at=NOW)

    fired = [due.fire_due(), due.fire_due()]

    row.refresh_from_db()
    assert (fired, row.inputs, Notice.objects.get(pk=d.notice).status) == (
        [1, 0], {"refused": "notice.still_open"}, "released",
    )  # fmt: skip


def test_an_act_refused_half_way_takes_back_what_it_wrote(d: District, monkeypatch: Any) -> None:
    quiet(d)
    row = add(1, d.cases["preliminary"], NOW)

    def half(tx: Any, rows: list[Due]) -> due.Refusals:
        reminders.overdue(tx, rows)
        raise Refused("notice.still_open")

    monkeypatch.setitem(due.ACTS, "leg", half)
    due.fire_due()

    row.refresh_from_db()
    assert (row.inputs, told()) == ({"refused": "notice.still_open"}, [])


@pytest.mark.parametrize("code", ["clearance", "vote"])
def test_a_participant_is_told_that_a_task_is_late(d: District, code: str) -> None:
    quiet(d)
    round_id = cast.table(d, [d.cases[code]])
    tasks = cast.tasks_of(round_id)
    asked = {f"unit:{task.participant_unit_id}" for task in tasks}
    asked |= {f"user:{task.assignee_id}" for task in tasks if task.assignee_id}
    cast.set_clock(LATE)

    due.fire_due()

    assert {topic for row in Signal.objects.filter(type="due.passed") for topic in row.topics} == asked
