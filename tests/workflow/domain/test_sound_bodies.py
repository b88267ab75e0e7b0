"""Bodies that are not there, have nobody, or would judge themselves."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.domain.organisation import Organisation
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Body, CountersignRule, ScoringRule, VoteRule
from services.workflow.domain.sound_bodies import body_flaws
from services.workflow.domain.stages import Mode, Role, Stage, UnitKind
from tests.workflow.domain.organisations import ORGANISATION, with_unit, without
from tests.workflow.domain.samples import COMMITTEE, DEFINITION, OFFICE, SCORERS

ROUTE = ("declare", "preliminary", "assessment", "notice", "naming")


def found(definition: Definition, organisation: Organisation = ORGANISATION) -> list[tuple[str, str, Any]]:
    """(code, last leg of the way, params) of each flaw."""
    flaws = body_flaws(definition, organisation)
    return [(flaw.code, flaw.way[-1] if flaw.way else "", dict(flaw.params)) for flaw in flaws]


def with_leg(index: int, **changes: Any) -> Definition:
    legs = list(DEFINITION.legs)
    legs[index] = replace(legs[index], **changes)
    return replace(DEFINITION, legs=tuple(legs))


def test_a_programme_whose_bodies_are_there_has_no_flaw() -> None:
    assert found(DEFINITION) == []


@pytest.mark.parametrize(
    ("organisation", "flaws"),
    [
        (without("dep-urban"), [("body.unknown_unit", "assessment", {"unit": "dep-urban"})]),
        (
            with_unit("dep-urban", roles={}),
            [("body.nobody", "assessment", {"unit": "区城管局", "role": Role.DEPARTMENT})],
        ),
        (with_unit("office", roles={"office": 1}), [("notice.one_person", "notice", {"unit": "区文明办"})]),
        (
            with_unit("guihua", roles={}),
            [("body.nobody_in_some", "preliminary", {"role": Role.TOWN, "number": 1, "first": "桂花街道"})],
        ),
        (
            with_unit("meiyuan", parent="yunling"),
            [
                (
                    "body.unresolved",
                    "preliminary",
                    {"body": "subject.town", "number": 1, "first": "梅园社区"},
                )
            ],
        ),
        (without("tingquan", "meiyuan"), [("body.no_subject", "", {"kinds": "community"})]),
    ],
)
def test_each_missing_body_is_told_with_the_leg_that_needs_it(
    organisation: Organisation, flaws: list[tuple[str, str, Any]]
) -> None:
    assert found(DEFINITION, organisation) == flaws


def test_the_whole_way_to_a_flaw_is_told() -> None:
    (flaw,) = body_flaws(DEFINITION, with_unit("office", roles={"office": 1}), "person")

    assert (flaw.way, flaw.track, flaw.bars) == (ROUTE[:4], "person", True)


def test_a_scope_outside_the_organisation_is_told() -> None:
    assert ("body.unknown_unit", "", {"unit": "yunling"}) in found(DEFINITION, without("yunling"))


def test_a_body_that_would_judge_itself_is_told() -> None:
    departments = replace(DEFINITION, subject_kinds=(UnitKind.DEPARTMENT,), legs=DEFINITION.legs[:1])
    judged = replace(departments, legs=(DEFINITION.legs[0], DEFINITION.legs[2]))

    assert found(judged) == [("body.judges_itself", "assessment", {"number": 2, "first": "区委组织部"})]


def test_a_self_check_and_a_units_own_programme_are_apart() -> None:
    by_itself = Body(Role.DECLARANT, "subject")
    judging = with_leg(1, body=by_itself)

    assert [code for code, _, _ in found(judging)] == ["body.judges_itself"]
    assert found(with_leg(1, body=by_itself, own_check=True)) == []
    assert found(replace(judging, own_programme=True)) == []


def voted(rule: VoteRule) -> Definition:
    return with_leg(2, mode=Mode.VOTE, stage=Stage.EVALUATION, body=COMMITTEE, bodies=(), vote=rule)


def test_a_vote_of_nobody_is_out_of_reach() -> None:
    flaws = found(voted(VoteRule()), with_unit("committee", roles={}))

    assert ("quorum.out_of_reach", "assessment", {"needed": 1, "number": 0}) in flaws
    assert found(voted(VoteRule())) == []


def test_signatures_are_counted_over_the_bodies_that_have_people() -> None:
    signed = {"mode": Mode.COUNTERSIGN, "stage": Stage.ELIGIBILITY, "bodies": SCORERS}
    both = with_leg(2, **signed, countersign=CountersignRule(count=2))
    one = with_leg(2, **signed, countersign=CountersignRule(count=1))
    empty = with_unit("dep-urban", roles={})

    assert [code for code, _, _ in found(both, empty)] == ["body.nobody", "quorum.out_of_reach"]
    assert [code for code, _, _ in found(one, empty)] == ["body.nobody"]
    assert found(both) == []


def test_too_few_jurors_to_leave_out_any_are_a_warning() -> None:
    rule = ScoringRule(each_member=True, drop_outliers=True)
    jury = with_leg(2, bodies=(COMMITTEE, OFFICE), scoring=rule)

    (flaw,) = body_flaws(jury, ORGANISATION)

    assert (flaw.code, flaw.params, flaw.bars) == (
        *("scoring.no_outliers", {"unit": "区文明办", "number": 2}),
        False,
    )
