"""Workbooks of 5,000 rows: units, people and a standard taken over, and one that comes back with faults marked."""

from collections.abc import Iterator

from bench.decision import inside
from bench.place import Place
from bench.row import Row, at_most

ROWS = 5_000
MOST_S = 5.0


def rows(place: Place) -> Iterator[Row]:
    found = inside(place, place.database("imports", demo=True), "imports", str(ROWS))
    for name, seconds in found.items():
        yield at_most(f"extra.import_{name}", seconds, MOST_S, "s", rows=ROWS, fsync="on")
