"""Bodies, relative and absolute; the other rules are values, tried by what reads them."""

import pytest

from services.workflow.domain.programme_rules import RELATIVE_UNITS, Body
from services.workflow.domain.stages import Role


@pytest.mark.parametrize("unit", RELATIVE_UNITS)
def test_a_body_may_stand_relative_to_the_subject(unit: str) -> None:
    assert Body(Role.TOWN, unit).is_relative


@pytest.mark.parametrize("unit", ["songxi", "subject.office", "subjects", ""])
def test_any_other_is_a_unit_of_its_own(unit: str) -> None:
    assert not Body(Role.TOWN, unit).is_relative
