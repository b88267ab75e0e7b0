"""The admission of a programme, against a table written by hand."""

from typing import Any

import pytest

from services.workflow.domain.facts import Facts
from services.workflow.models import Programme
from tests.workflow.models.lifecycle.people import AT, DISTRICT, LEADING, OFFICE, PEOPLE, outcome, read

EXPECTED = read("""
draft    propose office proposed        withdraw office withdrawn
proposed admit leading_group admitted   refuse leading_group refused   withdraw office withdrawn
admitted withdraw office withdrawn
""")
SOURCES = {
    "propose": "draft",
    "admit": "proposed",
    "refuse": "proposed",
    "withdraw": "draft proposed admitted",
}


def programme(status: str) -> Any:
    case: Any = Programme(id=6, version=3, status=status, host_id=OFFICE, district_id=DISTRICT)
    if status in {"draft", "proposed"}:
        case.waiting_role = "office" if status == "draft" else "leading_group"
        case.waiting_unit_id = OFFICE if status == "draft" else LEADING
    case.facts = Facts(now=AT)
    return case


@pytest.mark.parametrize("place", "draft proposed admitted refused withdrawn".split())
def test_every_step_by_everybody_from(place: str) -> None:
    expected = {
        (step, who): EXPECTED.get(
            (place, step, who), "step.not_yours" if place in SOURCES[step].split() else "step.out_of_order"
        )
        for step in SOURCES
        for who in PEOPLE
    }

    found = {(step, who): outcome(programme(place), step, PEOPLE[who]) for step, who in expected}

    assert found == expected
