from types import SimpleNamespace
from typing import Any

import pytest

from services.workflow.domain.topics import public_payload, topics_of

UNIT, TOWN, DISTRICT, OFFICE, BODY, BEFORE = 1, 2, 3, 4, 5, 6


def case(kind: str = "declaration", place: str = "eligibility", **parts: Any) -> Any:
    row = {
        "pk": 9, "KIND": kind, "unit_id": UNIT, "town_id": TOWN, "district_id": DISTRICT, "office_unit_id": OFFICE,
        "waiting_unit_id": BODY, "assignee_id": None, "stage": place, "status": place, "withheld": False,
    }  # fmt: skip
    return SimpleNamespace(**{**row, **parts})


def test_a_change_is_heard_by_the_unit_every_body_above_and_whoever_had_it_or_gets_it() -> None:
    assert topics_of(case(), waited_before=BEFORE) == [
        "case:9", "unit:1", "unit:2", "unit:3", "unit:4", "unit:5", "unit:6",
    ]  # fmt: skip


def test_a_draft_is_its_units_own_affair() -> None:
    draft = case(place="draft", waiting_unit_id=UNIT)

    assert topics_of(draft, waited_before=UNIT) == ["case:9", "unit:1"]


def test_a_declaration_taken_back_is_heard_of_where_it_lay() -> None:
    draft = case(place="draft", waiting_unit_id=UNIT)

    assert "unit:2" in topics_of(draft, waited_before=TOWN)


def test_a_person_in_charge_hears_of_it_by_name() -> None:
    assert topics_of(case("objection", "investigating", assignee_id=77), waited_before=None)[-1] == "user:77"


def test_the_unit_that_acted_hears_it_but_not_who_looks_into_an_objection() -> None:
    assert "unit:7" in topics_of(case(), waited_before=BEFORE, acting=7)
    assert "unit:7" not in topics_of(case("objection", "investigating"), waited_before=None, acting=7)


def test_a_unit_is_named_once() -> None:
    found = topics_of(case(waiting_unit_id=OFFICE, town_id=None), waited_before=OFFICE)

    assert found == ["case:9", "unit:1", "unit:3", "unit:4"]


@pytest.mark.parametrize("status", ["released", "suspended", "closed", "taken_down"])
def test_anybody_hears_of_a_notice_that_is_or_was_out(status: str) -> None:
    notice = case("notice", status)

    assert topics_of(notice, waited_before=None)[-2:] == ["public:notice", "public:notice:9"]
    assert public_payload(notice) == {"notice": 9, "status": status}


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("notice", "draft"),
        ("notice", "prepared"),
        ("declaration", "named"),
        ("objection", "closed"),
        ("honour", "revoked"),
    ],
)
def test_nothing_else_is_public(kind: str, place: str) -> None:
    row = case(kind, place)

    assert public_payload(row) is None
    assert not [topic for topic in topics_of(row, waited_before=None) if topic.startswith("public")]


@pytest.mark.parametrize("step", ["hold", "free"])
def test_that_somebody_objected_is_for_those_who_may_read_it(step: str) -> None:
    assert topics_of(case(place="notice"), waited_before=BEFORE, step=step) == ["unit:4"]


def test_nobody_hears_of_a_notice_that_runs_without_the_public() -> None:
    notice = case("notice", "released", withheld=True)

    assert public_payload(notice) is None
    assert [topic for topic in topics_of(notice, waited_before=None) if topic.startswith("public")] == []
