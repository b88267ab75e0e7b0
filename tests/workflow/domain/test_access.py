"""Whose step it is, by plain values."""

from types import SimpleNamespace
from typing import Any

import pytest

from services.workflow.domain import access
from services.workflow.domain.actor import SYSTEM, Actor, Seat
from services.workflow.domain.programme_rules import VetoGround

ME, OFFICE_HELD, UNIT, ELSEWHERE = 1, 10, 100, 999


def person(role: str, unit: int = UNIT, **parts: Any) -> Actor:
    return Actor(ME, OFFICE_HELD, role, unit, **parts)


def case(**parts: Any) -> Any:
    definition = SimpleNamespace(veto_grounds=(VetoGround("public_security", "治安", "dep-police"),))
    facts = {
        "definition": definition, "organiser": Seat("office", UNIT), "host": Seat("office", 77), "acted": {},
        "decider": Seat("committee", UNIT), "reviewer": Seat("office", UNIT), "proposer": Seat("town", UNIT),
    }  # fmt: skip
    row = {
        "unit_id": ELSEWHERE, "waiting_role": "", "waiting_unit_id": None, "assignee_id": None, "leg": 2,
        "district_id": 7, "host_id": UNIT, "office_role": "office", "office_unit_id": UNIT,
        "proposer_unit_id": None, "prepared_by_member": None,
    }  # fmt: skip
    in_round = parts.pop("in_round", False)
    facts |= {name: parts.pop(name) for name in list(parts) if name in facts}
    facts["organiser_at"] = lambda leg, seat=facts["organiser"]: seat
    facts["in_round_leg"] = lambda leg: in_round
    return SimpleNamespace(**{**row, **parts}, facts=SimpleNamespace(**facts))


WAITING = {"waiting_role": "office", "waiting_unit_id": UNIT}
# predicate, the case, who may, who may not
EXPECTED: list[tuple[str, dict[str, Any], list[Actor], list[Actor]]] = [
    (
        "is_declarant",
        {"unit_id": UNIT},
        [person("declarant")],
        [person("declarant", 5), person("town"), SYSTEM],
    ),
    (
        "is_waiting_body",
        WAITING,
        [person("office")],
        [person("office", 5), person("town"), person("committee"), SYSTEM],
    ),
    ("is_waiting_body", WAITING | {"assignee_id": ME}, [person("office")], []),
    ("is_waiting_body", WAITING | {"assignee_id": 2}, [], [person("office")]),
    ("is_waiting_body", {}, [], [person("office"), person(""), Actor(ME, OFFICE_HELD, "", None), SYSTEM]),
    ("is_system", {}, [SYSTEM], [person("office"), person("system_admin")]),
    (
        "is_reviewing_body",
        {"in_round": True},
        [person("office")],
        [person("office", 5), person("committee"), SYSTEM],
    ),
    ("is_reviewing_body", {"in_round": False}, [], [person("office"), SYSTEM]),
    (
        "is_reviewing_body",
        {**WAITING, "organiser": Seat("office", 5)},
        [person("office")],
        [person("office", 5)],
    ),
    (
        "is_organiser",
        {},
        [person("office"), person("office", 77)],
        [person("office", 5), person("committee"), person("town", 77), SYSTEM],
    ),
    ("is_organiser", {"organiser": Seat("town", UNIT)}, [person("town")], [person("office"), SYSTEM]),
    (
        "is_decider",
        {"decider": Seat("leading_group", 4)},
        [person("leading_group", 4)],
        [person("committee", 4)],
    ),
    ("is_decider", {"decider": Seat("committee", None)}, [], [Actor(ME, OFFICE_HELD, "committee", None)]),
    ("is_proposer", {}, [person("town")], [person("town", 5), person("office"), SYSTEM]),
    (
        "is_ground_owner",
        {},
        [person("department", unit_code="dep-police")],
        [person("department", unit_code="dep-org"), person("investigator", unit_code="dep-police"), SYSTEM],
    ),
    ("is_decider", {}, [person("committee")], [person("committee", 5), person("office"), SYSTEM]),
    ("is_reviewer", {}, [person("office")], [person("office", 5), person("committee"), SYSTEM]),
    ("is_reviewer_or_system", {}, [person("office"), SYSTEM], [person("office", 5), person("town")]),
    (
        "is_decider_or_reviewer",
        {},
        [person("office"), person("committee")],
        [person("office", 5), person("town"), SYSTEM],
    ),
    ("is_decider_but_not_proposer", {}, [person("committee")], [person("office"), SYSTEM]),
    ("is_decider_but_not_proposer", {"proposer_unit_id": UNIT}, [], [person("committee")]),
    (
        "is_second_person",
        WAITING | {"prepared_by_member": 2},
        [person("office")],
        [person("office", 5), SYSTEM],
    ),
    ("is_second_person", WAITING | {"prepared_by_member": ME}, [], [person("office")]),
    (
        "is_office",
        {"office_role": "town"},
        [person("town")],
        [person("town", 5), person("office"), SYSTEM],
    ),
    (
        "is_office_or_system",
        {},
        [person("office"), SYSTEM],
        [person("office", 5, district_id=7), person("committee")],
    ),
    ("is_of_own_unit", {"unit_id": UNIT}, [person("town")], [person("town", 5), SYSTEM]),
    ("is_of_own_unit", {"unit_id": None}, [], [person("town"), SYSTEM]),
    (
        "is_admitting_body",
        {"admitting_unit_id": 4},
        [person("leading_group", 4)],
        [person("leading_group"), person("office", 4), SYSTEM],
    ),
    ("is_host", {}, [person("office")], [person("office", 5), person("committee"), SYSTEM]),
    ("is_host", {"office_role": "town"}, [person("town")], [person("office"), SYSTEM]),
    ("acted_in_another_office", {"acted": {ME: frozenset({Seat("office", 11)})}}, [person("town")], [SYSTEM]),
    ("acted_in_another_office", {"acted": {ME: frozenset({Seat("town", UNIT)})}}, [], [person("town")]),
    (
        "acted_in_another_office",
        {"acted": {ME: frozenset({Seat("town", UNIT), Seat("office", 11)})}},
        [person("town")],
        [],
    ),
    (
        "acted_in_another_office",
        {"acted": {2: frozenset({Seat("office", 11)})}},
        [],
        [person("town"), SYSTEM],
    ),
]


@pytest.mark.parametrize(("name", "row", "may", "may_not"), EXPECTED)
def test_whose_step_it_is(name: str, row: dict[str, Any], may: list[Actor], may_not: list[Actor]) -> None:
    predicate = getattr(access, name)

    found = [predicate(case(**row), actor) for actor in (*may, *may_not)]

    assert found == [True] * len(may) + [False] * len(may_not)


def test_a_case_that_is_no_units_is_nobodys_own() -> None:
    """A notice concerns many units; it has no unit of its own."""
    assert not access.is_of_own_unit(SimpleNamespace(), person("office"))


def test_the_table_speaks_of_every_predicate() -> None:
    written = {
        name
        for name in vars(access)
        if name.startswith(("is_", "acted_")) and getattr(access, name).__module__ == access.__name__
    }

    assert written == {name for name, *_ in EXPECTED}
