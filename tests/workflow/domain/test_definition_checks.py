"""Each fault a definition can have beside its route and its standard, made in a sound one."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from services.workflow.domain.definition_checks import definition_faults
from services.workflow.domain.programme import Definition, NamedUnit
from services.workflow.domain.programme_rules import (
    Admission,
    Body,
    NegativeRule,
    NoticeRule,
    Outside,
    Quota,
    QuotaKind,
    ReviewOutcome,
    ScoreMark,
    TownQuota,
    VetoGround,
    Window,
)
from services.workflow.domain.stages import Role, UnitKind
from tests.workflow.domain.samples import COMMITTEE, DEFINITION, SCORERS, with_criterion

GROUND = DEFINITION.veto_grounds[0]
TOWNS = (TownQuota("song", 3), TownQuota("gui", 4))


def found(definition: Definition) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault.path)), fault.code) for fault in definition_faults(definition)]


def supervised(**changes: Any) -> Definition:
    return replace(DEFINITION, supervision=replace(DEFINITION.supervision, **changes))


def with_quota(kind: QuotaKind, number: int | None = None, towns: tuple[TownQuota, ...] = ()) -> Definition:
    return replace(DEFINITION, quota=Quota(kind, number, towns))


def with_units(*units: NamedUnit) -> Definition:
    return replace(DEFINITION, units=(*DEFINITION.units, *units))


def test_a_sound_definition_has_no_fault() -> None:
    assert found(DEFINITION) == []


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (replace(DEFINITION, code="文明"), ("code", "programme.bad_code")),
        (replace(DEFINITION, code="a" * 17), ("code", "programme.bad_code")),
        (replace(DEFINITION, name="字" * 26), ("name", "programme.name_too_long")),
        (replace(DEFINITION, title=" "), ("title", "programme.empty")),
        (replace(DEFINITION, scope="beijing"), ("scope", "programme.unknown_unit")),
        (replace(DEFINITION, issuers=()), ("issuers", "programme.empty")),
        (replace(DEFINITION, subject_kinds=()), ("subject_kinds", "programme.empty")),
        (replace(DEFINITION, ladder=("city", "sample")), ("ladder.1", "programme.ladder_cycle")),
        (replace(DEFINITION, cycle_months=0), ("cycle_months", "programme.out_of_range")),
        (replace(DEFINITION, pass_mark=Decimal("100.01")), ("pass_mark", "programme.pass_mark_out_of_range")),
        (replace(DEFINITION, pass_mark=Decimal(0)), ("pass_mark", "programme.pass_mark_out_of_range")),
        (replace(DEFINITION, tie_break=("1", "9")), ("tie_break.1", "programme.unknown_tie_break")),
        (replace(DEFINITION, notice=NoticeRule(0)), ("notice.working_days", "programme.out_of_range")),
        (
            replace(DEFINITION, notice=NoticeRule(5, shown_days=0)),
            ("notice.shown_days", "programme.out_of_range"),
        ),
        (replace(DEFINITION, declaring=Window("04-31")), ("declaring.opens", "programme.bad_day")),
        (replace(DEFINITION, declaring=Window("", "1115")), ("declaring.closes", "programme.bad_day")),
        (replace(DEFINITION, evaluating=Window("W01-1")), ("evaluating.opens", "programme.bad_day")),
        (replace(DEFINITION, naming=Window("", "02-30")), ("naming.closes", "programme.bad_day")),
        (
            replace(DEFINITION, admission=Admission(participants=0)),
            ("admission.participants", "programme.not_above_zero"),
        ),
        (
            replace(DEFINITION, admission=Admission(notice_working_days=0)),
            ("admission.notice_working_days", "programme.out_of_range"),
        ),
        (
            supervised(renewed_share=Fraction(11, 10)),
            ("supervision.renewed_share", "programme.out_of_range"),
        ),
        (
            supervised(review_objections=0),
            ("supervision.review_objections", "programme.not_above_zero"),
        ),
        (
            supervised(review_scores=(ScoreMark("a", Decimal(80)), ScoreMark("a", Decimal(70)))),
            ("supervision.review_scores.1.programme", "programme.duplicate"),
        ),
        (
            supervised(review_scores=(ScoreMark("a", Decimal(0)),)),
            ("supervision.review_scores.0.below", "programme.not_above_zero"),
        ),
        (
            supervised(outcomes=(ReviewOutcome.WARN, ReviewOutcome.WARN)),
            ("supervision.outcomes.1", "programme.duplicate"),
        ),
        (with_units(DEFINITION.units[0]), ("units.5.code", "programme.duplicate")),
        (with_units(NamedUnit("A B", "甲", UnitKind.TOWN)), ("units.5.code", "programme.bad_code")),
        (with_units(NamedUnit("a", "", UnitKind.TOWN)), ("units.5.name", "programme.empty")),
        (
            replace(DEFINITION, veto_grounds=(VetoGround("a", "甲", "dep-x"),)),
            ("veto_grounds.0.owner", "programme.unknown_unit"),
        ),
        (
            replace(DEFINITION, veto_grounds=(GROUND, GROUND)),
            ("veto_grounds.1.code", "programme.duplicate"),
        ),
        (
            replace(DEFINITION, negative_list=(NegativeRule("a", "", "dep-org"),)),
            ("negative_list.0.name", "programme.empty"),
        ),
        (
            replace(DEFINITION, veto_grounds=(replace(GROUND, look_back_months=-1),)),
            ("veto_grounds.0.look_back_months", "programme.out_of_range"),
        ),
        (
            supervised(revocation_proposer=COMMITTEE),
            ("supervision.revocation_decider", "programme.proposer_decides"),
        ),
        (
            supervised(rereview_every_years=0),
            ("supervision.rereview_every_years", "programme.out_of_range"),
        ),
        (
            supervised(rectification_working_days=0),
            ("supervision.rectification_working_days", "programme.out_of_range"),
        ),
        (with_quota(QuotaKind.MAXIMUM), ("quota.number", "programme.missing_key")),
        (with_quota(QuotaKind.NONE, 5), ("quota.kind", "programme.quota_without_kind")),
        (with_quota(QuotaKind.MINIMUM, 0), ("quota.number", "programme.not_above_zero")),
        (
            with_quota(QuotaKind.MAXIMUM, 9, (TOWNS[0], TOWNS[0])),
            ("quota.towns.1.town", "programme.duplicate"),
        ),
        (with_quota(QuotaKind.EXACT, 8, TOWNS), ("quota.towns", "programme.quota_does_not_add_up")),
        (with_quota(QuotaKind.MAXIMUM, 6, TOWNS), ("quota.towns", "programme.quota_does_not_add_up")),
        (with_quota(QuotaKind.MINIMUM, 8, TOWNS), ("quota.towns", "programme.quota_does_not_add_up")),
    ],
)
def test_each_fault_is_found_at_its_key(definition: Definition, fault: tuple[str, str]) -> None:
    assert found(definition) == [fault]


@pytest.mark.parametrize(
    "definition",
    [
        replace(DEFINITION, name="字" * 25),
        replace(DEFINITION, pass_mark=Decimal(100)),
        replace(DEFINITION, tie_break=("2", "1.1")),
        replace(DEFINITION, declaring=Window("02-29", "11-15")),
        with_quota(QuotaKind.EXACT, 7, TOWNS),
        with_quota(QuotaKind.MAXIMUM, 8, TOWNS),
        with_quota(QuotaKind.MINIMUM, 7, TOWNS),
        supervised(term_years=4, ban_years=2),
    ],
)
def test_what_lies_just_within_the_rules_has_no_fault(definition: Definition) -> None:
    assert found(definition) == []


def test_faults_of_route_and_standard_are_listed_with_the_others() -> None:
    definition = replace(DEFINITION, code="", legs=(), standard=replace(DEFINITION.standard, decimals=-1))

    assert set(found(definition)) == {
        ("code", "programme.bad_code"),
        ("legs", "programme.route_empty"),
        ("standard.decimals", "programme.out_of_range"),
    }


def test_a_scorer_may_stand_relative_to_the_subject() -> None:
    town = Body(Role.TOWN, "subject.town")
    relative = with_criterion("1.1", scorer="subject.town")
    legs = (*DEFINITION.legs[:2], replace(DEFINITION.legs[2], bodies=(*SCORERS, town)), *DEFINITION.legs[3:])

    unseated = [(".".join(map(str, fault.path[-2:])), fault.code) for fault in definition_faults(relative)]

    assert unseated == [("0.scorer", "standard.scorer_not_on_route")]
    assert definition_faults(replace(relative, legs=legs)) == []


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"declaring": Window("04-01", "05-31", Outside.REFUSE)}, ("declaring", "outside")),
        ({"naming": Window(outside=Outside.REASON)}, ("naming", "outside")),
    ],
)
def test_what_is_done_outside_a_window_needs_a_window_that_can_be_left(
    changes: dict[str, Any], at: tuple[str, ...]
) -> None:
    found = [(fault.path, fault.code) for fault in definition_faults(replace(DEFINITION, **changes))]

    assert found == [(at, "programme.window_not_here")]


def test_evaluating_and_naming_may_say_what_is_done_outside_them() -> None:
    windows: dict[str, Any] = {
        "evaluating": Window("10-01", outside=Outside.REFUSE),
        "naming": Window(closes="12-31"),
    }

    assert definition_faults(replace(DEFINITION, **windows)) == []
