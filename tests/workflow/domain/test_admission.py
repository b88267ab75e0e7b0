"""What admission was asked for, and the caps."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.admission import changed_parts, is_inside_cycle, is_new_in, yearly_cap
from services.workflow.domain.programme import Track
from services.workflow.domain.programme_rules import Admission, Body, Quota, QuotaKind
from services.workflow.domain.stages import Role, UnitKind
from tests.workflow.domain.samples import DEFINITION, STANDARD


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({}, ()),
        ({"summary": "改过", "pass_mark": Decimal(80), "legal_basis": ("文件",)}, ()),
        ({"name": "新名"}, ("name",)),
        ({"host": Body(Role.OFFICE, "other")}, ("host",)),
        ({"cycle_months": 24}, ("cycle",)),
        ({"scope": "north"}, ("scope",)),
        ({"subject_kinds": (UnitKind.TOWN,)}, ("scope",)),
        ({"quota": Quota(QuotaKind.MAXIMUM, 20)}, ("quota",)),
        ({"standard": replace(STANDARD, decimals=1)}, ("standard",)),
        ({"admission": Admission(reward="每个一万元")}, ("standard",)),
        ({"admission": Admission(participants=600)}, ()),
        (
            {"tracks": (Track("towns", "街镇", (UnitKind.TOWN,), quota=Quota(QuotaKind.EXACT, 1)),)},
            ("quota", "standard"),
        ),
        (
            {"name": "新名", "cycle_months": 24, "quota": Quota(QuotaKind.EXACT, 1)},
            ("name", "cycle", "quota"),
        ),
    ],
)
def test_the_parts_whose_change_asks_for_admission_again(changes: dict[str, Any], parts: tuple[str]) -> None:
    assert changed_parts(DEFINITION, replace(DEFINITION, **changes)) == parts


@pytest.mark.parametrize(("kind", "cap"), [("district", 1), ("city", 2), ("town", None), ("", None)])
def test_each_level_of_government_has_its_cap(kind: str, cap: int | None) -> None:
    assert yearly_cap(kind) == cap


@pytest.mark.parametrize(
    ("first_year", "own", "new"),
    [
        (None, False, True),
        (2026, False, True),
        (2025, False, False),
        (2003, False, False),
        (None, True, False),
    ],
)
def test_what_has_run_since_before_or_is_a_units_own_is_not_new(
    first_year: int | None, own: bool, new: bool
) -> None:
    definition = replace(DEFINITION, first_year=first_year, own_programme=own)

    assert is_new_in(definition, 2026) is new


@pytest.mark.parametrize(
    ("cycle", "year", "earlier", "inside"),
    [(12, 2027, 2026, False), (24, 2027, 2026, True), (24, 2028, 2026, False), (24, 2025, 2026, True)],
)
def test_a_programme_runs_once_in_its_cycle(cycle: int, year: int, earlier: int, inside: bool) -> None:
    assert is_inside_cycle(replace(DEFINITION, cycle_months=cycle), year, earlier) is inside
