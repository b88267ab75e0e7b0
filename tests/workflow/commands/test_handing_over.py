from functools import partial
from typing import Any

import pytest

from services.workflow.models import Declaration, LedgerEntry
from services.workflow.queries.history import verify_ledgers
from services.workflow.queries.side_acts import in_charge_of
from tests.workflow import cast, contract
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal, refused


def given(d: District, who: str, to: str, case: str = "begun", reason: str = "调离") -> Any:
    member = d.people[to].person
    return cast.take("declaration", d.cases[case], "hand_over", d.people[who], reason=reason, to=member)


def in_charge(d: District) -> str:
    member = in_charge_of(d.cases["begun"])
    return member.username if member else ""


def test_another_person_of_the_unit_takes_it_over_and_is_told(d: District) -> None:
    first, before = in_charge(d), contract.last_event()

    given(d, "begun", "begun2")

    told = [frame["topic"] for frame in contract.frames_since(before)]
    assert (first, in_charge(d)) == ("begun", "begun2")
    assert f"user:{d.people['begun2'].person}" in told and contract.faults_since(before) == []


def test_it_is_an_entry_of_the_chain_that_names_the_successor(d: District) -> None:
    given(d, "begun", "begun2")

    entry = LedgerEntry.objects.select_related("reason").filter(case_id=d.cases["begun"]).latest("seq")
    assert (entry.step, entry.source, entry.target) == ("hand_over", "draft", "draft")
    assert entry.reason.text == "→ begun2 (begun2)：调离"
    assert verify_ledgers().flaws == ()


def test_it_stays_where_it_is_and_may_still_be_taken_back(d: District) -> None:
    before = Declaration.objects.get(pk=d.cases["preliminary"])
    cast.take(
        "declaration", before.pk, "hand_over", d.people["preliminary"],
        reason="调离", to=cast.colleague(d.people["preliminary"]).person,
    )  # fmt: skip
    after = Declaration.objects.get(pk=before.pk)
    place = (before.stage, before.leg, before.waiting_unit_id, before.due_at, before.version + 1)
    assert (after.stage, after.leg, after.waiting_unit_id, after.due_at, after.version) == place

    cast.take("declaration", before.pk, "take_back", d.people["preliminary"])

    assert Declaration.objects.get(pk=before.pk).stage == "draft"


@pytest.mark.parametrize(
    ("who", "to", "reason", "code"),
    [("begun", "idle", "调离", "hand_over.not_of_unit"), ("begun", "begun2", " ", "reason.missing"),
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
    assert refusal(partial(given, d, "begun", "begun2")) == "step.out_of_order"


def test_a_body_that_sees_the_case_does_not_hand_it_over(d: District) -> None:
    assert refusal(given, d, "songxi", "preliminary", case="preliminary") == "step.not_yours"
