"""The life of a rectification, against a table written by hand."""

from typing import Any

import pytest

from services.workflow.domain.facts import RectificationFacts
from services.workflow.models import Rectification
from tests.workflow.models.lifecycle.people import AT, DISTRICT, OFFICE, PEOPLE, UNIT, outcome, read

EXPECTED = read("""
ordered  plan declarant planned     extend office ordered   extend system ordered
ordered  reject office rejected     reject system rejected
planned  report declarant reported  extend office planned   extend system planned
planned  reject office rejected     reject system rejected
reported accept office accepted     reject office rejected
""")
SOURCES = {
    "plan": "ordered",
    "report": "planned",
    "extend": "ordered planned",
    "accept": "reported",
    "reject": "ordered planned reported",
}


def rectification(status: str, *, deadline_passed: bool = True) -> Any:
    case: Any = Rectification(
        id=5, version=3, status=status, unit_id=UNIT, district_id=DISTRICT, office_unit_id=OFFICE
    )
    at_unit = status in {"ordered", "planned"}
    case.waiting_role, case.waiting_unit_id = ("declarant", UNIT) if at_unit else ("office", OFFICE)
    case.facts = RectificationFacts(now=AT, deadline_passed=deadline_passed)
    return case


@pytest.mark.parametrize("place", "ordered planned reported accepted rejected".split())
def test_every_step_by_everybody_from(place: str) -> None:
    expected = {
        (step, who): EXPECTED.get(
            (place, step, who), "step.not_yours" if place in SOURCES[step].split() else "step.out_of_order"
        )
        for step in SOURCES
        for who in PEOPLE
    }

    found = {(step, who): outcome(rectification(place), step, PEOPLE[who]) for step, who in expected}

    assert found == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("ordered", "rectification.deadline_not_passed"),
        ("planned", "rectification.deadline_not_passed"),
        ("reported", "rejected"),
    ],
)
def test_rejecting_before_the_deadline(place: str, expected: str) -> None:
    assert outcome(rectification(place, deadline_passed=False), "reject", PEOPLE["office"]) == expected


@pytest.mark.parametrize("step", ["accept", "reject"])
def test_whoever_ordered_it_does_not_inspect_it(step: str) -> None:
    office = PEOPLE["office"]
    case = rectification("reported")
    case.facts = RectificationFacts(now=AT, orderers=frozenset({office.person}))

    assert outcome(case, step, office) == "rectification.ordered_by_you"


def test_an_order_that_nobody_reported_on_is_rejected_by_whoever_gave_it() -> None:
    office = PEOPLE["office"]
    case = rectification("ordered")
    case.facts = RectificationFacts(now=AT, deadline_passed=True, orderers=frozenset({office.person}))

    assert outcome(case, "reject", office) == "rejected"
