"""Who acts: one person in one office, their own or one they stand in for, or the system."""

from dataclasses import dataclass

SYSTEM_ROLE = "system"


@dataclass(frozen=True)
class Actor:
    """A person in the office they act in. `unit_code` is the unit's stable code, `unit_id` its key.

    Where the office is another's, `stands_for` is its holder (called `stands_for_name`): a deputy acts on their behalf.
    """

    member_id: int | None
    office_id: int | None
    role: str
    unit_id: int | None = None
    unit_code: str = ""
    town_id: int | None = None
    district_id: int | None = None
    name: str = ""
    unit_name: str = ""
    stands_for: int | None = None
    stands_for_name: str = ""

    @property
    def office(self) -> int:
        """The office of a person; the system has none, and nothing that needs one is the system's to do."""
        assert self.office_id is not None
        return self.office_id

    @property
    def seat(self) -> "Seat":
        """The role and unit that the person acts in, whoever holds it."""
        return Seat(self.role, self.unit_id)

    @property
    def person(self) -> int:
        """Whoever acts; the system is nobody, and keeps nothing of its own."""
        assert self.member_id is not None
        return self.member_id

    @property
    def holder(self) -> int | None:
        """Whose work it is: the holder of the office, which a deputy only stands in for."""
        return self.stands_for or self.member_id

    def has(self, assignee_id: int | None) -> bool:
        """Whether work that was given to this person, or to nobody, is theirs to take up here."""
        return assignee_id in {None, self.member_id, self.holder}

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
