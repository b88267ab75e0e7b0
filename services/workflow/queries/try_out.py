"""A specimen run through every outcome of a definition, in memory, by the machine that real cases obey.

From every position that it can come to, each step is asked of everybody, once with everything in favour and
once in each adverse situation. Nothing is saved, no transaction is open.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.allotment import Places
from services.workflow.domain.placing import Place
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import ANY_DAY
from services.workflow.domain.resolving import MAIN_TRACK, kinds_on, resolved
from services.workflow.domain.stages import ENDED, Mode, Stage
from services.workflow.domain.windows import WINDOWS, OutsideWindow, Period
from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import all_steps, take, why_not
from services.workflow.queries.specimen import Position, Specimen, without_gaps

NOT_YOURS = "step.not_yours"
NOT_HERE = {"step.out_of_order", "step.not_on_this_leg"}
FAVOURABLE = "favourable"
START = Position(str(Stage.DRAFT), 0)
# Who answers for a case is no matter of its route.
STEPS = tuple(step for step in all_steps(Declaration) if step != "hand_over")
RETURN = "return"
Act = tuple[str, int | None]  # a step, and for a return the leg that the case is to go back to
Tried = tuple[str, Position | None, str]  # the actor, where it leads, the refusal


@dataclass(frozen=True)
class TriedStep:
    """One row of the table. `to` is empty where the step was refused, `refusal` where it was taken.

    A case that was returned to the unit stands at the leg that asked.
    """

    track: str
    category: str
    leg: str
    stage: str
    situation: str
    step: str
    actor: str  # role and unit
    to: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class TriedOut:
    """Everything a definition came to; `ends` are the stages that the cases of each variant ended in."""

    steps: tuple[TriedStep, ...]
    ends: dict[tuple[str, str], frozenset[str]]

    @property
    def unnamed(self) -> tuple[tuple[str, str], ...]:
        """Tracks and categories of which no case is ever named."""
        return tuple(variant for variant, ends in self.ends.items() if Stage.NAMED not in ends)


def tried_out(definition: Definition) -> TriedOut:
    """Runs a specimen of every track and category."""
    steps: list[TriedStep] = []
    ends = {}
    for track, category, own in _variants(definition):
        tried = _Run(track, category, Specimen(replace(own, standard=without_gaps(own.standard))))
        steps.extend(tried.rows())
        ends[track, category] = frozenset(tried.ends)
    return TriedOut(tuple(steps), ends)


def _variants(definition: Definition) -> Iterator[tuple[str, str, Definition]]:
    categories = [category.code for category in definition.categories] or [""]
    for key in (MAIN_TRACK, *(track.key for track in definition.tracks)):
        for kind in kinds_on(definition, key)[:1]:
            for category in categories:
                yield key, category, resolved(definition, kind=kind, category=category)


class _Run:
    """One variant, position by position."""

    def __init__(self, track: str, category: str, specimen: Specimen) -> None:
        self.track, self.category, self.specimen = track, category, specimen
        self.ends: set[str] = set()
        self.waiting = [START]
        self.seen = {START}

    def rows(self) -> Iterator[TriedStep]:
        for position in self.waiting:  # grows while it is read
            usual = self._all_asked(position, {})
            yield from (self._row(position, FAVOURABLE, act, tried) for act, tried in usual.items())
            for situation, changes in self._adverse(position):
                for act, tried in self._all_asked(position, changes).items():
                    if tried != usual.get(act):
                        yield self._row(position, situation, act, tried)

    def _all_asked(self, position: Position, changes: dict[str, Any]) -> dict[Act, Tried]:
        """Each step of this place, asked of everybody."""
        facts = self.specimen.facts(position.leg, **changes)
        place = self.specimen.place(position, facts)
        case = self.specimen.at(position, facts, place)
        found: dict[Act, Tried] = {}
        for act in self._acts(position):
            case.returned_to = act[1]
            if tried := self._asked(position, act, case, place):
                found[act] = tried
        return found

    def _acts(self, position: Position) -> Iterator[Act]:
        """Every step; the return once for each leg that the rule lets the case go back to."""
        legs = self.specimen.definition.legs
        choices: tuple[int | None, ...] = (None,)
        if position.leg < len(legs) and legs[position.leg].return_to:
            choices = self.specimen.facts(position.leg).may_return_to(position.leg)
        for step in STEPS:
            yield from ((step, choice) for choice in (choices if step == RETURN else (None,)))

    def _asked(self, position: Position, act: Act, case: Any, place: Place) -> Tried | None:
        """(actor, where it leads, refusal) of the first who may take a step, else of the first who may ask;
        None where it is no step of this place.
        """
        step, chosen = act
        refused: Tried | None = None
        for actor in self.specimen.people:
            refusal = why_not(case, step, actor)
            if refusal is None:
                moved = self.specimen.at(position, case.facts, place)
                moved.returned_to = chosen
                take(moved, step, actor)
                to = Position(str(moved.stage), moved.leg, moved.return_leg)
                self._reach(to)
                return _name(actor), to, ""
            if refusal.code in NOT_HERE:
                return None
            if refusal.code != NOT_YOURS and refused is None:
                refused = (_name(actor), None, refusal.code)
        return refused

    def _reach(self, position: Position) -> None:
        if position.stage in ENDED:
            self.ends.add(position.stage)
        elif position not in self.seen:
            self.seen.add(position)
            self.waiting.append(position)

    def _row(self, position: Position, situation: str, act: Act, tried: Tried) -> TriedStep:
        legs = self.specimen.definition.legs
        actor, to, refusal = tried
        led, asked = "", position.return_leg if position.stage == Stage.RETURNED else None
        if to:
            open_leg = to.stage not in {*ENDED, Stage.RETURNED} and to.leg < len(legs)
            led = f"{to.stage}/{legs[to.leg].key}" if open_leg else to.stage
        return TriedStep(
            self.track,
            self.category,
            legs[position.leg if asked is None else asked].key,
            position.stage,
            situation,
            act[0],
            actor,
            led,
            refusal,
        )

    def _adverse(self, position: Position) -> Iterator[tuple[str, dict[str, Any]]]:
        """What may stand against a case at a position."""
        definition = self.specimen.definition
        leg = definition.legs[position.leg]
        if position.stage in {Stage.DRAFT, Stage.RETURNED}:
            yield "incomplete", {"gaps": 1}
        if position.stage == Stage.DRAFT:
            yield from self._before_filing()
        yield from self._of_own_check(leg)
        yield from self._outside_window(position.stage)
        if position.stage == Stage.EVALUATION:
            yield from self._before_deciding()
        if leg.mode not in {Mode.SINGLE, Mode.NOTICE}:
            yield "round_open", {"round": "open"}
            yield "round_lost", {"round": self.specimen.carried(leg, in_favour=False)}
        if position.stage == Stage.NOTICE:
            yield "notice_running", {"notice": "released"}
            yield "objection_sustained", {"sustained_objections": 1}
        if position.stage in {Stage.NOTICE, Stage.NAMING}:
            yield "objection_open", {"open_objections": 1}
        samples = frozenset(n for n, each in enumerate(definition.legs) if each.sample_percent is not None)
        if position.leg + 1 in samples:
            yield "not_drawn", {"skipped": samples}
        if definition.veto_grounds:
            yield "vetoed", {"open_vetoes": (definition.veto_grounds[0].code,)}

    def _outside_window(self, stage: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Acting on a day that lies outside the window of evaluating or naming."""
        name = WINDOWS.get(stage, "")
        window = getattr(self.specimen.definition, name, ANY_DAY)
        if window.opens or window.closes:
            yield "outside_window", {"outside": OutsideWindow(name, window.outside, Period())}

    def _of_own_check(self, leg: Leg) -> Iterator[tuple[str, dict[str, Any]]]:
        if leg.own_check:
            yield "own_not_scored", {"own": self.specimen.unscored}
        if leg.pass_mark is not None:
            yield "own_below_mark", {"own": self.specimen.failed}

    def _before_filing(self) -> Iterator[tuple[str, dict[str, Any]]]:
        definition = self.specimen.definition
        yield "outside_window", {"within_window": False}
        yield "title_held", {"title_held": True}
        if definition.ladder:
            yield "ladder_unmet", {"ladder_unmet": definition.ladder}
        if definition.negative_list:
            yield "negative_list", {"incidents": (definition.negative_list[0].code,)}

    def _before_deciding(self) -> Iterator[tuple[str, dict[str, Any]]]:
        definition = self.specimen.definition
        yield "not_scored", {"verdict": self.specimen.unscored}
        yield "below_mark", {"verdict": self.specimen.failed}
        if definition.quota.number is not None:
            yield "quota_used", {"places": Places(quota_left=0)}
            yield "higher_rank_waits", {"places": Places(higher=frozenset({0}))}
        if definition.composition:
            yield "over_composed", {"places": Places(over_composed=definition.composition[0].name)}


def _name(actor: Actor) -> str:
    return f"{actor.role}@{actor.unit_code}" if actor.unit_code else actor.role
