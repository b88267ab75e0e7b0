"""An organisation as plain values: units with their place in the tree and the roles people hold in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from services.workflow.domain.programme_rules import PARENT, SUBJECT, Body
from services.workflow.domain.stages import UnitKind


@dataclass(frozen=True)
class OrganisedUnit:
    """A unit; `roles` says how many people hold each role in it today."""

    code: str
    name: str
    kind: str
    parent: str = ""  # code of the unit directly above
    roles: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Organisation:
    """All units of an organisation tree."""

    units: tuple[OrganisedUnit, ...]

    @cached_property
    def by_code(self) -> dict[str, OrganisedUnit]:
        return {unit.code: unit for unit in self.units}

    def above(self, code: str) -> Iterator[OrganisedUnit]:
        """The units above one, the nearest first; a tree that goes round ends where it began."""
        seen = {code}
        unit = self.by_code.get(code)
        while unit and unit.parent and unit.parent not in seen:
            seen.add(unit.parent)
            unit = self.by_code.get(unit.parent)
            if unit:
                yield unit

    def within(self, scope: str) -> Iterator[OrganisedUnit]:
        """The unit itself and everything below it."""
        for unit in self.units:
            if unit.code == scope or any(higher.code == scope for higher in self.above(unit.code)):
                yield unit

    def holders(self, body: Body, unit: str) -> int:
        """How many people hold a body's role in a unit."""
        found = self.by_code.get(unit)
        return found.roles.get(body.role, 0) if found else 0

    def resolved(self, body: Body, subject: OrganisedUnit) -> OrganisedUnit | None:
        """The unit that a body means for a subject; None where there is none."""
        if not body.is_relative:
            return self.by_code.get(body.unit)
        if body.unit == SUBJECT:
            return subject
        if body.unit == PARENT:
            return self.by_code.get(subject.parent)
        kind = UnitKind.TOWN if body.unit == "subject.town" else UnitKind.DISTRICT
        return next((unit for unit in self.above(subject.code) if unit.kind == kind), None)

    def subjects(self, scope: str, kinds: Iterable[str]) -> list[OrganisedUnit]:
        """The units of some kinds in which a programme runs, by code."""
        wanted = set(kinds)
        return sorted((u for u in self.within(scope) if u.kind in wanted), key=lambda unit: unit.code)
