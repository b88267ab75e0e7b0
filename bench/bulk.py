"""10,000 cases in one command with guards, hash, edge trigger, due work and fsync."""

from collections.abc import Iterator

from bench.decision import SAFEGUARDS, inside
from bench.district import fill
from bench.place import Place
from bench.row import Row, at_least, at_most, beside

CASES = 10_000
LOOPED = 200


def rows(place: Place) -> Iterator[Row]:
    url = place.database("bulk", demo=True)
    fill(url, CASES + LOOPED + 100, towns=1)
    found = inside(place, url, "bulk", str(CASES))
    settings: dict[str, object] = {"safeguards": SAFEGUARDS, "cases": CASES, "fsync": "on"}
    yield at_most("extra.bulk_seconds", found["ours_s"], 1.5, "s", **settings)
    settings["cpu_s"], settings["server_cpu_s"] = round(found["cpu_s"], 3), round(found["server_cpu_s"], 3)
    yield beside("bulk", found["ours_s"], found["bare_s"], "s", most=2, by="bare UPDATE + INSERT", **settings)
    faster = found["loop_s"] / found["ours_s"]
    yield at_least("extra.bulk_loop", faster, 40, "× faster than a loop of ORM saves", looped=LOOPED)
