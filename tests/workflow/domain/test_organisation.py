"""Who stands above whom, and whom a relative body means."""

import pytest

from services.workflow.domain.organisation import Organisation, OrganisedUnit
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Role
from tests.workflow.domain.organisations import ORGANISATION


def test_what_stands_above_a_unit_comes_nearest_first() -> None:
    assert [unit.code for unit in ORGANISATION.above("wang")] == ["tingquan", "songxi", "yunling", "city"]
    assert list(ORGANISATION.above("nobody")) == []


def test_a_scope_holds_itself_and_everything_below() -> None:
    assert [unit.code for unit in ORGANISATION.within("songxi")] == ["songxi", "tingquan", "wang"]


@pytest.mark.parametrize(
    ("unit", "meant"),
    [
        ("subject", "wang"),
        ("subject.parent", "tingquan"),
        ("subject.town", "songxi"),
        ("subject.district", "yunling"),
        ("office", "office"),
        ("nobody", None),
    ],
)
def test_a_body_means_a_unit_of_the_subject(unit: str, meant: str | None) -> None:
    found = ORGANISATION.resolved(Body(Role.TOWN, unit), ORGANISATION.by_code["wang"])

    assert (found.code if found else None) == meant


def test_a_town_has_no_town_above_it() -> None:
    town = ORGANISATION.by_code["songxi"]

    assert ORGANISATION.resolved(Body(Role.TOWN, "subject.town"), town) is None


def test_people_are_counted_by_role() -> None:
    office = Body(Role.OFFICE, "office")

    assert [ORGANISATION.holders(office, unit) for unit in ("office", "committee", "nobody")] == [2, 0, 0]


def test_subjects_are_the_units_of_a_kind_in_scope() -> None:
    subjects = ORGANISATION.subjects("yunling", ["community", "person"])

    assert [unit.code for unit in subjects] == ["meiyuan", "tingquan", "wang"]


def test_a_tree_that_goes_round_ends() -> None:
    round_tree = Organisation((OrganisedUnit("a", "甲", "town", "b"), OrganisedUnit("b", "乙", "town", "a")))

    assert [unit.code for unit in round_tree.above("a")] == ["b"]
