"""Every place, every step, everybody: against a table written by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.actor import Seat
from services.workflow.domain.allotment import Places
from services.workflow.domain.programme_rules import AfterReturn
from services.workflow.domain.scoring import Score, judge, total
from services.workflow.domain.stages import ENDED
from tests.workflow.cast import DEFINITION, LEGS
from tests.workflow.domain.samples import full_marks
from tests.workflow.models.lifecycle.people import PEOPLE, TOWN, declaration, outcome, read

VETOES = """
returned     raise_veto owner returned/0     lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
preliminary  raise_veto owner preliminary_review/1  lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
clearance    raise_veto owner eligibility/2  lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
joint_review raise_veto owner eligibility/3  lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
confirmation raise_veto owner eligibility/4  lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
assessment   raise_veto owner evaluation/5   lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
vote         raise_veto owner evaluation/6   lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
decision     raise_veto owner evaluation/7   lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify
notice       raise_veto owner notice/8       lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify  open_notice system notice.not_released  hold system notice/8  free system notice/8
naming       raise_veto owner naming/9       lift_veto owner veto.none_open  disqualify committee declaration.nothing_to_disqualify  confer office named/9  hand_over declarant naming/9  hold system naming/9  free system naming/9  rescore committee objection.not_sustained
"""  # noqa: E501  # a table
ROUTE = """
declare      submit declarant preliminary_review/1  withdraw declarant withdrawn/0  hand_over declarant draft/0
returned     resubmit declarant eligibility/2       withdraw declarant withdrawn/0
preliminary  take_back declarant draft/0     withdraw declarant withdrawn/1  return town returned/0
preliminary  endorse town eligibility/2      decline town declined/1
clearance    withdraw declarant withdrawn/2  return office returned/0        decline office declined/2
clearance    clear system eligibility/3      confirm office step.not_on_this_leg
joint_review withdraw declarant withdrawn/3  return office returned/0        decline office declined/3
joint_review clear system eligibility/4      confirm office step.not_on_this_leg
confirmation withdraw declarant withdrawn/4  return committee returned/0     decline committee declined/4
confirmation confirm committee evaluation/5  clear system step.not_on_this_leg
assessment   withdraw declarant withdrawn/5  return office returned/0        pass_over office not_selected/5
assessment   assess system evaluation/6      vote system step.not_on_this_leg   decide office step.not_on_this_leg
vote         withdraw declarant withdrawn/6  return office returned/0        pass_over office not_selected/6
vote         vote system evaluation/7        assess system step.not_on_this_leg decide office step.not_on_this_leg
decision     withdraw declarant withdrawn/7  return committee returned/0     pass_over committee not_selected/7
decision     decide committee notice/8       assess system step.not_on_this_leg vote system step.not_on_this_leg
notice       close_notice system naming/9  hand_over declarant notice/8  rescore committee objection.not_sustained
"""
VERSIONS = """
returned     change_version office version.not_chosen  hand_over declarant returned/0
preliminary  change_version office version.not_chosen  hand_over declarant preliminary_review/1
clearance    change_version office version.not_chosen  hand_over declarant eligibility/2
joint_review change_version office version.not_chosen  hand_over declarant eligibility/3
confirmation change_version office version.not_chosen  hand_over declarant eligibility/4
assessment   change_version office version.not_chosen  hand_over declarant evaluation/5
vote         change_version office version.not_chosen  hand_over declarant evaluation/6
decision     change_version office version.not_chosen  hand_over declarant evaluation/7
"""
EXPECTED = read(VETOES + ROUTE.lstrip() + VERSIONS.lstrip())
JUDGED = "preliminary clearance joint_review confirmation assessment vote decision"
ELIGIBILITY, EVALUATION = "clearance joint_review confirmation", "assessment vote decision"
VETOABLE = f"returned {JUDGED} notice naming"
# Where each step has its place at all; anywhere else it is out of order, whoever asks.
SOURCES = {
    "submit": "declare",
    "resubmit": "returned",
    "take_back": "preliminary",
    "withdraw": f"declare returned {JUDGED}",
    "return": JUDGED,
    "endorse": "preliminary",
    "decline": f"preliminary {ELIGIBILITY}",
    "clear": ELIGIBILITY,
    "confirm": ELIGIBILITY,
    "assess": EVALUATION,
    "vote": EVALUATION,
    "decide": EVALUATION,
    "pass_over": EVALUATION,
    "open_notice": "notice",
    "hold": "notice naming",
    "free": "notice naming",
    "rescore": "notice naming",
    "close_notice": "notice",
    "confer": "naming",
    "raise_veto": VETOABLE,
    "lift_veto": VETOABLE,
    "disqualify": VETOABLE,
    "change_version": f"returned {JUDGED}",
    "hand_over": f"declare {VETOABLE}",
}
PLACES = ["declare", *VETOABLE.split(), "named", "withdrawn", "declined", "not_selected", "disqualified"]


@pytest.mark.parametrize("place", PLACES)
def test_every_step_by_everybody_from(place: str) -> None:
    expected = {
        (step, who): EXPECTED.get(
            (place, step, who), "step.not_yours" if place in SOURCES[step].split() else "step.out_of_order"
        )
        for step in SOURCES
        for who in PEOPLE
    }

    found = {(step, who): outcome(declaration(place), step, PEOPLE[who]) for step, who in expected}

    assert found == expected


def test_the_table_speaks_of_every_stage() -> None:
    assert {declaration(place).stage for place in PLACES} >= {str(stage) for stage in ENDED}
    assert len({declaration(place).stage for place in PLACES}) == 12


def test_a_step_that_does_not_exist_is_unknown() -> None:
    assert outcome(declaration("naming"), "abolish", PEOPLE["office"]) == "step.unknown"


STILL_OPEN = {"withdraw", "hand_over", "lift_veto", "disqualify", "hold", "free"}


@pytest.mark.parametrize("place", ["declare", *VETOABLE.split()])
def test_a_veto_bars_every_step_but_leaving_and_its_own_from(place: str) -> None:
    steps = [(step, who) for (at, step, who), result in EXPECTED.items() if at == place and "." not in result]
    expected = {
        step: EXPECTED[place, step, who] if step in STILL_OPEN else "declaration.vetoed"
        for step, who in steps
    }
    if "raise_veto" in expected:
        expected["raise_veto"] = "veto.already_open"  # it is the owner's only ground

    found = {
        step: outcome(declaration(place, open_vetoes=("public_security",)), step, PEOPLE[who])
        for step, who in steps
    }

    assert found == expected


@pytest.mark.parametrize("place", VETOABLE.split())
def test_an_open_veto_is_lifted_by_its_owner_or_followed_by_disqualification(place: str) -> None:
    vetoed = {"open_vetoes": ("public_security",)}
    before = declaration(place)
    here = f"{before.place}/{before.leg}"

    found = [
        outcome(declaration(place, **vetoed), "lift_veto", PEOPLE["owner"]),
        outcome(declaration(place, **vetoed), "disqualify", PEOPLE["committee"]),
        outcome(declaration(place, sustained_objections=1), "disqualify", PEOPLE["committee"]),
    ]

    assert found == [here, f"disqualified/{before.leg}", f"disqualified/{before.leg}"]


CONDITIONS = [
    ("declare", "submit", "declarant", {"gaps": 1}, "declaration.incomplete"),
    ("declare", "submit", "declarant", {"within_window": False}, "declaration.window_closed"),
    ("declare", "submit", "declarant", {"banned_until": dt.date(2027, 1, 1)}, "declaration.banned"),
    ("declare", "submit", "declarant", {"title_held": True}, "declaration.title_held"),
    ("returned", "resubmit", "declarant", {"gaps": 2}, "declaration.incomplete"),
    ("returned", "resubmit", "declarant", {"within_window": False}, "eligibility/2"),
    ("preliminary", "take_back", "declarant", {"last_step": "resubmit"}, "draft/0"),
    ("preliminary", "take_back", "declarant", {"last_step": "raise_veto"}, "declaration.already_acted_on"),
    ("clearance", "clear", "system", {"round": "not_carried"}, "round.not_carried"),
    ("clearance", "clear", "system", {"round": "open"}, "round.not_carried"),
    ("clearance", "clear", "system", {"round": ""}, "round.not_carried"),
    ("clearance", "decline", "office", {"round": "open"}, "round.open"),
    ("clearance", "return", "office", {"round": "open"}, "returned/0"),
    ("assessment", "assess", "system", {"verdict": None}, "score.incomplete"),
    ("assessment", "assess", "system", {"round": "not_carried"}, "round.not_carried"),
    ("assessment", "pass_over", "office", {"round": "open"}, "round.open"),
    ("vote", "vote", "system", {"round": "not_carried"}, "round.not_carried"),
    ("decision", "decide", "committee", {"verdict": None}, "score.incomplete"),
    ("decision", "decide", "committee", {"places": Places(quota_left=0)}, "edition.quota_used"),
    ("decision", "decide", "committee", {"places": Places(quota_left=1)}, "notice/8"),
    ("notice", "open_notice", "system", {"notice": "released"}, "notice/8"),
    ("notice", "close_notice", "system", {"notice": "released"}, "notice.still_open"),
    ("notice", "close_notice", "system", {"open_objections": 1}, "objection.open"),
    ("notice", "close_notice", "system", {"sustained_objections": 1}, "objection.open"),
    ("naming", "confer", "office", {"open_objections": 1}, "objection.open"),
    ("naming", "confer", "office", {"sustained_objections": 1}, "objection.open"),
]


@pytest.mark.parametrize(("place", "step", "who", "facts", "expected"), CONDITIONS)
def test_a_step_under_a_condition(
    place: str, step: str, who: str, facts: dict[str, Any], expected: str
) -> None:
    assert outcome(declaration(place, **facts), step, PEOPLE[who]) == expected


def scored(points: str) -> object:
    """A verdict of so many points in all."""
    marks = full_marks() | {"1.1": Score(Decimal(points) - 60)}
    return judge(total(DEFINITION.standard, marks), vetoes=(), pass_mark=DEFINITION.pass_mark)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("90.00", "notice/8"),
        ("89.99", "score.below_pass_mark"),
        ("100", "notice/8"),
        ("60", "score.below_pass_mark"),
    ],
)
def test_deciding_at_the_pass_mark(points: str, expected: str) -> None:
    assert outcome(declaration("decision", verdict=scored(points)), "decide", PEOPLE["committee"]) == expected


@given(st.integers(0, 4000))
def test_a_total_passes_from_the_mark_on_and_never_below(hundredths: int) -> None:
    points = Decimal(6000 + hundredths) / 100

    result = outcome(declaration("decision", verdict=scored(str(points))), "decide", PEOPLE["committee"])

    assert (result == "notice/8") == (points >= 90)


def test_a_criterion_not_scored_is_not_a_zero() -> None:
    """The ten points of 2.2 are not needed for 90; still nothing is decided while they are open."""
    marks = full_marks()
    without = {code: score for code, score in marks.items() if code != "2.2"}
    zero = marks | {"2.2": Score(Decimal(0))}

    found = [
        outcome(
            declaration(
                "decision", verdict=judge(total(DEFINITION.standard, given), vetoes=(), pass_mark=Decimal(90))
            ),
            "decide",
            PEOPLE["committee"],
        )
        for given in (without, zero)
    ]

    assert found == ["score.incomplete", "notice/8"]


def test_nobody_reviews_their_own_unit() -> None:
    case = declaration("preliminary")
    case.unit_id = TOWN

    found = [outcome(case, step, PEOPLE["town"]) for step in ("endorse", "return", "decline")]

    assert found == ["conflict.own_unit"] * 3


@pytest.mark.parametrize(
    ("place", "step", "who"),
    [
        ("preliminary", "endorse", "town"),
        ("clearance", "decline", "office"),
        ("confirmation", "confirm", "committee"),
        ("decision", "decide", "committee"),
        ("naming", "confer", "office"),
        ("naming", "raise_veto", "owner"),
    ],
)
def test_nobody_acts_on_one_case_in_two_offices(place: str, step: str, who: str) -> None:
    person = PEOPLE[who]
    elsewhere = declaration(place, acted={person.member_id: frozenset({Seat("office", 999)})})
    here = declaration(place, acted={person.member_id: frozenset({person.seat})})
    others = declaration(place, acted={12345: frozenset({Seat("office", 999)})})

    found = [outcome(case, step, person) for case in (elsewhere, here, others)]

    assert found == ["conflict.acted_before", *[outcome(declaration(place), step, person)] * 2]


def test_a_unit_may_always_withdraw_whatever_its_clerk_did_before() -> None:
    clerk = PEOPLE["declarant"]

    found = outcome(
        declaration("preliminary", acted={clerk.member_id: frozenset({Seat("office", 999)})}),
        "withdraw",
        clerk,
    )

    assert found == "withdrawn/1"


def test_a_case_that_is_somebodys_is_refused_to_a_colleague() -> None:
    case = declaration("preliminary")
    case.assignee_id = 4711

    found = [outcome(case, "endorse", PEOPLE["town"])]
    case.assignee_id = PEOPLE["town"].member_id

    assert [*found, outcome(case, "endorse", PEOPLE["town"])] == ["step.not_yours", "eligibility/2"]


def test_the_refusal_tells_nothing_of_a_case_to_those_it_does_not_concern() -> None:
    """A stranger reads "not yours", not that there is a veto."""
    case = declaration("preliminary", open_vetoes=("public_security",))

    assert outcome(case, "endorse", PEOPLE["other_town"]) == "step.not_yours"


def test_a_correction_goes_straight_back_to_the_leg_that_asked() -> None:
    case = declaration("assessment")

    back = outcome(case, "return", PEOPLE["office"])
    kept = case.return_leg
    again = outcome(case, "resubmit", PEOPLE["declarant"])

    assert (back, kept, again, case.return_leg) == ("returned/0", 5, "evaluation/5", None)


def test_assessing_keeps_the_total_on_the_row() -> None:
    case = declaration("assessment", verdict=scored("93.50"))

    outcome(case, "assess", PEOPLE["system"])

    assert case.result_points == Decimal("93.50")


def test_endorsing_changes_the_applicant_of_record() -> None:
    case = declaration("preliminary")

    outcome(case, "endorse", PEOPLE["town"])

    assert case.applicant_id == TOWN


def returnable(
    to: tuple[str, ...], rule: AfterReturn = AfterReturn.STRAIGHT_BACK, leg: str = "decision"
) -> Any:
    """A case at a leg whose rule lets it go back there."""
    case = declaration(leg)
    legs = tuple(replace(each, return_to=to, after_return=rule) for each in DEFINITION.legs)
    case.facts = replace(case.facts, definition=replace(DEFINITION, legs=legs))
    return case


def hand_on(case: Any, step: str, who: str) -> str:
    """One step as whoever the case waits for now."""
    person = PEOPLE[who]
    case.waiting_role, case.waiting_unit_id = person.role, person.unit_id
    return outcome(case, step, person)


def test_an_earlier_leg_corrects_at_its_own_stage_and_hands_straight_back() -> None:
    case = returnable(("declare", "confirmation"))
    case.returned_to = LEGS["confirmation"]

    back = outcome(case, "return", PEOPLE["committee"])
    kept = case.return_leg
    again = hand_on(case, "confirm", "committee")

    assert (back, kept, again, case.return_leg) == ("eligibility/4", LEGS["decision"], "evaluation/7", None)


def test_a_correction_may_have_to_pass_through_the_legs_between() -> None:
    case = returnable(("declare", "confirmation"), AfterReturn.THROUGH)

    way = [outcome(case, "return", PEOPLE["committee"])]
    way += [hand_on(case, "resubmit", "declarant"), hand_on(case, "endorse", "town")]
    way += [hand_on(case, "clear", "system"), hand_on(case, "clear", "system")]
    kept = case.return_leg
    way += [hand_on(case, "confirm", "committee"), hand_on(case, "assess", "system")]
    way += [hand_on(case, "vote", "system")]

    assert way == [
        "returned/0", "preliminary_review/1", "eligibility/2", "eligibility/3", "eligibility/4", "evaluation/5",
        "evaluation/6", "evaluation/7",
    ]  # fmt: skip
    assert (kept, case.return_leg) == (LEGS["decision"], None)


def test_a_case_is_not_sent_back_to_where_the_rule_does_not_let_it() -> None:
    case = returnable(("confirmation",))

    found = []
    for leg in (0, LEGS["joint_review"], LEGS["decision"], LEGS["naming"]):
        case.returned_to = leg
        found.append(outcome(case, "return", PEOPLE["committee"]))

    assert found == ["return.leg_not_allowed"] * 4


def test_whoever_corrects_may_ask_the_unit_in_turn_and_it_comes_back_through_them() -> None:
    case = returnable(("declare", "preliminary"), leg="confirmation")
    case.returned_to = 1

    way = [outcome(case, "return", PEOPLE["committee"])]
    case.returned_to = None
    way += [hand_on(case, "return", "town"), hand_on(case, "resubmit", "declarant")]

    assert way == ["preliminary_review/1", "returned/0", "preliminary_review/1"]
    assert (case.return_leg, case.asked_before) == (4, [])  # the town hands on to whoever asked it


def test_a_declaration_that_is_taken_back_owes_no_correction() -> None:
    case = declaration("preliminary", last_step="resubmit")
    case.return_leg, case.asked_before = 4, [5]

    assert outcome(case, "take_back", PEOPLE["declarant"]) == "draft/0"
    assert (case.return_leg, case.asked_before) == (None, [])
