from dataclasses import replace

import pytest

from services.workflow.domain import route
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Mode, Role, Stage
from tests.workflow.cast import DEFINITION, LEGS, ROUTE
from tests.workflow.domain import samples

CHECK = replace(ROUTE[LEGS["decision"]], key="town", own_check=True)


def test_a_vote_is_led_by_the_host_and_any_other_round_by_the_body_of_its_leg() -> None:
    led = replace(ROUTE[LEGS["assessment"]], body=Body(Role.TOWN, "subject.town"))

    assert route.organiser_of(DEFINITION, ROUTE[LEGS["vote"]]) == DEFINITION.host
    assert route.organiser_of(DEFINITION, led) == Body(Role.TOWN, "subject.town")


def test_the_last_act_of_one_body_in_the_evaluation_decides() -> None:
    without = replace(DEFINITION, legs=tuple(leg for leg in ROUTE if leg.key != "decision"))

    assert (route.decision_leg(DEFINITION), route.decision_leg(without)) == (LEGS["decision"], None)


@pytest.mark.parametrize(("leg", "tier"), [(4, ""), (5, "department"), (7, "department"), (9, "department")])
def test_the_score_that_counts_is_that_of_the_last_leg_that_scores(leg: int, tier: str) -> None:
    assert route.tier_before(DEFINITION, leg) == tier


def test_an_own_check_counts_under_a_name_of_its_own() -> None:
    checked = replace(DEFINITION, legs=(*ROUTE[:7], CHECK, *ROUTE[7:]))

    assert (route.own_tier(CHECK), route.tier_before(checked, 7)) == ("town_check", "town_check")
    assert not route.scores_itself(replace(CHECK, stage=Stage.DRAFT))
    assert not route.scores_itself(replace(CHECK, mode=Mode.VOTE))


def test_an_earlier_scoring_leg_asks_for_the_criteria_of_its_bodies_alone() -> None:
    first = replace(ROUTE[LEGS["assessment"]], bodies=samples.SCORERS[:1])
    twice = replace(DEFINITION, legs=(*ROUTE[:5], first, *ROUTE[5:]))

    assert (route.asked_at(twice, 5), route.asked_at(twice, 6)) == (frozenset({"dep-org"}), None)


def test_where_the_town_endorses_and_which_legs_draw() -> None:
    drawn = replace(DEFINITION, legs=(*ROUTE[:4], replace(ROUTE[4], sample_percent=10), *ROUTE[5:]))

    assert (route.town_leg(DEFINITION), route.sampled_legs(DEFINITION), route.sampled_legs(drawn)) == (
        1,
        (),
        (4,),
    )


def returning(leg: str, *to: str) -> tuple[int, ...]:
    legs = tuple(replace(each, return_to=to) if each.key == leg else each for each in ROUTE)
    return route.return_choices(replace(DEFINITION, legs=legs), LEGS[leg])


def test_a_case_goes_back_to_the_legs_that_the_rule_names_in_their_order() -> None:
    assert returning("vote", "joint_review", "declare") == (0, LEGS["joint_review"])
    assert returning("vote") == (0,)


def test_a_leg_that_the_draw_passed_by_is_not_gone_back_to() -> None:
    legs = (*ROUTE[:6], replace(ROUTE[6], return_to=("joint_review", "confirmation")), *ROUTE[7:])
    definition = replace(DEFINITION, legs=legs)

    found = [route.return_choices(definition, 6, skipped) for skipped in ((), {4}, {3, 4})]

    assert found == [(3, 4), (3,), (0,)]


@pytest.mark.parametrize(("choices", "usual"), [((0, 3), 0), ((2, 3), 3), ((0,), 0)])
def test_where_nobody_says_it_is_the_unit_or_else_the_nearest_leg(
    choices: tuple[int, ...], usual: int
) -> None:
    assert route.usual_return(choices) == usual
