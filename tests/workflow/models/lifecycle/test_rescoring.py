"""A unit goes back to be scored anew for a sustained objection only, and to the last leg that scores."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.domain.stages import Mode
from tests.workflow.models.lifecycle.people import PEOPLE, declaration, outcome


@pytest.mark.parametrize(
    ("place", "who", "facts", "expected"),
    [
        ("notice", "committee", {"sustained_objections": 1}, "evaluation/5"),
        ("naming", "committee", {"sustained_objections": 1}, "evaluation/5"),
        ("naming", "office", {"sustained_objections": 1}, "step.not_yours"),
        ("notice", "committee", {"open_objections": 1}, "objection.not_sustained"),
        ("notice", "committee", {"sustained_objections": 1, "open_vetoes": ("x",)}, "declaration.vetoed"),
        ("decision", "committee", {"sustained_objections": 1}, "step.out_of_order"),
    ],
)
def test_rescoring(place: str, who: str, facts: dict[str, Any], expected: str) -> None:
    case = declaration(place)
    case.facts = replace(case.facts, **facts)

    assert outcome(case, "rescore", PEOPLE[who]) == expected


def test_a_route_that_never_scores_has_nothing_to_go_back_to() -> None:
    case = declaration("notice")
    legs = tuple(leg for leg in case.facts.definition.legs if leg.mode is not Mode.SCORING)
    definition = replace(case.facts.definition, legs=legs)
    case.facts = replace(case.facts, definition=definition, sustained_objections=1)
    case.leg = len(legs) - 2

    assert outcome(case, "rescore", PEOPLE["committee"]) == "leg.not_scored"
