"""The life of an objection, against a table written by hand."""

from typing import Any

import pytest

from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.facts import ObjectionFacts
from services.workflow.models import Objection
from tests.workflow.models.lifecycle.people import AT, DISTRICT, OFFICE, PEOPLE, POLICE, outcome, read

EXPECTED = read("""
lodged        receive office received
received      assign office investigating
investigating find investigator found   consult investigator investigating
found         sustain office sustained   dismiss office dismissed
sustained     reply office replied
dismissed     reply office replied
""")
SOURCES = {
    "receive": "lodged",
    "assign": "received",
    "consult": "investigating",
    "find": "investigating",
    "sustain": "found",
    "dismiss": "found",
    "reply": "sustained dismissed",
}


def objection(status: str) -> Any:
    case: Any = Objection(id=4, version=3, status=status, district_id=DISTRICT, office_unit_id=OFFICE)
    case.waiting_role, case.waiting_unit_id = "office", OFFICE
    if status == "investigating":
        case.waiting_role, case.waiting_unit_id = "investigator", POLICE
        case.assignee_id = PEOPLE["investigator"].member_id
    if status == "replied":
        case.waiting_role, case.waiting_unit_id = "", None
    case.facts = ObjectionFacts(now=AT)
    return case


@pytest.mark.parametrize("place", "lodged received investigating found sustained dismissed replied".split())
def test_every_step_by_everybody_from(place: str) -> None:
    expected = {
        (step, who): EXPECTED.get(
            (place, step, who), "step.not_yours" if place in SOURCES[step].split() else "step.out_of_order"
        )
        for step in SOURCES
        for who in PEOPLE
    }

    found = {(step, who): outcome(objection(place), step, PEOPLE[who]) for step, who in expected}

    assert found == expected


@pytest.mark.parametrize("step", ["find", "consult"])
def test_while_other_bodies_are_asked_nothing_is_found(step: str) -> None:
    case = objection("investigating")
    case.facts = ObjectionFacts(now=AT, asked_together=True)

    assert outcome(case, step, PEOPLE["investigator"]) == "objection.bodies_still_asked"


@pytest.mark.parametrize("who", ["investigator", "office", "system"])
def test_that_they_are_heard_nobody_says_but_the_system(who: str) -> None:
    by = SYSTEM if who == "system" else PEOPLE[who]

    assert outcome(objection("investigating"), "hear", by) == (
        "investigating" if who == "system" else "step.not_yours"
    )


def test_another_investigator_of_the_same_unit_does_not_find() -> None:
    case = objection("investigating")
    case.assignee_id = 4711

    assert outcome(case, "find", PEOPLE["investigator"]) == "step.not_yours"
