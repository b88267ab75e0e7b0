"""Who acts: one person in one office, or the system."""

from dataclasses import dataclass

SYSTEM_ROLE = "system"


@dataclass(frozen=True)
class Actor:
    """A person in the office they act in. `unit_code` is the unit's stable code, `unit_id` its key."""

    member_id: int | None
    office_id: int | None
    role: str
    unit_id: int | None = None
    unit_code: str = ""
    town_id: int | None = None
    district_id: int | None = None
    name: str = ""
    unit_name: str = ""

    @property
    def office(self) -> int:
        """The office of a person; the system has none, and nothing that needs one is the system's to do."""
        assert self.office_id is not None
        return self.office_id

    @property
    def is_system(self) -> bool:
        return self.role == SYSTEM_ROLE


@dataclass(frozen=True)
class Seat:
    """A role in a unit, as the definition names it for one case; nobody holds a seat without a unit."""

    role: str = ""
    unit_id: int | None = None

    def is_held_by(self, actor: Actor) -> bool:
        return self.unit_id is not None and (actor.role, actor.unit_id) == (self.role, self.unit_id)


NOBODY = Seat()
SYSTEM = Actor(member_id=None, office_id=None, role=SYSTEM_ROLE)
