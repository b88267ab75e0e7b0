"""10,000 due at once after a long stop: each fired once."""

from collections.abc import Iterator

from bench.decision import inside
from bench.district import fill
from bench.place import Place
from bench.row import Row, at_most

DUE = 10_000


def rows(place: Place) -> Iterator[Row]:
    url = place.database("timers", demo=True)
    fill(url, DUE)
    found = inside(place, url, "timers", str(DUE))
    assert found["rows"] == found["fired"] >= DUE, found
    yield at_most("timers", found["seconds"], 5, "s", due=found["fired"], workers=1)
