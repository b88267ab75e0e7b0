"""A year's load: declarations a minute through all stages, and a step among a hundred times as many cases."""

from collections.abc import Iterator

from bench.decision import inside
from bench.district import fill
from bench.place import Place
from bench.row import Row, beside

FEW, MANY, TAKEN = 1_000, 100_000, 400
UNITS = 150


def rows(place: Place) -> Iterator[Row]:
    played = inside(place, place.database("year"), "edition", str(UNITS))
    a_minute = 60 * played["declared"] / played["seconds"]
    told: dict[str, object] = {
        "units": UNITS,
        "declared": int(played["declared"]),
        "named": int(played["named"]),
    }
    yield Row("extra.year_declarations", a_minute, "declarations a minute, filed to named", settings=told)
    costs = {cases: _cost(place, cases) for cases in (FEW, MANY)}
    by, settings = f"{FEW:,} cases", {"cases": MANY, "steps": TAKEN, "measured": "CPU of client and server"}
    yield beside("year", costs[MANY], costs[FEW], "ms a step", most=1.2, by=by, **settings)


def _cost(place: Place, cases: int) -> float:
    """Milliseconds of processor time that one endorsement takes among so many cases."""
    url = place.database(f"year_{cases}", demo=True)
    fill(url, cases)
    return inside(place, url, "endorse", str(TAKEN))["ms"]
