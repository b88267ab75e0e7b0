"""Every step of a declaration, at every place, tried by one of each kind of people, against a table written by hand.

What is not in the table is refused. Rows are tried by the command itself, and taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import all_steps
from tests.workflow import cast
from tests.workflow.cast import VETO, District, take, take_many

# Where a case stands: the codes of the cast's cases, and one under an open veto that waits for the town.
PLACES = (
    "begun", "draft", "returned", "preliminary", "vetoed", "clearance", "in_round", "joint_review", "confirmation",
    "assessment", "vote", "decision", "notice", "listed", "naming", "held",
)  # fmt: skip
# Who tries: the case's own people first, then those of others.
PEOPLE = {
    "declarant": "", "other declarant": "guiyuan", "town": "songxi", "other town": "guihua", "office": "office",
    "committee": "committee1", "leading group": "leading-group", "police": "dep-police", "health": "dep-health",
    "urban": "dep-urban", "investigator": "investigator", "system admin": "system-admin",
    "security admin": "security-admin", "audit admin": "audit-admin", "north office": "north-office",
    "north town": "north-town", "system": "-",
}  # fmt: skip
# step: place (several places by a bar) = who may (several by a comma).
TABLE = """
submit:       draft = declarant
resubmit:     returned = declarant
take_back:    preliminary = declarant
withdraw:     begun|draft|returned|preliminary|vetoed|clearance|in_round|joint_review|confirmation = declarant
withdraw:     assessment|vote|decision = declarant
hand_over:    begun|draft|returned|preliminary|vetoed|clearance|in_round|joint_review|confirmation = declarant
hand_over:    assessment|vote|decision|notice|listed|naming = declarant
return:       preliminary = town; confirmation|decision = committee; clearance|in_round|joint_review = office
return:       assessment|vote = office
endorse:      preliminary = town
decline:      preliminary = town; confirmation = committee; clearance|joint_review = office
confirm:      confirmation = committee
decide:       decision = committee
pass_over:    assessment|vote = office; decision = committee
confer:       naming = office
raise_veto:   returned|preliminary|clearance|in_round|joint_review|confirmation = police, health
raise_veto:   assessment|vote|decision|notice|listed|naming = police, health; vetoed = health
lift_veto:    vetoed = police
disqualify:   vetoed = committee
hold:         notice|listed|naming = system
free:         notice|listed|naming = system
open_notice:  listed = system
"""
GROUNDS = {"police": "public_security", "health": "family_planning"}


def table() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for line in TABLE.strip().splitlines():
        step, _, cells = line.partition(":")
        for cell in cells.split(";"):
            places, _, who = cell.partition("=")
            for place in places.split("|"):
                found.setdefault((step, place.strip()), set()).update(w.strip() for w in who.split(","))
    return found


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tries(d: District, step: str, who: str) -> dict[str, str]:
    """What each place answers: "done", or the code of the refusal."""
    fields: dict[str, object] = {"to": d.people["begun2"].person} if step == "hand_over" else {}
    if step == "raise_veto":
        fields = {**VETO, "ground": GROUNDS.get(who, VETO["ground"])}
    if who == "declarant":
        return {place: one(d, step, place, d.people[place]) for place in PLACES if place != "vetoed"} | {
            "vetoed": one(d, step, "vetoed", d.people["idle"])
        }
    by = SYSTEM if who == "system" else d.people[PEOPLE[who]]
    numbers = {d.cases[place]: place for place in PLACES}
    with taken_back():
        try:
            rows = take_many(step, numbers, by, **fields)
        except Refused as refused:
            return dict.fromkeys(PLACES, refused.code)
        return {numbers[row["case"]]: "done" if row["ok"] else row["code"] for row in rows}
    raise AssertionError


def one(d: District, step: str, place: str, by: Actor) -> str:
    with taken_back():
        try:
            more = {"to": cast.colleague(by).person} if step == "hand_over" else {}
            take("declaration", d.cases[place], step, by, reason="说明", **more)
        except Refused as refused:
            return refused.code
        return "done"
    raise AssertionError


@pytest.fixture
def veto(d: District) -> District:
    d.cases["vetoed"] = cast.file(d, "idle")
    take("declaration", d.cases["vetoed"], "raise_veto", d.people["dep-police"], reason="函告", **VETO)
    return d


def test_what_is_not_in_the_table_is_refused(veto: District) -> None:
    steps = [step for step in all_steps(Declaration) if step != "change_version"]
    wanted, codes = table(), set()
    found: dict[tuple[str, str], set[str]] = {}

    for step in steps:
        for who in PEOPLE:
            for place, answer in tries(veto, step, who).items():
                codes.add(answer)
                if answer == "done":
                    found.setdefault((step, place), set()).add(who)

    differing = {cell for cell in wanted.keys() | found.keys() if wanted.get(cell) != found.get(cell)}
    assert [(cell, wanted.get(cell), found.get(cell)) for cell in sorted(differing)] == []
    cells = len(steps) * len(PEOPLE) * len(PLACES)
    print(
        f"{cells} cells: {sum(len(who) for who in found.values())} open, the others refused by {len(codes) - 1} codes"
    )
