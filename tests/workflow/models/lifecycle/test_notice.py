"""The life of a public notice, against a table written by hand."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.domain.facts import NoticeFacts
from services.workflow.domain.notice_gate import Exposed
from services.workflow.models import Notice, Office
from services.workflow.models.lifecycle.steps import why_not
from tests.workflow.models.lifecycle.people import AT, DISTRICT, OFFICE, PEOPLE, outcome, read

PREPARER = 77
EXPOSED = (Exposed("line:3", "id_number", "35*************238"), Exposed("title", "mobile", "138****1234"))
EXPECTED = read("""
draft     prepare office prepared
draft     amend office draft         attach office draft        detach office draft   vouch office draft
prepared  vouch office prepared
prepared  reopen office draft      release office released   withhold office released
released  extend office released   suspend office suspended   close office closed
released  extend system released   suspend system suspended   close system closed
released  recount system released
suspended release office released
closed    take_down office taken_down  take_down system taken_down
""")
SOURCES = {
    "prepare": "draft",
    "amend": "draft",
    "attach": "draft",
    "detach": "draft",
    "vouch": "draft prepared",
    "reopen": "prepared",
    "release": "prepared suspended",
    "withhold": "prepared",
    "extend": "released",
    "recount": "released",
    "suspend": "released",
    "close": "released",
    "take_down": "closed",
}


def notice(status: str, **changes: Any) -> Any:
    """Prepared by somebody else of the office; its period is over."""
    case: Any = Notice(id=3, version=3, status=status, district_id=DISTRICT, office_unit_id=OFFICE)
    case.prepared_by = None if status == "draft" else Office(id=770, member_id=PREPARER)
    if status in {"draft", "prepared", "suspended"}:
        case.waiting_role, case.waiting_unit_id = "office", OFFICE
    case.facts = replace(NoticeFacts(now=AT, lines=2, ended=True), **changes)
    return case


@pytest.mark.parametrize("place", "draft prepared released suspended closed taken_down".split())
def test_every_step_by_everybody_from(place: str) -> None:
    expected = {
        (step, who): EXPECTED.get(
            (place, step, who), "step.not_yours" if place in SOURCES[step].split() else "step.out_of_order"
        )
        for step in SOURCES
        for who in PEOPLE
    }

    found = {(step, who): outcome(notice(place), step, PEOPLE[who]) for step, who in expected}

    assert found == expected


def test_whoever_prepared_does_not_release() -> None:
    case = notice("prepared")
    case.prepared_by = Office(id=771, member_id=PEOPLE["office"].member_id or 0)

    assert outcome(case, "release", PEOPLE["office"]) == "step.not_yours"


@pytest.mark.parametrize(
    ("place", "step", "facts", "expected"),
    [
        ("draft", "prepare", {"lines": 0}, "notice.empty"),
        ("prepared", "release", {"lines": 0}, "notice.empty"),
        ("draft", "prepare", {"exposed": EXPOSED}, "notice.personal_number"),
        ("prepared", "release", {"exposed": EXPOSED}, "notice.personal_number"),
        ("draft", "prepare", {"unread": ("扫描件.pdf",)}, "notice.file_unread"),
        ("prepared", "release", {"unread": ("扫描件.pdf",)}, "notice.file_unread"),
        ("released", "close", {"ended": False}, "notice.still_open"),
        ("released", "close", {"end_is_provisional": True}, "notice.end_is_provisional"),
        ("released", "extend", {"ended": False}, "released"),
    ],
)
def test_a_step_under_a_condition(place: str, step: str, facts: dict[str, Any], expected: str) -> None:
    assert outcome(notice(place, **facts), step, PEOPLE["office"]) == expected


def test_the_gate_says_where_a_number_stands() -> None:
    refusal = why_not(notice("draft", exposed=EXPOSED), "prepare", PEOPLE["office"])

    assert refusal is not None
    assert refusal.params == {
        "step": "prepare", "where": "line:3", "part": "", "what": "id_number", "masked": "35*************238",
        "count": 2,
    }  # fmt: skip
