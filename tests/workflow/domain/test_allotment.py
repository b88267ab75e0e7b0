from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from services.workflow.domain.allotment import Allotment, Sort, pool_of, quota_left, town_left, town_numbers
from services.workflow.domain.programme import Track
from services.workflow.domain.programme_rules import CompositionRule, Quota, QuotaKind, TownQuota
from services.workflow.domain.stages import UnitKind
from tests.workflow.domain.samples import DEFINITION

MAIN, TOWNS, PEOPLE = Sort("", "community", ""), Sort("towns", "town", ""), Sort("people", "person", "cadre")
OWN = Quota(QuotaKind.MAXIMUM, 2)
WHOLE = replace(
    DEFINITION,
    tracks=(
        Track("towns", "街镇", (UnitKind.TOWN,)),
        Track("people", "个人", (UnitKind.PERSON,), quota=OWN, pass_mark=Decimal(80)),
    ),
)


@pytest.mark.parametrize(
    ("track", "shared"), [("", {"", "towns"}), ("towns", {"", "towns"}), ("people", {"people"})]
)
def test_a_track_with_its_own_quota_stands_alone(track: str, shared: set[str]) -> None:
    assert pool_of(WHOLE, track) == shared


@pytest.mark.parametrize(
    ("quota", "left"),
    [
        (Quota(QuotaKind.MAXIMUM, 5), 2),
        (Quota(QuotaKind.EXACT, 3), 0),
        (Quota(QuotaKind.MINIMUM, 5), None),
        (Quota(), None),
    ],
)
def test_what_is_left_of_a_quota(quota: Quota, left: int | None) -> None:
    decided = {MAIN: 2, TOWNS: 1, PEOPLE: 7}

    assert quota_left(quota, pool_of(WHOLE, ""), decided) == left


def test_each_decision_counts_for_the_next() -> None:
    rule = CompositionRule("干部", categories=("cadre",), share=Fraction(1, 5))
    others = Sort("people", "person", "worker")
    allotment = Allotment(PEOPLE, pool_of(WHOLE, "people"), {others: 4})

    found = [
        (one.left(OWN), one.over_composed([rule])) for one in (allotment, allotment.with_more({PEOPLE: 1}))
    ]

    assert found == [(-2, ""), (-3, "干部")]


@pytest.mark.parametrize(("town", "left"), [(1, 1), (2, None), (None, None)])
def test_a_town_has_the_places_that_are_named_for_it(town: int | None, left: int | None) -> None:
    numbers = town_numbers(Quota(towns=(TownQuota("songxi", 3), TownQuota("lost", 1))), {"songxi": 1})

    assert (numbers, town_left(numbers, town, [1, 1])) == ({1: 3}, left)
