"""Whom a case waits for at its new place, and what falls due there; the calendar is given."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from services.workflow.domain.actor import Seat
from services.workflow.domain.calendar import Calendar, end_of_day, start_of_day
from services.workflow.domain.placing import DueWork, Place, place_of, rearms
from tests.workflow.domain.samples import DEFINITION

MONDAY = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
CALENDAR = Calendar(frozenset({dt.date(2026, 3, 4)}), frozenset({dt.date(2026, 3, 7)}), dt.date(2026, 12, 31))
UNIT, TOWN, OFFICE, COMMITTEE, POLICE, LEADING = 1, 3, 5, 6, 7, 8
REVIEWER, DECIDER = Seat("office", OFFICE), Seat("committee", COMMITTEE)


def within(days: int, last: str, kind: str = "leg") -> DueWork:
    return DueWork(
        kind, end_of_day(dt.date.fromisoformat(last)), inputs={"from": "2026-03-02", "working_days": days}
    )


def declaration(stage: str, leg: int, **parts: Any) -> Any:
    facts = {
        "now": MONDAY, "open_vetoes": (), "decider": DECIDER, "organiser": REVIEWER, "legs": DEFINITION.legs,
        "in_round_leg": lambda index: index == 2, "round": "", "notice": "", "sustained_objections": 0,
        "bodies": {1: TOWN, 3: OFFICE, 4: OFFICE},
    }  # fmt: skip
    facts |= {name: parts.pop(name) for name in list(parts) if name in facts}
    facts["organiser_at"] = lambda leg, seat=facts["organiser"]: seat
    row = {"KIND": "declaration", "stage": stage, "leg": leg, "unit_id": UNIT, "paused_days": None}
    return SimpleNamespace(**{**row, **parts}, facts=SimpleNamespace(**facts))


ASKING = tuple(replace(leg, correct_days=5) for leg in DEFINITION.legs)
# The holiday of Wednesday the 4th moves a count on, the make-up Saturday of the 7th brings it back.
ASSESSMENT = within(20, "2026-03-30")
DECLARATIONS = [
    ("draft", 0, {}, True, Place("declarant", UNIT)),
    ("returned", 0, {"return_leg": None}, True, Place("declarant", UNIT)),
    ("returned", 0, {"return_leg": 1}, True, Place("declarant", UNIT)),
    (
        "returned",
        0,
        {"return_leg": 2, "legs": ASKING},
        True,
        Place("declarant", UNIT, within(5, "2026-03-09")),
    ),
    (
        "returned",
        0,
        {"return_leg": 2, "legs": ASKING, "paused_days": 1},
        False,
        Place("declarant", UNIT, within(1, "2026-03-03")),
    ),
    ("preliminary_review", 1, {}, True, Place("town", TOWN, within(10, "2026-03-16"))),
    ("preliminary_review", 1, {"paused_days": 3}, False, Place("town", TOWN, within(3, "2026-03-06"))),
    ("preliminary_review", 1, {"paused_days": 0}, False, Place("town", TOWN, within(0, "2026-03-02"))),
    ("preliminary_review", 1, {"open_vetoes": ("a",)}, False, Place("committee", COMMITTEE)),
    ("evaluation", 2, {}, True, Place("office", OFFICE, ASSESSMENT)),
    ("evaluation", 2, {"organiser": Seat("town", TOWN)}, True, Place("town", TOWN, ASSESSMENT)),
    ("evaluation", 2, {"round": "open"}, True, Place("office", OFFICE, ASSESSMENT)),
    ("evaluation", 2, {"round": "open"}, False, Place("round", None, ASSESSMENT)),
    ("evaluation", 2, {"round": "not_carried"}, False, Place("office", OFFICE, ASSESSMENT)),
    ("notice", 3, {}, True, Place("office", OFFICE)),
    ("notice", 3, {"notice": "released"}, False, Place("", None)),
    ("notice", 3, {"notice": "draft"}, False, Place("office", OFFICE)),
    ("notice", 3, {"notice": "closed", "sustained_objections": 1}, False, Place("committee", COMMITTEE)),
    ("naming", 4, {}, True, Place("office", OFFICE, within(10, "2026-03-16"))),
    *(
        (stage, 4, {"open_vetoes": ("a",)}, True, Place())
        for stage in ("named", "withdrawn", "declined", "disqualified")
    ),
]


@pytest.mark.parametrize(("stage", "leg", "parts", "moved", "expected"), DECLARATIONS)
def test_where_a_declaration_waits(
    stage: str, leg: int, parts: dict[str, Any], moved: bool, expected: Place
) -> None:
    assert place_of(declaration(stage, leg, **parts), moved=moved, calendar=CALENDAR) == expected


def test_a_due_day_past_the_known_calendar_is_provisional() -> None:
    short = Calendar(frozenset(), frozenset(), dt.date(2026, 3, 10))

    due = place_of(declaration("preliminary_review", 1), moved=True, calendar=short).due

    assert due == DueWork(
        "leg", end_of_day(dt.date(2026, 3, 16)), True, inputs={"from": "2026-03-02", "working_days": 10}
    )


def row(kind: str, status: str, **parts: Any) -> Any:
    facts = {
        "now": MONDAY, "definition": DEFINITION, "reviewer": REVIEWER, "proposer": REVIEWER, "decider": DECIDER,
        "rectification": "", "term_ends_on": None,
        "end_is_provisional": False,
    }  # fmt: skip
    facts |= {name: parts.pop(name) for name in list(parts) if name in facts}
    values = {
        "KIND": kind, "status": status, "unit_id": UNIT, "office_unit_id": OFFICE, "office_role": "office",
        "host_id": OFFICE,
        "admitting_unit_id": LEADING, "investigator_unit_id": POLICE, "next_rereview_on": dt.date(2028, 3, 2),
        "ends_at": end_of_day(dt.date(2026, 3, 9)), "deadline_on": dt.date(2026, 6, 1),
        "plaque_returned_on": None, "shown_days": None,
    }  # fmt: skip
    return SimpleNamespace(**{**values, **parts}, facts=SimpleNamespace(**facts))


TERM_END = DueWork("term_end", start_of_day(dt.date(2028, 3, 1)))
REREVIEW = DueWork("rereview", start_of_day(dt.date(2028, 3, 2)))
DEADLINE = DueWork("deadline", end_of_day(dt.date(2026, 6, 1)))
OTHERS = [
    ("honour", "held", {}, Place("", None, REREVIEW)),
    ("honour", "warned", {}, Place("office", OFFICE, REREVIEW)),
    ("honour", "under_review", {}, Place("office", OFFICE, within(20, "2026-03-30"))),
    ("honour", "rectifying", {}, Place()),
    (
        "honour",
        "rectifying",
        {"rectification": "rejected"},
        Place("office", OFFICE, within(10, "2026-03-16")),
    ),
    ("honour", "revocation_proposed", {}, Place("committee", COMMITTEE, within(20, "2026-03-30"))),
    ("honour", "revoked", {}, Place("office", OFFICE, within(10, "2026-03-16"))),
    ("honour", "lapsed", {}, Place("office", OFFICE, within(10, "2026-03-16"))),
    (
        "honour",
        "relinquished",
        {"reviewer": Seat("town", TOWN)},
        Place("town", TOWN, within(10, "2026-03-16")),
    ),
    ("honour", "revoked", {"plaque_returned_on": dt.date(2026, 3, 2)}, Place()),
    ("notice", "draft", {}, Place("office", OFFICE)),
    ("notice", "draft", {"office_role": "town", "office_unit_id": TOWN}, Place("town", TOWN)),
    ("honour", "held", {"term_ends_on": dt.date(2028, 3, 1)}, Place("", None, TERM_END)),
    ("honour", "held", {"term_ends_on": dt.date(2028, 3, 2)}, Place("", None, REREVIEW)),
    ("honour", "warned", {"reviewer": Seat("town", TOWN)}, Place("town", TOWN, REREVIEW)),
    (
        "honour",
        "rectifying",
        {"rectification": "rejected", "proposer": Seat("town", TOWN)},
        Place("town", TOWN, within(10, "2026-03-16")),
    ),
    ("notice", "prepared", {}, Place("office", OFFICE)),
    ("notice", "suspended", {}, Place("office", OFFICE)),
    ("notice", "released", {}, Place("", None, DueWork("notice_end", end_of_day(dt.date(2026, 3, 9))))),
    ("notice", "closed", {}, Place()),
    (
        "notice",
        "closed",
        {"shown_days": 20},
        Place("", None, DueWork("take_down", end_of_day(dt.date(2026, 3, 22)), inputs={"shown_days": 20})),
    ),
    ("notice", "taken_down", {}, Place()),
    ("objection", "lodged", {}, Place("office", OFFICE, within(2, "2026-03-05"))),
    ("objection", "investigating", {}, Place("investigator", POLICE, within(10, "2026-03-16"))),
    ("objection", "found", {}, Place("office", OFFICE, within(5, "2026-03-09"))),
    ("objection", "replied", {}, Place()),
    ("rectification", "ordered", {}, Place("declarant", UNIT, DEADLINE)),
    ("rectification", "planned", {}, Place("declarant", UNIT, DEADLINE)),
    ("rectification", "reported", {}, Place("office", OFFICE, within(10, "2026-03-16"))),
    ("rectification", "accepted", {}, Place()),
    ("programme", "draft", {}, Place("office", OFFICE)),
    ("programme", "proposed", {}, Place("leading_group", LEADING, within(10, "2026-03-16"))),
    ("programme", "admitted", {}, Place()),
]


@pytest.mark.parametrize(("kind", "status", "parts", "expected"), OTHERS)
def test_where_a_case_of_another_kind_waits(
    kind: str, status: str, parts: dict[str, Any], expected: Place
) -> None:
    assert place_of(row(kind, status, **parts), moved=True, calendar=CALENDAR) == expected


@pytest.mark.parametrize(
    ("step", "moved", "expected"),
    [
        ("endorse", True, True), ("raise_veto", False, True), ("lift_veto", False, True), ("extend", False, True),
        ("hold", False, False), ("free", False, False), ("open_notice", False, False),
    ],
)  # fmt: skip
def test_which_steps_arm_the_clock_anew(step: str, moved: bool, expected: bool) -> None:
    assert rearms(step, moved=moved) is expected
