"""Who may come to a case, as values: no database is asked."""

import datetime as dt
from dataclasses import replace
from typing import Any

from services.workflow.domain.actor import SYSTEM, Actor, Seat
from services.workflow.domain.facts import DeclarationFacts, HonourFacts
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import judge, total
from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import take
from tests.workflow.cast import DEFINITION, LEGS
from tests.workflow.domain.samples import full_marks

AT = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
UNIT, OTHER_UNIT, TOWN, OTHER_TOWN, OFFICE, COMMITTEE, LEADING, POLICE, ORG, NORTH, DISTRICT = range(1, 12)


def actor(role: str, unit: int, code: str = "", district: int = DISTRICT) -> Actor:
    """Member and office share the number of their unit, plus 100 and 200."""
    return Actor(unit + 100, unit + 200, role, unit, code, district_id=district)


PEOPLE = {
    "declarant": actor("declarant", UNIT),
    "other_declarant": actor("declarant", OTHER_UNIT),
    "town": actor("town", TOWN),
    "other_town": actor("town", OTHER_TOWN),
    "office": actor("office", OFFICE, "office"),
    "north_office": actor("office", NORTH, "north-office", district=99),
    "committee": actor("committee", COMMITTEE),
    "leading_group": actor("leading_group", LEADING),
    "owner": actor("department", POLICE, "dep-police"),
    "department": actor("department", ORG, "dep-org"),
    "investigator": actor("investigator", POLICE, "dep-police"),
    "system_admin": actor("system_admin", OFFICE, "office"),
    "system": SYSTEM,
}
PASSED = judge(total(DEFINITION.standard, full_marks()), vetoes=(), pass_mark=DEFINITION.pass_mark)
WAITS = {
    "declare": ("declarant", UNIT),
    "preliminary": ("town", TOWN),
    "confirmation": ("committee", COMMITTEE),
    "decision": ("committee", COMMITTEE),
}


def declaration_facts(**changes: Any) -> DeclarationFacts:
    """Everything in favour of the case: complete, in time, carried, scored, its notice closed."""
    facts = DeclarationFacts(
        now=AT,
        last_step="submit",
        definition=DEFINITION,
        bodies=dict.fromkeys(range(10), OFFICE),
        host=Seat("office", OFFICE),
        decider=Seat("committee", COMMITTEE),
        within_window=True,
        round="carried",
        verdict=PASSED,
        notice="closed",
    )
    return replace(facts, **changes)


def declaration(place: str, **changes: Any) -> Any:
    """A case at a leg ("clearance"), returned from one ("returned"), or ended ("named"); facts are changed by name."""
    leg = LEGS.get(place)
    case: Any = Declaration(
        id=1,
        version=3,
        unit_id=UNIT,
        applicant_id=UNIT,
        town_id=TOWN,
        district_id=DISTRICT,
        office_unit_id=OFFICE,
        leg=0 if leg is None else leg,
        stage=place if leg is None else str(DEFINITION.legs[leg].stage),
        return_leg=LEGS["clearance"] if place == "returned" else None,
    )
    if leg is not None or place == "returned":
        case.waiting_role, case.waiting_unit_id = WAITS.get(
            "declare" if place == "returned" else place, ("office", OFFICE)
        )
    case.facts = declaration_facts(**changes)
    return case


def honour_facts(**changes: Any) -> HonourFacts:
    facts = HonourFacts(
        now=AT, definition=DEFINITION, reviewer=Seat("office", OFFICE), proposer=Seat("office", OFFICE),
        decider=Seat("committee", COMMITTEE), verdict=PASSED,
        rectification="rejected", term_ended=True,
    )  # fmt: skip
    return replace(facts, **changes)


def outcome(case: Any, step: str, by: Actor) -> str:
    """Where the step leads ("returned/0"), or the code it is refused with."""
    try:
        take(case, step, by)
    except Refused as refused:
        return refused.code
    return case.place if case.leg is None else f"{case.place}/{case.leg}"


def read(table: str) -> dict[tuple[str, str, str], str]:
    """{(place, step, who): outcome} of a table written line by line: place, then step who outcome, and so on."""
    found = {}
    for line in table.strip().splitlines():
        place, *cells = line.split()
        for cell in range(0, len(cells), 3):
            step, who, result = cells[cell : cell + 3]
            found[place, step, who] = result
    return found
