"""A person in an office, and the seat that a body of the definition is for one case."""

import pytest

from services.workflow.domain.actor import NOBODY, SYSTEM, Actor, Seat

TOWN = Actor(1, 2, "town", 3, "songxi")


@pytest.mark.parametrize(
    ("seat", "held"),
    [
        (Seat("town", 3), True),
        (Seat("town", 4), False),
        (Seat("office", 3), False),
        (Seat("town", None), False),
        (NOBODY, False),
    ],
)
def test_a_seat_is_held_by_role_and_unit_together(seat: Seat, held: bool) -> None:
    assert seat.is_held_by(TOWN) is held


def test_a_seat_without_a_unit_is_held_by_nobody_not_even_by_one_without() -> None:
    assert not Seat("system", None).is_held_by(SYSTEM)


def test_the_system_holds_no_office() -> None:
    assert (SYSTEM.is_system, TOWN.is_system, TOWN.office) == (True, False, 2)
    with pytest.raises(AssertionError):
        _ = SYSTEM.office
