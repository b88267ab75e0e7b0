"""A run: the weeks of all years in their order, with the acts of each edition on their days."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from services.workflow.domain.calendar import start_of_day
from services.workflow.management.simulation.acting import MORNING, Play, set_clock
from services.workflow.management.simulation.edition_year import Agenda, EditionYear
from services.workflow.management.simulation.honour_weeks import HonourWeek
from services.workflow.management.simulation.world import build

FIRST_YEAR = 2027
WEEK = timedelta(days=7)
Shown = Callable[[float, str], None]


@dataclass(frozen=True)
class Scenario:
    years: int
    units: int
    seed: int

    @property
    def begins(self) -> date:
        return date(FIRST_YEAR, 1, 4)

    @property
    def ends(self) -> date:
        return date(FIRST_YEAR + self.years, 1, 1)


def play(scenario: Scenario, shown: Shown) -> Play:
    """Play all years in the database at hand, which has to be empty; `shown` hears how far it is."""
    moment = start_of_day(scenario.begins) + MORNING
    set_clock(moment)
    run = Play(build(scenario.units, moment), random.Random(scenario.seed))
    supervision = HonourWeek(run)
    for day, words, act in _days(run, scenario, supervision):
        if run.today != day:
            run.move_to(day)
        act()
        shown((day - scenario.begins) / (scenario.ends - scenario.begins), f"{day} {words}")
    run.move_to(scenario.ends)
    shown(1, f"{scenario.ends}")
    return run


def _days(run: Play, scenario: Scenario, supervision: HonourWeek) -> Agenda:
    """Every act of every edition, and a week of supervision on each Monday, by day."""
    found: Agenda = []
    for year in range(FIRST_YEAR, FIRST_YEAR + scenario.years):
        found.append((date(year, 1, 4), "开年", run.drift))
        found += EditionYear(run, year).agenda()
    monday = scenario.begins - timedelta(days=scenario.begins.weekday())
    while (monday := monday + WEEK) < scenario.ends:
        found.append((monday, "动态管理", supervision.work))
    return sorted(found, key=lambda entry: entry[0])
