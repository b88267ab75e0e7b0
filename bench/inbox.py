"""One page of work at 1,000,000 units of it, at every level, the first page and a far one."""

from collections.abc import Iterator

from bench.decision import inside
from bench.district import fill
from bench.place import Place
from bench.row import Row, at_most, beside

WORK = 1_000_000


def rows(place: Place) -> Iterator[Row]:
    url = place.database("inbox", demo=True)
    filled = fill(url, WORK)
    yield at_most("extra.inbox_filled", filled.seconds, 60, "s", work=WORK)
    found = inside(place, url, "inbox")
    yield at_most("inbox", found["slowest_ms"], 1, "ms", each=found["each_ms"], work=found["work"])
    yield at_most(
        "extra.statements", found["statements"], 8, "statements", of_five=found["statements_of_five"]
    )
    yield at_most("extra.inbox_page", found["page_bytes"] / 1000, 60, "kB")
    queue = inside(place, place.database("queue", demo=True), "viewflow_queue", str(WORK))
    by = "viewflow's own list of one's tasks"
    yield beside(
        "extra.inbox_viewflow", found["slowest_ms"], queue["first_ms"], "ms", most=None, by=by, work=WORK
    )
    by += ", page 40"
    yield beside(
        "extra.inbox_viewflow_far", found["slowest_ms"], queue["far_ms"], "ms", most=None, by=by, work=WORK
    )
