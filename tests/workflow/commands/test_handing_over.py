from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.handing_over import hand_over
from services.workflow.models import SideAct
from services.workflow.queries.side_acts import in_charge_of
from tests.workflow import cast, contract
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal, refused


def given(d: District, who: str, to: str, case: str = "begun", reason: str = "调离") -> Any:
    return hand_over(d.cases[case], to=d.people[to].person, reason=reason, by=d.people[who], key=uuid4())


def in_charge(d: District) -> str:
    member = in_charge_of(d.cases["begun"])
    return member.username if member else ""


def test_another_person_of_the_unit_takes_it_over_and_is_told(d: District) -> None:
    first, before = in_charge(d), contract.last_event()

    given(d, "begun", "begun2")

    told = [frame["topic"] for frame in contract.frames_since(before)]
    assert (first, in_charge(d)) == ("begun", "begun2")
    assert f"user:{d.people['begun2'].person}" in told and contract.faults_since(before) == []
    assert SideAct.objects.get(kind="hand_over").text == "调离"


@pytest.mark.parametrize(
    ("who", "to", "reason", "code"),
    [("begun", "idle", "调离", "hand_over.not_of_unit"), ("begun", "begun2", " ", "field.missing"),
     ("songxi", "begun2", "调离", "case.not_found"), ("idle", "begun2", "调离", "case.not_found")],
)  # fmt: skip
def test_only_the_unit_hands_it_over_within_itself_and_says_why(
    d: District, who: str, to: str, reason: str, code: str
) -> None:
    assert refusal(given, d, who, to, reason=reason) == code


def test_not_to_whoever_has_it_nor_after_the_end(d: District) -> None:
    same = refused(given, d, "begun2", "begun")
    cast.take("declaration", d.cases["begun"], "withdraw", d.people["begun"], reason="不再申报")

    assert (same.code, same.params) == ("hand_over.same", {"name": "begun"})
    assert refusal(partial(given, d, "begun", "begun2")) == "hand_over.ended"


def test_a_body_that_sees_the_case_does_not_hand_it_over(d: District) -> None:
    assert refusal(given, d, "songxi", "preliminary", case="preliminary") == "step.not_yours"
