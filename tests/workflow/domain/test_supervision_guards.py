"""Conditions of the steps of standing supervision, each with a case that fulfils it and one that does not."""

import datetime as dt
import inspect
from types import SimpleNamespace
from typing import Any

import pytest

from services.workflow.domain import supervision_guards as guards
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.programme_rules import ReviewOutcome

ADJUSTABLE, FIXED = (
    {"definition": SimpleNamespace(supervision=SimpleNamespace(adjustable=each))} for each in (True, False)
)
EXPECTED: list[tuple[str, str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    ("rectification_failed", "honour.rectification_not_failed", [{"rectification": "rejected"}],
     [{"rectification": ""}, {"rectification": "accepted"}, {"rectification": "reported"}]),
    ("deadline_has_passed", "rectification.deadline_not_passed", [{"deadline_passed": True}],
     [{"deadline_passed": False}]),
    ("renewal_is_left", "honour.renewed_share_used", [{"renewals_left": None}, {"renewals_left": 1}],
     [{"renewals_left": 0}]),
    ("rereview_is_adjustable", "honour.rereview_fixed", [ADJUSTABLE], [FIXED]),
    ("term_has_ended", "honour.term_not_ended", [{"term_ended": True}], [{"term_ended": False}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code", "holding", "failing"), EXPECTED)
def test_a_condition(name: str, code: str, holding: list[Any], failing: list[Any]) -> None:
    guard: Any = getattr(guards, name)

    found = [
        [guard(SimpleNamespace(facts=SimpleNamespace(**facts))) for facts in given]
        for given in (holding, failing)
    ]

    assert (found, guard.code) == ([[True] * len(holding), [False] * len(failing)], code)


def test_the_table_and_the_tests_below_speak_of_every_condition() -> None:
    written = {
        name
        for name, guard in inspect.getmembers(guards, inspect.isfunction)
        if hasattr(guard, "code") and guard.__module__ == guards.__name__
    }

    assert written == {name for name, *_ in EXPECTED} | {"inspects_anothers_order", "plaque_is_out"}


@pytest.mark.parametrize(("on", "expected"), [(None, True), (dt.date(2026, 3, 2), False)])
def test_a_plaque_is_out_until_it_came_back(on: dt.date | None, expected: bool) -> None:
    assert guards.plaque_is_out(SimpleNamespace(plaque_returned_on=on)) is expected


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor(7, 70, "office"), False),
        (Actor(8, 80, "office"), True),
        (Actor(8, 70, "office", stands_for=7), False),
        (SYSTEM, True),
    ],
)
def test_whoever_ordered_it_does_not_inspect_it(actor: Actor, expected: bool) -> None:
    case = SimpleNamespace(facts=SimpleNamespace(orderers=frozenset({7})))

    assert guards.inspects_anothers_order(case, actor) is expected


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [((), True), ((ReviewOutcome.WARN,), True), ((ReviewOutcome.RETAIN,), False)],
)
def test_a_review_comes_to_what_the_programme_provides(
    outcomes: tuple[ReviewOutcome, ...], expected: bool
) -> None:
    supervision = SimpleNamespace(outcomes=outcomes)
    facts = SimpleNamespace(definition=SimpleNamespace(supervision=supervision))
    guard: Any = guards.outcome_is_provided(ReviewOutcome.WARN)

    assert (guard(SimpleNamespace(facts=facts)), guard.code) == (expected, "honour.outcome_not_provided")
