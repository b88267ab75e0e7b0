"""One edition of the simulation, from the first declaration to the last naming."""

import json
import random
import sys
import time
from datetime import UTC, datetime

import django

django.setup()

from services.workflow.management.simulation.acting import Play, set_clock  # noqa: E402  # app ready
from services.workflow.management.simulation.edition_year import EditionYear  # noqa: E402  # app ready
from services.workflow.management.simulation.running import FIRST_YEAR  # noqa: E402  # app ready
from services.workflow.management.simulation.world import build  # noqa: E402  # app ready
from services.workflow.models import Declaration, Honour  # noqa: E402  # app ready

SEED = 7


def main(units: int) -> None:
    begins = datetime(FIRST_YEAR, 1, 4, 1, tzinfo=UTC)
    set_clock(begins)
    play = Play(build(units, begins), random.Random(SEED))
    began = time.perf_counter()
    for day, _, act in EditionYear(play, FIRST_YEAR).agenda():
        play.move_to(day)
        act()
    taken = time.perf_counter() - began
    declared = Declaration.objects.exclude(filed_at=None).count()
    print(json.dumps({"seconds": taken, "declared": declared, "named": Honour.objects.count()}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
