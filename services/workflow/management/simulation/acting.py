"""What everybody in a simulation does with: the clock, the dice, the commands, and what was refused."""

import random
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from services.workflow.commands.due import BATCH, fire_due
from services.workflow.commands.steps import take_step, take_steps
from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import start_of_day
from services.workflow.domain.refused import Refused
from services.workflow.management.simulation.world import World

MORNING = timedelta(hours=9)
CENT = Decimal("0.01")


@dataclass
class Play:
    """One run: `quality` is how well a community works, which drifts from year to year."""

    world: World
    dice: random.Random
    refused: Counter[str] = field(default_factory=Counter)
    quality: dict[int, Decimal] = field(default_factory=dict)
    today: date = date.min

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def move_to(self, day: date) -> None:
        """Nine in the morning of that day by the one clock; what has fallen due by then happens first."""
        self.today = day
        set_clock(start_of_day(day) + MORNING)
        while fire_due(most=BATCH) == BATCH:
            pass

    def act(self, kind: str, case: int, step: str, by: Actor, reason: str = "", **fields: Any) -> bool:
        """One step by its command; a refusal is counted under its code."""
        try:
            take_step(kind, case, step, by=by, key=uuid.uuid4(), reason=reason, fields=fields)
        except Refused as refusal:
            self.refused[refusal.code] += 1
            return False
        return True

    def act_on(self, cases: Sequence[int], step: str, by: Actor, reason: str = "") -> list[int]:
        """One step on many declarations; those that were refused."""
        if not cases:
            return []
        rows = [{"case": case} for case in cases]
        answer = take_steps("declaration", step, rows, by=by, key=uuid.uuid4(), reason=reason, fields={})
        left = [result for result in answer["results"] if not result["ok"]]
        self.refused.update(result["code"] for result in left)
        return [result["case"] for result in left]

    def share_of(self, unit: int) -> Decimal:
        """The share of the points that a community earns on this occasion."""
        ground = self.quality.setdefault(unit, Decimal(str(round(self.dice.uniform(0.88, 1.0), 3))))
        swing = Decimal(str(round(self.dice.uniform(-0.03, 0.03), 3)))
        return max(Decimal("0.5"), min(Decimal(1), ground + swing))

    def points(self, most: Decimal, share: Decimal) -> str:
        return str((most * share).quantize(CENT))

    def drift(self) -> None:
        """A year goes by: most work as before, some slide, some pick up."""
        for unit in sorted(self.quality):
            change = Decimal(str(round(self.dice.gauss(0, 0.02), 3)))
            self.quality[unit] = max(Decimal("0.7"), min(Decimal(1), self.quality[unit] + change))


def set_clock(moment: datetime) -> None:
    """The one clock of this database says this from now on; it is the simulation's own database."""
    with connection.cursor() as cursor:
        cursor.execute('UPDATE demo_clock SET "offset" = %s - now()', [moment])
