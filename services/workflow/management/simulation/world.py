"""The district that is simulated: the demo's bodies, any number of communities, the reference programme."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from services.workflow.commands.clock import load_invented_years
from services.workflow.commands.programmes import publish_version
from services.workflow.commands.steps import take_step
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import NegativeRule, Quota, QuotaKind
from services.workflow.domain.stages import UnitKind
from services.workflow.management.demo import REFERENCE, shipped
from services.workflow.management.demo_cast import SEATS, UNITS
from services.workflow.models import Member, Office, Unit
from services.workflow.queries.rights import actor_of

BODIES = ("city", "district", "committee", "department", "leading_group", "town")
INCIDENT = "safety"
# Of all communities, so many may be named in one edition; of titles that expire together, so many are renewed.
NAMED_SHARE, RENEWED_SHARE = Fraction(2, 5), Fraction(9, 10)
TERM_YEARS, BAN_YEARS, OBJECTIONS = 6, 3, 2
YEARS_AHEAD = 8


@dataclass(frozen=True)
class World:
    """`clerks` maps a community to whoever declares for it; `people` are the bodies' by user name."""

    programme: int
    definition: Definition
    people: Mapping[str, Actor]
    clerks: Mapping[int, Actor]
    by_member: Mapping[int, Actor]

    def leg(self, key: str) -> int:
        return next(number for number, leg in enumerate(self.definition.legs) if leg.key == key)


def build(units: int, begins: datetime) -> World:
    """Fill an empty database: so many communities, an admitted programme, a calendar for the years to come."""
    load_invented_years(begins.year + YEARS_AHEAD)
    rows = _bodies()
    towns = [unit for unit in rows.values() if unit.kind == UnitKind.TOWN]
    communities = Unit.objects.bulk_create(
        Unit(
            code=f"community-{n:05d}",
            name=f"示例社区{n:05d}",
            kind=UnitKind.COMMUNITY,
            parent=towns[n % len(towns)],
            town=towns[n % len(towns)],
            district=towns[n % len(towns)].district,
            pinyin=f"shi li {n:05d}",
        )
        for n in range(1, units + 1)
    )
    seats = [
        (s.username, s.name, s.role, rows[s.unit]) for s in SEATS if s.unit in rows and s.role != "declarant"
    ]
    _seat(
        [*seats, *((unit.code, f"示例申报员{unit.code[-5:]}", "declarant", unit) for unit in communities)],
        begins,
    )
    actors = {
        o.member.username: actor_of(o) for o in Office.objects.select_related("unit", "member").order_by("pk")
    }
    definition = _definition(units)
    programme: int = publish_version(definition, by=SYSTEM, key=None)["programme"]
    take_step("programme", programme, "propose", by=actors["office"], key=uuid.uuid4())
    take_step("programme", programme, "admit", by=actors["leading-group"], key=uuid.uuid4())
    clerks = {unit.pk: actors[unit.code] for unit in communities}
    return World(programme, definition, actors, clerks, {by.person: by for by in actors.values()})


def _bodies() -> dict[str, Unit]:
    rows: dict[str, Unit] = {}
    for code, name, kind, parent in UNITS:
        if kind not in BODIES:
            continue
        above = rows.get(parent)
        unit = rows[code] = Unit.objects.create(code=code, name=name, kind=kind, parent=above, pinyin=code)
        unit.town = unit if kind == UnitKind.TOWN else None
        unit.district = unit if kind == UnitKind.DISTRICT else above.district if above else None
        unit.save(update_fields=["town", "district"])
    return rows


def _seat(seats: list[tuple[str, str, str, Unit]], since: datetime) -> None:
    """Nobody can log in as them: they have no password."""
    members = Member.objects.bulk_create(Member(username=s[0], name=s[1], password="!") for s in seats)
    Office.objects.bulk_create(
        Office(member=member, unit=unit, role=role, name=name, since=since)
        for member, (_, name, role, unit) in zip(members, seats, strict=True)
    )


def _definition(units: int) -> Definition:
    """The reference programme with its example standard, stricter supervision, and one file of evidence wanted.

    Thirty files for each of a thousand declarations would try the disk, and no rule of supervision.
    """
    definition = shipped(REFERENCE)
    standard = definition.standard
    first = next(criterion.code for criterion in standard.criteria if criterion.evidence)
    indicators = tuple(
        replace(
            each,
            criteria=tuple(
                line if line.code == first else replace(line, evidence=()) for line in each.criteria
            ),
        )
        for each in standard.indicators
    )
    supervision = replace(
        definition.supervision,
        term_years=TERM_YEARS,
        ban_years=BAN_YEARS,
        renewed_share=RENEWED_SHARE,
        review_objections=OBJECTIONS,
    )
    return replace(
        definition,
        standard=replace(standard, indicators=indicators),
        supervision=supervision,
        quota=Quota(QuotaKind.MAXIMUM, max(1, int(units * NAMED_SHARE))),
        negative_list=(NegativeRule(INCIDENT, "安全事故", "dep-police", 12),),
        summary="仿真用：在参考项目上加了名额、期限、禁报年限与负面清单。",
    )
