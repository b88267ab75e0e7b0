"""Silence in a clearance, on the day it falls due."""

import datetime as dt

import pytest

from services.workflow.commands.due import fire_due
from services.workflow.models import Due, Office, Round, RoundNote, RoundTask, SideAct, Signal
from tests.workflow import cast
from tests.workflow.cast import District

AFTER = dt.timedelta(days=8)


def due(d: District, silence: str, code: str = "clearance") -> Round:
    """A round in which one has answered and the other has not, past its due day."""
    round_id = cast.table(d, [d.cases[code]])
    rule = Round.objects.get(pk=round_id).rule
    Round.objects.filter(pk=round_id).update(rule={**rule, "silence": silence})
    first = cast.tasks_of(round_id)[0]
    cast.decide(first.pk, "no_objection", cast.asked(d, first))
    cast.set_clock(cast.NOW + AFTER)
    fire_due()
    return Round.objects.get(pk=round_id)


def test_silence_that_is_an_answer_ends_the_round_by_itself(d: District) -> None:
    round_ = due(d, "deemed_none")

    assert round_.outcome is not None
    assert (round_.status, round_.outcome["silence"]) == ("DONE", "deemed_none")
    assert [who["unit"] for who in round_.outcome["silent"]] == [d.units["dep-health"]]
    assert d.case("clearance").leg == cast.LEGS["joint_review"]
    assert RoundNote.objects.get(round=round_).office is None


@pytest.mark.parametrize("silence", ["remind", "escalate"])
def test_any_other_silence_is_waited_for(d: District, silence: str) -> None:
    round_ = due(d, silence)

    late = RoundTask.objects.get(process=round_, flow_task_type="HUMAN", status="NEW")
    assert round_.is_open
    assert late.participant_unit_id == d.units["dep-health"]
    assert d.case("clearance").leg == cast.LEGS["clearance"]


@pytest.mark.parametrize(
    ("silence", "heard", "acts"),
    [
        ("remind", [("due.near", "body"), ("due.passed", "body"), ("due.passed", "body")], 0),
        ("escalate", [("due.near", "body"), ("due.passed", "body"), ("due.escalated", "head")], 1),
    ],
)
def test_who_hears_of_silence_is_what_the_rule_says(
    d: District, silence: str, heard: list[tuple[str, str]], acts: int
) -> None:
    office = Office.objects.get(pk=d.people["dep-health"].office)
    office.is_head = True
    office.save(update_fields=["is_head"])
    round_id = cast.table(d, [d.cases["clearance"]])
    rule = Round.objects.get(pk=round_id).rule
    Round.objects.filter(pk=round_id).update(rule={**rule, "silence": silence})
    Due.objects.exclude(task__process=round_id).update(cancelled_at=cast.NOW)  # the cast's other work
    first = cast.tasks_of(round_id)[0]
    cast.decide(first.pk, "no_objection", cast.asked(d, first))

    for days in (3, 7, 9, 20):
        cast.set_clock(cast.NOW + dt.timedelta(days=days, hours=12))
        fire_due(most=1000)

    body, head = f"unit:{d.units['dep-health']}", f"user:{office.member_id}"
    told = Signal.objects.filter(type__startswith="due.", case_id=None).order_by("id")
    names = {body: "body", head: "head"}
    assert [(row.type, next(names[t] for t in row.topics if t in names)) for row in told] == heard
    assert SideAct.objects.filter(kind="escalate", task__process=round_id).count() == acts
    assert Round.objects.get(pk=round_id).is_open
