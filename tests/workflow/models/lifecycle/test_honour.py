"""The life of an honour, against a table written by hand."""

from typing import Any

import pytest

from services.workflow.domain.scoring import judge, total
from services.workflow.models import Honour
from tests.workflow.cast import DEFINITION
from tests.workflow.domain.samples import full_marks
from tests.workflow.models.lifecycle.people import (
    AT,
    COMMITTEE,
    DISTRICT,
    OFFICE,
    PEOPLE,
    TOWN,
    UNIT,
    honour_facts,
    outcome,
    read,
)

EXPECTED = read("""
held         open_rereview office under_review  open_rereview system under_review
held         lapse system lapsed                relinquish declarant relinquished
under_review retain office held                 warn office warned
under_review order_rectification office rectifying  propose_revocation office revocation_proposed
warned       open_rereview office under_review  open_rereview system under_review
held         move_rereview office held
warned       move_rereview office warned
warned       retain office held                 order_rectification office rectifying
warned       lapse system lapsed                relinquish declarant relinquished
rectifying   retain system held                 propose_revocation office revocation_proposed
revocation_proposed retain committee held       revoke committee revoked
held         pass_on committee held
warned       pass_on committee warned
revoked      return_plaque office revoked
lapsed       return_plaque office lapsed
relinquished return_plaque office relinquished
""")
SOURCES = {
    "open_rereview": "held warned",
    "move_rereview": "held warned",
    "retain": "under_review warned rectifying revocation_proposed",
    "warn": "under_review",
    "order_rectification": "under_review warned",
    "propose_revocation": "under_review rectifying",
    "revoke": "revocation_proposed",
    "lapse": "held warned",
    "relinquish": "held warned",
    "pass_on": "held warned",
    "return_plaque": "revoked lapsed relinquished",
}
PLACES = "held under_review warned rectifying revocation_proposed revoked lapsed relinquished".split()


def honour(status: str, **changes: Any) -> Any:
    case: Any = Honour(
        id=2,
        version=3,
        status=status,
        unit_id=UNIT,
        town_id=TOWN,
        district_id=DISTRICT,
        office_unit_id=OFFICE,
    )
    case.facts = honour_facts(**changes)
    return case


@pytest.mark.parametrize("place", PLACES)
def test_every_step_by_everybody_from(place: str) -> None:
    expected = {
        (step, who): EXPECTED.get(
            (place, step, who), "step.not_yours" if place in SOURCES[step].split() else "step.out_of_order"
        )
        for step in SOURCES
        for who in PEOPLE
    }

    found = {(step, who): outcome(honour(place), step, PEOPLE[who]) for step, who in expected}

    assert found == expected


NINETY_LESS = {code: score for code, score in full_marks().items() if code != "2.1"}


@pytest.mark.parametrize(
    ("place", "step", "who", "facts", "expected"),
    [
        ("under_review", "retain", "office", {"verdict": None}, "score.incomplete"),
        (
            "under_review",
            "retain",
            "office",
            {
                "verdict": judge(
                    total(DEFINITION.standard, NINETY_LESS), vetoes=(), pass_mark=DEFINITION.pass_mark
                )
            },
            "score.incomplete",
        ),
        ("warned", "retain", "office", {"verdict": None}, "held"),
        (
            "rectifying",
            "propose_revocation",
            "office",
            {"rectification": "ordered"},
            "honour.rectification_not_failed",
        ),
        (
            "rectifying",
            "propose_revocation",
            "office",
            {"rectification": "accepted"},
            "honour.rectification_not_failed",
        ),
        ("under_review", "propose_revocation", "office", {"rectification": ""}, "revocation_proposed"),
        ("held", "lapse", "system", {"term_ended": False}, "honour.term_not_ended"),
    ],
)
def test_a_step_under_a_condition(
    place: str, step: str, who: str, facts: dict[str, Any], expected: str
) -> None:
    assert outcome(honour(place, **facts), step, PEOPLE[who]) == expected


def test_the_body_that_proposed_a_revocation_does_not_decide_it() -> None:
    """Where a programme names one body for both, nobody may revoke."""
    case = honour("revocation_proposed")
    case.proposer_unit_id = COMMITTEE

    assert outcome(case, "revoke", PEOPLE["committee"]) == "step.not_yours"


def test_a_person_who_proposed_elsewhere_does_not_decide() -> None:
    member = PEOPLE["committee"].member_id
    case = honour("revocation_proposed", acted={member: frozenset({PEOPLE["office"].seat})})
    case.proposer_unit_id = OFFICE

    assert outcome(case, "revoke", PEOPLE["committee"]) == "conflict.acted_before"


def test_a_plaque_is_returned_once() -> None:
    case = honour("revoked")
    case.plaque_returned_on = AT.date()

    assert outcome(case, "return_plaque", PEOPLE["office"]) == "honour.plaque_returned"
