"""Dead ends and what lies behind them; the table of ways on against the machine itself."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from services.workflow.domain.flaws import Flaw
from services.workflow.domain.programme import Definition
from services.workflow.domain.sound_route import WAYS_ON, reachable, route_flaws
from services.workflow.domain.stages import REVIEWING, Mode, Stage
from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import edges
from tests.workflow.domain.samples import DEFINITION, STANDARD

DECLARE, PRELIMINARY, ASSESSMENT, NOTICE, NAMING = DEFINITION.legs
DECISION = replace(ASSESSMENT, key="decision", mode=Mode.SINGLE, bodies=())
SOUND = replace(DEFINITION, legs=(DECLARE, PRELIMINARY, ASSESSMENT, DECISION, NOTICE, NAMING))


def routed(*legs: Any) -> Definition:
    return replace(DEFINITION, legs=legs)


def test_a_sound_route_has_no_flaw() -> None:
    assert list(route_flaws(SOUND)) == []
    assert reachable(SOUND.legs) == tuple(range(6))


def test_a_place_that_nothing_leads_on_from_is_told_with_the_way_to_it() -> None:
    round_of_towns = replace(PRELIMINARY, mode=Mode.CLEARANCE)

    flaws = list(route_flaws(routed(DECLARE, round_of_towns, ASSESSMENT, NAMING), "person"))

    assert flaws == [
        Flaw(
            "route.no_way_on",
            {"stage": "preliminary_review", "mode": "clearance"},
            ("declare", "preliminary"),
            "person",
        ),
        Flaw(
            "route.unreachable",
            {"leg": "assessment"},
            ("declare", "preliminary", "assessment"),
            "person",
        ),
        Flaw(
            "route.unreachable",
            {"leg": "naming"},
            ("declare", "preliminary", "assessment", "naming"),
            "person",
        ),
    ]


def test_a_decision_that_waits_for_scores_nobody_gives_is_a_dead_end() -> None:
    too_early = routed(DECLARE, PRELIMINARY, DECISION, NAMING)

    assert list(route_flaws(too_early)) == [
        Flaw(
            "route.not_scored",
            {"criteria": "1.1、1.2、2.1、2.2"},
            ("declare", "preliminary", "decision"),
        )
    ]


def test_only_what_the_bodies_asked_score_is_scored() -> None:
    half = replace(ASSESSMENT, bodies=ASSESSMENT.bodies[:1])
    rest = replace(ASSESSMENT, key="rest", bodies=ASSESSMENT.bodies[1:])

    first, both = (routed(DECLARE, *legs, DECISION, NAMING) for legs in ((half,), (half, rest)))

    assert [flaw.params for flaw in route_flaws(first)] == [{"criteria": "2.1、2.2"}]
    assert list(route_flaws(both)) == []


def test_a_self_check_that_comes_last_scores_everything() -> None:
    check = replace(PRELIMINARY, own_check=True)
    half = replace(ASSESSMENT, bodies=ASSESSMENT.bodies[:1])

    assert list(route_flaws(routed(DECLARE, check, DECISION, NAMING))) == []
    after = list(route_flaws(routed(DECLARE, check, half, DECISION, NAMING)))
    assert [flaw.code for flaw in after] == ["route.not_scored"]


def test_gaps_leave_open_who_scores() -> None:
    gap = replace(STANDARD.indicators[0], gap=True)
    standard = replace(STANDARD, indicators=(gap, STANDARD.indicators[1]))
    open_route = replace(routed(DECLARE, PRELIMINARY, DECISION, NAMING), standard=standard)

    assert list(route_flaws(open_route)) == []


def test_a_route_that_decides_nowhere_is_a_warning() -> None:
    (flaw,) = route_flaws(routed(DECLARE, PRELIMINARY, NAMING))

    assert (flaw.code, flaw.bars) == ("route.decides_nowhere", False)


@pytest.mark.parametrize(("stage", "mode"), list(product((Stage.DRAFT, *REVIEWING), Mode)))
def test_the_machine_leads_on_exactly_where_the_table_says(stage: Stage, mode: Mode) -> None:
    onward = {"submit", "endorse", "confirm", "clear", "assess", "vote", "decide", "close_notice", "confer"}
    field: Any = Declaration._meta.get_field("stage")
    open_here = {step for source, _, step in edges(Declaration) if source == stage} & onward

    found = set()
    for step in open_here:
        method = field.transitions[Declaration][step]
        conditions = method._django_fsm.get_transition(str(stage)).conditions
        guards = [guard for guard in conditions if getattr(guard, "code", "") == "step.not_on_this_leg"]
        case = type("Case", (), {"leg": 0, "facts": type("Facts", (), {"mode": lambda self, leg: mode})()})()
        if all(guard(case) for guard in guards):
            found.add(step)

    named = {WAYS_ON[stage, mode]} if (stage, mode) in WAYS_ON else set()
    if stage in {Stage.DRAFT, Stage.NOTICE, Stage.NAMING}:  # the route's checks fix their mode
        assert found == {WAYS_ON[stage, Mode.NOTICE if stage is Stage.NOTICE else Mode.SINGLE]}
    elif stage is Stage.PRELIMINARY_REVIEW or named:
        assert found == named
    else:
        assert found == set()
