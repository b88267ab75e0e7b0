"""The admission of a programme, against a table written by hand."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.domain.facts import ProgrammeFacts
from services.workflow.models import Programme
from tests.workflow.models.lifecycle.people import AT, DISTRICT, LEADING, OFFICE, PEOPLE, outcome, read

EXPECTED = read("""
draft     propose office proposed        withdraw office withdrawn
proposed  admit leading_group admitted   refuse leading_group refused   withdraw office withdrawn
proposed  reopen system draft
on_notice conclude system admitted       refuse leading_group refused   withdraw office withdrawn
on_notice reopen system draft
admitted  withdraw office withdrawn      reopen system draft
refused   reopen system draft
""")
SOURCES = {
    "propose": "draft",
    "admit": "proposed",
    "conclude": "on_notice",
    "refuse": "proposed on_notice",
    "reopen": "proposed on_notice admitted refused",
    "withdraw": "draft proposed on_notice admitted",
}
FACTS = ProgrammeFacts(now=AT, cap_left=1, ended=True)


def programme(status: str, **changes: Any) -> Any:
    case: Any = Programme(
        id=6, version=3, status=status, host_id=OFFICE, admitting_unit_id=LEADING, district_id=DISTRICT
    )
    if status in {"draft", "proposed"}:
        case.waiting_role = "office" if status == "draft" else "leading_group"
        case.waiting_unit_id = OFFICE if status == "draft" else LEADING
    case.facts = replace(FACTS, **changes)
    return case


@pytest.mark.parametrize("place", "draft proposed on_notice admitted refused withdrawn".split())
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


@pytest.mark.parametrize(
    ("place", "step", "who", "changes", "code"),
    [
        ("draft", "propose", "office", {"withdrawn_namesake": True}, "programme.withdrawn_before"),
        ("proposed", "admit", "leading_group", {"withdrawn_namesake": True}, "programme.withdrawn_before"),
        ("proposed", "admit", "leading_group", {"cap_left": 0}, "programme.cap_reached"),
        ("proposed", "admit", "leading_group", {"cap_left": None}, "admitted"),
        ("proposed", "admit", "leading_group", {"notice_working_days": 5}, "on_notice"),
        ("on_notice", "conclude", "system", {"ended": False}, "notice.still_open"),
    ],
)
def test_a_guard_decides(place: str, step: str, who: str, changes: dict[str, Any], code: str) -> None:
    assert outcome(programme(place, **changes), step, PEOPLE[who]) == code
