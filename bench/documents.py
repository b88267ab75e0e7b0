"""A hundred documents as PDF/A-2b: certificates, and joint decisions with a list of thirty units."""

import os
from collections.abc import Iterator

from bench.decision import inside
from bench.place import Place
from bench.row import Row, at_most

NUMBER, MOST_S, PRESSES = 100, 3, 2


def rows(place: Place) -> Iterator[Row]:
    cores = sorted({place.server_core, place.client_core})
    for kind in ("certificate", "decision"):
        found = inside(place, "", "documents", kind, str(NUMBER))
        # Pinned to one core; the product takes all there are, so two of them need half the processor time each.
        yield at_most(
            "documents", found["cpu"] / min(PRESSES, len(cores)), MOST_S, "s on two cores", documents=NUMBER, kind=kind,
            cpu_s=round(found["cpu"], 2), by_the_clock_on_one_core=round(found["seconds"], 2), cores=os.cpu_count(),
        )  # fmt: skip
