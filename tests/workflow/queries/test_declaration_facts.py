"""What a unit is to a case; facts as a whole are tried by every command."""

from types import SimpleNamespace

import pytest

from services.workflow.domain.programme_rules import RELATIVE_UNITS, Body
from services.workflow.domain.stages import Role
from services.workflow.queries.declaration_facts import UNIT_FIELDS, names_of, unit_of

CASE = SimpleNamespace(unit_id=1, parent_id=None, town_id=3, district_id=4)


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        (1, ("x", "subject")),
        (3, ("x", "subject.town")),
        (4, ("x", "subject.district")),
        (9, ("x",)),
        (None, ("x",)),
    ],
)
def test_a_unit_goes_by_its_code_and_by_what_it_is_to_the_subject(
    unit: int | None, names: tuple[str, ...]
) -> None:
    assert names_of(unit, "x", CASE) == names


def test_every_relative_unit_is_a_column_of_the_case() -> None:
    assert tuple(UNIT_FIELDS) == RELATIVE_UNITS
    assert [unit_of(Body(Role.TOWN, name), CASE, {}) for name in UNIT_FIELDS] == [1, None, 3, 4]
