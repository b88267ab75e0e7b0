"""Each condition on its own, on plain values; the machines are tried in tests/workflow/models/lifecycle."""

import inspect
import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from services.workflow.domain import guards
from services.workflow.domain.actor import Actor
from services.workflow.domain.allotment import Places
from services.workflow.domain.programme_rules import Outside, VetoGround
from services.workflow.domain.stages import Mode
from tests.workflow.domain import samples

PASSED = SimpleNamespace(missing=(), passed=True)
BELOW = SimpleNamespace(missing=(), passed=False)
MISSING = SimpleNamespace(missing=("2.2",), passed=False)
SCORING_LEG = samples.DEFINITION.legs[2]
ORG_ONLY = replace(SCORING_LEG, bodies=samples.SCORERS[:1])
# The leg that is asked stands at index 0; in EARLIER another scoring leg follows, so 2.2 is not asked of it.
LAST = replace(samples.DEFINITION, legs=(SCORING_LEG,))
EARLIER = replace(samples.DEFINITION, legs=(ORG_ONLY, SCORING_LEG))
CHECK = replace(samples.DEFINITION.legs[1], own_check=True, pass_mark=Decimal(80))
OWN, PLAIN = {"legs": (CHECK,)}, {"legs": samples.DEFINITION.legs[1:]}
MARKED = {"legs": (replace(SCORING_LEG, pass_mark=Decimal(80)),)}
HERE, LATER = {"decides_at": lambda leg: True}, {"decides_at": lambda leg: False}
OUT = [SimpleNamespace(rule=rule) for rule in (Outside.WARN, Outside.REASON, Outside.REFUSE)]
# guard, code, facts that hold, facts that do not
EXPECTED: list[tuple[str, str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    ("is_complete", "declaration.incomplete", [{"gaps": 0}], [{"gaps": 1}]),
    ("is_within_window", "declaration.window_closed", [{"within_window": True}], [{"within_window": False}]),
    (
        "may_be_evaluated_now",
        "edition.outside_evaluating",
        [{"outside": None}, {"outside": OUT[0]}, {"outside": OUT[1]}],
        [{"outside": OUT[2]}],
    ),
    (
        "may_be_named_now",
        "edition.outside_naming",
        [{"outside": None}, {"outside": OUT[0]}, {"outside": OUT[1]}],
        [{"outside": OUT[2]}],
    ),
    ("is_not_banned", "declaration.banned", [{"banned_until": None}], [{"banned_until": "2027-01-01"}]),
    ("holds_no_title", "declaration.title_held", [{"title_held": False}], [{"title_held": True}]),
    ("is_not_vetoed", "declaration.vetoed", [{"open_vetoes": ()}], [{"open_vetoes": ("a",)}]),
    ("is_vetoed", "veto.none_open", [{"open_vetoes": ("a",)}], [{"open_vetoes": ()}]),
    (
        "is_vetoed_or_sustained",
        "declaration.nothing_to_disqualify",
        [{"open_vetoes": ("a",), "sustained_objections": 0}, {"open_vetoes": (), "sustained_objections": 1}],
        [{"open_vetoes": (), "sustained_objections": 0}],
    ),
    (
        "has_no_open_objection",
        "objection.open",
        [{"open_objections": 0, "sustained_objections": 0}],
        [
            {"open_objections": 1, "sustained_objections": 0},
            {"open_objections": 0, "sustained_objections": 1},
        ],
    ),
    (
        "nobody_acted_since",
        "declaration.already_acted_on",
        [{"last_step": "submit"}, {"last_step": "resubmit"}],
        [{"last_step": "raise_veto"}, {"last_step": ""}, {"last_step": "lift_veto"}],
    ),
    (
        "is_in_no_round",
        "round.open",
        [{"round": ""}, {"round": "carried"}, {"round": "not_carried"}],
        [{"round": "open"}],
    ),
    (
        "round_carried",
        "round.not_carried",
        [{"round": "carried"}],
        [{"round": ""}, {"round": "open"}, {"round": "not_carried"}],
    ),
    (
        "is_scored",
        "score.incomplete",
        [{"verdict": PASSED}, {"verdict": BELOW}],
        [{"verdict": None}, {"verdict": MISSING}],
    ),
    (
        "passes",
        "score.below_pass_mark",
        [{"verdict": PASSED}],
        [{"verdict": BELOW}, {"verdict": None}, {"verdict": MISSING}],
    ),
    (
        "holds_the_titles_below",
        "declaration.ladder_unmet",
        [{"ladder_unmet": ()}],
        [{"ladder_unmet": ("a",)}],
    ),
    ("is_on_no_negative_list", "declaration.negative_list", [{"incidents": ()}], [{"incidents": ("a",)}]),
    (
        "town_quota_is_left",
        "edition.town_quota_used",
        [{"places": Places(town_quota_left=None)}, {"places": Places(town_quota_left=1)}],
        [{"places": Places(town_quota_left=0)}, {"places": Places(town_quota_left=-1)}],
    ),
    ("cap_is_left", "programme.cap_reached", [{"cap_left": None}, {"cap_left": 1}], [{"cap_left": 0}]),
    (
        "has_no_withdrawn_namesake",
        "programme.withdrawn_before",
        [{"withdrawn_namesake": False}],
        [{"withdrawn_namesake": True}],
    ),
    (
        "keeps_composition",
        "edition.over_composed",
        [{"places": Places(over_composed="")}],
        [{"places": Places(over_composed="干部")}],
    ),
    (
        "no_higher_rank_waits",
        "edition.higher_rank_waits",
        [{"places": Places(higher=frozenset())}],
        [{"places": Places(higher=frozenset({7}))}],
    ),
    (
        "has_scored_here",
        "leg.not_scored",
        [{**OWN, "own": PASSED}, {**OWN, "own": BELOW}, {**PLAIN, "own": None}],
        [{**OWN, "own": None}, {**OWN, "own": MISSING}],
    ),
    (
        "reaches_mark_here",
        "leg.below_mark",
        [
            {**OWN, "own": PASSED, "verdict": None},
            {**PLAIN, "own": None, "verdict": None},
            {**MARKED, "own": None, "verdict": SimpleNamespace(missing=(), points=80)},
        ],
        [
            {**OWN, "own": BELOW, "verdict": None},
            {**OWN, "own": None, "verdict": None},
            {**MARKED, "own": None, "verdict": SimpleNamespace(missing=(), points=79)},
            {**MARKED, "own": None, "verdict": SimpleNamespace(missing=("2.2",), points=99)},
        ],
    ),
    (
        "is_scored_by_those_asked",
        "score.incomplete",
        [{"definition": LAST, "verdict": PASSED}, {"definition": EARLIER, "verdict": MISSING}],
        [
            {"definition": LAST, "verdict": None},
            {"definition": LAST, "verdict": MISSING},
            {"definition": EARLIER, "verdict": SimpleNamespace(missing=("1.1",))},
        ],
    ),
    (
        "is_scored_to_decide",
        "score.incomplete",
        [{**HERE, "verdict": PASSED}, {**HERE, "verdict": BELOW}, {**LATER, "verdict": None}],
        [{**HERE, "verdict": None}, {**HERE, "verdict": MISSING}],
    ),
    (
        "passes_to_decide",
        "score.below_pass_mark",
        [{**HERE, "verdict": PASSED}, {**LATER, "verdict": BELOW}],
        [{**HERE, "verdict": BELOW}, {**HERE, "verdict": None}],
    ),
    (
        "quota_is_left",
        "edition.quota_used",
        [{"places": Places(quota_left=None)}, {"places": Places(quota_left=1)}],
        [{"places": Places(quota_left=0)}, {"places": Places(quota_left=-1)}],
    ),
    (
        "notice_is_released",
        "notice.not_released",
        [{"notice": "released"}],
        [{"notice": ""}, {"notice": "closed"}],
    ),
    (
        "notice_is_closed",
        "notice.still_open",
        [{"notice": "closed"}],
        [{"notice": ""}, {"notice": "taken_down"}],
    ),
    ("notice_has_ended", "notice.still_open", [{"ended": True}], [{"ended": False}]),
    (
        "end_is_known",
        "notice.end_is_provisional",
        [{"end_is_provisional": False}],
        [{"end_is_provisional": True}],
    ),
    (
        "nobody_is_still_asked",
        "objection.bodies_still_asked",
        [{"asked_together": False}],
        [{"asked_together": True}],
    ),
    ("has_lines", "notice.empty", [{"lines": 1}], [{"lines": 0}]),
    ("is_sustained", "objection.not_sustained", [{"sustained_objections": 1}], [{"sustained_objections": 0}]),
    ("shows_nothing_personal", "notice.personal_number", [{"exposed": ()}], [{"exposed": ("title",)}]),
    ("is_read_or_vouched_for", "notice.file_unread", [{"unread": ()}], [{"unread": ("扫描件.pdf",)}]),
]


@pytest.mark.parametrize(("name", "code", "holding", "failing"), EXPECTED)
def test_a_condition(name: str, code: str, holding: list[Any], failing: list[Any]) -> None:
    guard: Any = getattr(guards, name)

    found = [
        [guard(SimpleNamespace(leg=0, facts=SimpleNamespace(**facts))) for facts in given]
        for given in (holding, failing)
    ]

    assert (found, guard.code) == ([[True] * len(holding), [False] * len(failing)], code)


def test_the_table_speaks_of_every_condition() -> None:
    written = {
        name
        for name, guard in inspect.getmembers(guards, inspect.isfunction)
        if hasattr(guard, "code") and guard.__module__ == guards.__name__
    }

    assert written == {name for name, *_ in EXPECTED} | {
        "has_a_ground_left",
        "has_a_scoring_leg",
        "may_return_there",
        "version_is_chosen",
    }


@pytest.mark.parametrize(
    ("opened", "left"), [((), True), (("theft",), True), (("fire",), True), (("fire", "theft"), False)]
)
def test_a_ground_is_left_while_one_of_the_departments_own_is_not_open(
    opened: tuple[str, ...], left: bool
) -> None:
    grounds = [VetoGround(code, code, "dep-police") for code in ("theft", "fire")]
    definition = SimpleNamespace(veto_grounds=[*grounds, VetoGround("births", "births", "dep-health")])
    case = SimpleNamespace(facts=SimpleNamespace(definition=definition, open_vetoes=opened))
    police = Actor(member_id=1, office_id=1, role="department", unit_code="dep-police")

    assert (guards.has_a_ground_left(case, police), guards.has_a_ground_left.code) == (  # type: ignore[attr-defined]  # its code
        left,
        "veto.already_open",
    )


@pytest.mark.parametrize(("chosen", "expected"), [(None, False), (7, True)])
def test_a_case_moves_to_a_version_that_was_named(chosen: int | None, expected: bool) -> None:
    case = SimpleNamespace(chosen_version=chosen)

    assert guards.version_is_chosen(case) is expected
    assert not guards.version_is_chosen(SimpleNamespace())
    assert guards.version_is_chosen.code == "version.not_chosen"  # type: ignore[attr-defined]  # its code


@pytest.mark.parametrize("code", sorted({code for _, code, *_ in EXPECTED}))
def test_a_code_names_a_noun_and_what_is_the_matter(code: str) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", code)


@pytest.mark.parametrize(("leg", "expected"), [(0, False), (1, True), (None, False)])
def test_the_mode_of_the_leg_a_case_stands_at(leg: int | None, expected: bool) -> None:
    facts = SimpleNamespace(mode=lambda index: (Mode.SINGLE, Mode.VOTE)[index])
    guard: Any = guards.leg_mode_is(Mode.VOTE, Mode.SCORING)

    assert (guard(SimpleNamespace(leg=leg, facts=facts)), guard.code) == (expected, "step.not_on_this_leg")


@pytest.mark.parametrize(("chosen", "holds"), [(None, True), (0, True), (2, True), (1, False), (3, False)])
def test_a_correction_goes_where_the_rule_allows(chosen: int | None, holds: bool) -> None:
    facts = SimpleNamespace(may_return_to=lambda leg: (0, 2))
    case = SimpleNamespace(returned_to=chosen, leg=3, facts=facts)

    assert guards.may_return_there(case) is holds
    assert guards.may_return_there.code == "return.leg_not_allowed"  # type: ignore[attr-defined]  # marked by refuses
