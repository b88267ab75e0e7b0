"""The demo district has every body that the shipped programmes ask for, and someone in each."""

import pytest

from services.workflow.management.demo import OTHERS, REFERENCE, shipped
from services.workflow.management.demo_cast import CATEGORIES, SEATS, UNITS

KINDS = {code: kind for code, _, kind, _ in UNITS}
HELD = {(seat.role, seat.unit) for seat in SEATS}


@pytest.mark.parametrize("code", [REFERENCE, *OTHERS])
def test_every_unit_and_body_of_a_programme_is_there(code: str) -> None:
    definition = shipped(code)
    legs = [*definition.legs, *(leg for track in definition.tracks for leg in track.legs)]
    bodies = [body for leg in legs for body in (leg.body, *leg.bodies)]

    assert definition.gaps == ()
    assert {unit.code: unit.kind for unit in definition.units} == {
        unit.code: KINDS.get(unit.code) for unit in definition.units
    }
    assert [b for b in bodies if not b.is_relative and (b.role, b.unit) not in HELD] == []


def test_nobody_in_the_demo_holds_two_offices_and_categories_name_units() -> None:
    assert len({seat.username for seat in SEATS}) == len(SEATS)
    assert set(CATEGORIES) <= set(KINDS)
