"""Each fault a route can have, made in a sound one."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from services.workflow.domain.programme import Definition, Leg, NamedUnit
from services.workflow.domain.programme_rules import (
    AfterReturn,
    Body,
    ClearanceRule,
    CountersignRule,
    NoticeRule,
    ScoringRule,
    VoteRule,
)
from services.workflow.domain.route_checks import height_of, route_faults
from services.workflow.domain.stages import Mode, Role, Stage, UnitKind
from tests.workflow.domain.samples import DEFINITION, OFFICE

DECLARE, PRELIMINARY, ASSESSMENT, NOTICE, NAMING = DEFINITION.legs
STRANGER = Body(Role.DEPARTMENT, "dep-unknown")


def found(definition: Definition) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault.path)), fault.code) for fault in route_faults(definition)]


def with_leg(index: int, **changes: Any) -> Definition:
    legs = list(DEFINITION.legs)
    legs[index] = replace(legs[index], **changes)
    return replace(DEFINITION, legs=tuple(legs))


def countersigned(**changes: Any) -> Definition:
    rule = {"mode": Mode.COUNTERSIGN, "stage": Stage.ELIGIBILITY}
    return with_leg(2, **rule, countersign=CountersignRule(**changes))


def test_a_sound_route_has_no_fault() -> None:
    assert found(DEFINITION) == []


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (replace(DEFINITION, legs=()), ("legs", "programme.route_empty")),
        (with_leg(0, stage=Stage.ELIGIBILITY), ("legs.0", "programme.route_must_begin_with_declaring")),
        (with_leg(2, stage=Stage.DRAFT), ("legs.2.stage", "programme.stage_not_here")),
        (with_leg(2, stage=Stage.RETURNED), ("legs.2.stage", "programme.stage_not_here")),
        (with_leg(2, stage=Stage.NAMING), ("legs.2.stage", "programme.stage_not_here")),
        (with_leg(2, stage=Stage.NOTICE), ("legs.2.mode", "programme.mode_against_stage")),
        (with_leg(2, key="declare"), ("legs.2.key", "programme.duplicate")),
        (with_leg(2, key=""), ("legs.2.key", "programme.empty")),
        (with_leg(2, name=""), ("legs.2.name", "programme.empty")),
        (with_leg(2, bodies=()), ("legs.2.bodies", "programme.bodies_missing")),
        (with_leg(1, bodies=(OFFICE,)), ("legs.1.bodies", "programme.bodies_not_asked")),
        (with_leg(2, due_days=None), ("legs.2.due_days", "programme.missing_key")),
        (with_leg(2, due_days=0), ("legs.2.due_days", "programme.out_of_range")),
        (with_leg(2, remind_days=(21,)), ("legs.2.remind_days.0", "programme.out_of_range")),
        (with_leg(2, escalate_days=1), ("legs.2.escalate_to", "programme.missing_key")),
        (with_leg(1, return_to=("naming",)), ("legs.1.return_to.0", "programme.return_not_earlier")),
        (with_leg(1, return_to=("preliminary",)), ("legs.1.return_to.0", "programme.return_not_earlier")),
        (with_leg(2, vote=VoteRule()), ("legs.2.vote", "programme.rule_against_mode")),
        (with_leg(2, clearance=ClearanceRule()), ("legs.2.clearance", "programme.rule_against_mode")),
        (
            with_leg(3, notice=NoticeRule(0)),
            ("legs.3.notice.working_days", "programme.out_of_range"),
        ),
        (countersigned(share=Fraction(0)), ("legs.2.countersign.share", "programme.out_of_range")),
        (countersigned(count=3), ("legs.2.countersign.count", "programme.quorum_cannot_be_met")),
        (with_leg(2, body=STRANGER), ("legs.2.body.unit", "programme.unknown_unit")),
        (
            with_leg(2, body=Body(Role.OFFICE, "subject.province")),
            ("legs.2.body.unit", "programme.unknown_unit"),
        ),
        (
            with_leg(1, body=Body(Role.OFFICE, "subject.town")),
            ("legs.1.body.role", "programme.role_against_unit"),
        ),
        (
            with_leg(1, body=Body(Role.DECLARANT, "office")),
            ("legs.1.body.role", "programme.role_against_unit"),
        ),
        (
            with_leg(1, escalate_days=1, escalate_to=STRANGER),
            ("legs.1.escalate_to.unit", "programme.unknown_unit"),
        ),
        (replace(DEFINITION, host=STRANGER), ("host.unit", "programme.unknown_unit")),
        (
            replace(DEFINITION, supervision=replace(DEFINITION.supervision, rereview_body=STRANGER)),
            ("supervision.rereview_body.unit", "programme.unknown_unit"),
        ),
    ],
)
def test_each_fault_is_found_at_its_key(definition: Definition, fault: tuple[str, str]) -> None:
    assert found(definition) == [fault]


def test_a_route_that_does_not_end_with_naming_is_a_fault() -> None:
    definition = replace(DEFINITION, legs=DEFINITION.legs[:-1])

    assert found(definition) == [("legs.3", "programme.route_must_end_with_naming")]


def test_one_body_asked_twice_is_a_fault() -> None:
    definition = with_leg(2, bodies=(OFFICE, OFFICE))

    assert found(definition) == [("legs.2.bodies.1", "programme.duplicate")]


@pytest.mark.parametrize("quorum", [Fraction(0), Fraction(3, 2)])
def test_a_quorum_lies_between_nothing_and_everybody(quorum: Fraction) -> None:
    definition = with_leg(2, mode=Mode.VOTE, bodies=(), vote=VoteRule(quorum))

    assert found(definition) == [("legs.2.vote.quorum", "programme.out_of_range")]


def test_a_stage_may_recur_and_a_route_may_hold_several_notices() -> None:
    second = replace(PRELIMINARY, key="district", return_to=("preliminary",))
    first_notice = replace(NOTICE, key="own-notice")
    legs = (DECLARE, PRELIMINARY, first_notice, second, ASSESSMENT, NOTICE, NAMING)

    assert found(replace(DEFINITION, legs=legs)) == []


CHECK = replace(PRELIMINARY, key="own_check", own_check=True, pass_mark=Decimal(80), return_to=())
JURY = replace(PRELIMINARY, key="spot_check", body=OFFICE, sample_percent=10, return_to=())


def route(*legs: Leg) -> Definition:
    return replace(DEFINITION, legs=legs)


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (with_leg(2, key="评议"), ("legs.2.key", "programme.bad_key")),
        (with_leg(1, scoring=ScoringRule()), ("legs.1.scoring", "programme.rule_against_mode")),
        (with_leg(0, own_check=True), ("legs.0.own_check", "programme.own_check_not_here")),
        (with_leg(2, own_check=True), ("legs.2.own_check", "programme.own_check_not_here")),
        (with_leg(4, own_check=True), ("legs.4.own_check", "programme.own_check_not_here")),
        (with_leg(1, pass_mark=Decimal(80)), ("legs.1.pass_mark", "programme.leg_mark_not_here")),
        (with_leg(0, pass_mark=Decimal(101)), ("legs.0.pass_mark", "programme.pass_mark_out_of_range")),
        (with_leg(0, pass_mark=Decimal(0)), ("legs.0.pass_mark", "programme.pass_mark_out_of_range")),
        (with_leg(1, sample_percent=10), ("legs.1.sample_percent", "programme.sample_not_here")),
        (with_leg(3, sample_percent=10), ("legs.3.sample_percent", "programme.sample_not_here")),
        (with_leg(4, sample_percent=10), ("legs.4.sample_percent", "programme.sample_not_here")),
        (with_leg(2, sample_percent=0), ("legs.2.sample_percent", "programme.out_of_range")),
        (with_leg(2, sample_percent=100), ("legs.2.sample_percent", "programme.out_of_range")),
        (
            with_leg(1, body=Body(Role.COMMITTEE, "subject.parent")),
            ("legs.1.body.role", "programme.role_against_unit"),
        ),
    ],
)
def test_each_fault_of_a_mark_or_sample_is_found_at_its_key(
    definition: Definition, fault: tuple[str, str]
) -> None:
    assert found(definition) == [fault]


def test_a_sample_of_the_same_height_checks_nobody() -> None:
    same = replace(JURY, body=Body(Role.TOWN, "subject.town"))

    assert found(route(DECLARE, PRELIMINARY, same, ASSESSMENT, NOTICE, NAMING)) == [
        ("legs.2.sample_percent", "programme.sample_not_here")
    ]


@pytest.mark.parametrize(
    "definition",
    [
        with_leg(0, pass_mark=Decimal(80)),
        with_leg(2, scoring=ScoringRule(each_member=True, drop_outliers=True)),
        with_leg(1, body=Body(Role.DECLARANT, "subject.parent")),
        route(DECLARE, CHECK, ASSESSMENT, NOTICE, NAMING),
        route(DECLARE, PRELIMINARY, JURY, ASSESSMENT, NOTICE, NAMING),
    ],
)
def test_marks_and_samples_at_their_places_have_no_fault(definition: Definition) -> None:
    assert found(definition) == []


def test_bodies_stand_from_the_subject_to_the_city() -> None:
    city, town = NamedUnit("city", "市", UnitKind.CITY), NamedUnit("gui", "桂花街道", UnitKind.TOWN)
    definition = replace(DEFINITION, units=(*DEFINITION.units, city, town))
    units = ("subject", "subject.parent", "gui", "subject.town", "subject.district", "office", "city", "?")

    heights = [height_of(definition, Body(Role.OFFICE, unit)) for unit in units]

    assert heights == [0, 1, 2, 2, 3, 3, 4, 3]


THROUGH = AfterReturn.THROUGH


def second_tier(**changes: Any) -> Definition:
    """Declaration, town, its notice, and a second tier behind that."""
    second = replace(PRELIMINARY, key="district", **changes)
    return route(DECLARE, PRELIMINARY, replace(NOTICE, key="own-notice"), second, ASSESSMENT, NOTICE, NAMING)


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (second_tier(return_to=("own-notice",)), ("legs.3.return_to.0", "programme.return_to_notice")),
        (
            second_tier(return_to=("preliminary",), after_return=THROUGH),
            ("legs.3.after_return", "programme.return_through_notice"),
        ),
        (second_tier(return_to=("declare", "declare")), ("legs.3.return_to.1", "programme.duplicate")),
        (with_leg(1, correct_days=0), ("legs.1.correct_days", "programme.out_of_range")),
        (with_leg(4, return_to=("declare",)), ("legs.4.return_to", "programme.return_not_here")),
        (with_leg(3, correct_days=5), ("legs.3.correct_days", "programme.return_not_here")),
        (with_leg(0, after_return=THROUGH), ("legs.0.after_return", "programme.return_not_here")),
    ],
)
def test_each_fault_of_a_return_is_found_at_its_key(definition: Definition, fault: tuple[str, str]) -> None:
    assert found(definition) == [fault]


def test_a_case_may_go_back_over_a_notice_where_it_comes_straight_back() -> None:
    assert found(second_tier(return_to=("declare", "preliminary"), correct_days=5)) == []
