"""A specimen of a declaration: unsaved, with made-up units and people, for trying a definition in memory."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from services.workflow.domain.actor import SYSTEM, Actor, Seat
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.facts import DeclarationFacts
from services.workflow.domain.placing import Place, place_of
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import RELATIVE_UNITS, Body, CountersignRule, VoteRule
from services.workflow.domain.route import organiser_of
from services.workflow.domain.scoring import Score, Verdict, judge, total
from services.workflow.domain.stages import Mode, Role
from services.workflow.domain.standard import Criterion, Indicator, Standard
from services.workflow.domain.tally import count, countersign_passes
from services.workflow.models import Declaration

MOMENT = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
WEEKDAYS = Calendar(frozenset(), frozenset(), dt.date(2027, 12, 31))
MEMBERS = 3  # so many sit in every body that votes
FIRST_MEMBER, FIRST_OFFICE, FIRST_UNIT = 1000, 2000, 10


@dataclass(frozen=True, slots=True)
class Position:
    """Where a specimen stands: its stage, its leg, and the leg that asked for a correction."""

    stage: str
    leg: int
    return_leg: int | None = None


def without_gaps(standard: Standard) -> Standard:
    """The standard with a made-up point for everything that is open, so that a specimen can be scored by it."""
    return replace(standard, indicators=tuple(map(_filled, standard.indicators)))


def _filled(indicator: Indicator) -> Indicator:
    if not indicator.gap:
        return indicator
    lines = indicator.criteria or (Criterion(f"{indicator.code}.x", indicator.name),)
    valued = (replace(line, points=line.points or Decimal(1)) for line in lines)
    return replace(indicator, criteria=tuple(valued), gap=False)


@dataclass(frozen=True)
class Specimen:
    """One definition, resolved for a kind and category of subject, with everybody who may come to a case."""

    definition: Definition

    @cached_property
    def unit_ids(self) -> dict[str, int]:
        """Made-up keys of every unit that the definition names, the relative ones too."""
        named = [body.unit for body in self.definition.bodies()]
        owners = [ground.owner for ground in self.definition.veto_grounds]
        codes = dict.fromkeys((*RELATIVE_UNITS, *named, *owners))
        return {code: FIRST_UNIT + n for n, code in enumerate(codes)}

    @cached_property
    def people(self) -> tuple[Actor, ...]:
        """One person for each body, the unit's own first, the system last."""
        grounds = (Body(Role.DEPARTMENT, ground.owner) for ground in self.definition.veto_grounds)
        own = Body(Role.DECLARANT, RELATIVE_UNITS[0])
        bodies = dict.fromkeys((own, *self.definition.bodies(), *grounds))
        return (*(self._person(n, body) for n, body in enumerate(bodies)), SYSTEM)

    def _person(self, n: int, body: Body) -> Actor:
        unit = self.unit_ids[body.unit]
        return Actor(FIRST_MEMBER + n, FIRST_OFFICE + n, body.role, unit, body.unit, name=body.unit)

    def place(self, position: Position, facts: DeclarationFacts) -> Place:
        """Whom a case waits for at a position, by the rules that place real ones."""
        return place_of(self.at(position, facts, Place()), moved=True, calendar=WEEKDAYS)

    def at(self, position: Position, facts: DeclarationFacts, place: Place) -> Any:
        """The unsaved row at a position; nothing is read or written."""
        ids = self.unit_ids
        case: Any = Declaration(
            id=1,
            unit_id=ids["subject"],
            applicant_id=ids["subject"],
            town_id=ids["subject.town"],
            district_id=ids["subject.district"],
            office_unit_id=ids[self.definition.host.unit],
            office_role=str(self.definition.host.role),
            stage=position.stage,
            leg=position.leg,
            return_leg=position.return_leg,
            waiting_role=place.role,
            waiting_unit_id=place.unit_id,
        )
        case.facts = facts
        return case

    def seat(self, body: Body) -> Seat:
        """A body of the definition as facts name it."""
        return Seat(str(body.role), self.unit_ids[body.unit])

    def facts(self, leg: int, **changes: Any) -> DeclarationFacts:
        """What speaks for the case at a leg: complete, in time, carried, full marks, its notice closed."""
        definition, ids = self.definition, self.unit_ids
        favourable: dict[str, Any] = {
            "last_step": "submit",
            "within_window": True,
            "round": self.carried(definition.legs[leg], in_favour=True),
            "verdict": self.passed,
            "notice": "closed",
            "own": self.passed,
        }
        return DeclarationFacts(
            now=MOMENT,
            definition=definition,
            bodies={n: ids[each.body.unit] for n, each in enumerate(definition.legs)},
            organisers={
                n: self.seat(organiser_of(definition, each)) for n, each in enumerate(definition.legs)
            },
            host=self.seat(definition.host),
            decider=self.seat(definition.decided_by),
            **{**favourable, **changes},
        )

    @cached_property
    def passed(self) -> Verdict:
        """The verdict on full marks, by the rules of the standard."""
        return self._verdict({line.code: Score(line.points) for line in self.definition.standard.criteria})

    @cached_property
    def failed(self) -> Verdict:
        """The verdict where every criterion has nothing."""
        return self._verdict({line.code: Score(Decimal(0)) for line in self.definition.standard.criteria})

    @cached_property
    def unscored(self) -> Verdict:
        """The verdict before anybody has scored."""
        return self._verdict({})

    def _verdict(self, scores: Mapping[str, Score]) -> Verdict:
        return judge(total(self.definition.standard, scores), vetoes=(), pass_mark=self.definition.pass_mark)

    def carried(self, leg: Leg, *, in_favour: bool) -> str:
        """How a round of this leg comes out when everybody is for it, or nobody is; counted by the rules."""
        agreed = MEMBERS if in_favour else 0
        if leg.mode is Mode.VOTE:
            result = count(
                agreed, MEMBERS - agreed, 0, entitled=MEMBERS, recused=0, rule=leg.vote or VoteRule()
            )
            return "carried" if result.carried else "not_carried"
        if leg.mode is Mode.COUNTERSIGN:
            asked = len(leg.bodies)
            yes = asked if in_favour else 0
            passes = countersign_passes(yes, asked - yes, asked, leg.countersign or CountersignRule())
            return "carried" if passes else "not_carried"
        return "carried" if in_favour else "not_carried"
