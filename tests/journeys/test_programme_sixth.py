"""A programme that no code knew: three tiers, a bonus, two notices, a ladder, a person as its subject."""

import pytest

from tests.journeys import edition as e
from tests.journeys import hexie
from tests.journeys import programmes as p
from tests.journeys.client import Answered
from tests.journeys.product import Product


@pytest.mark.timeout(300)
def test_a_person_climbs_the_ladder_and_is_named_with_stars(programmes: Product) -> None:
    run = p.run_of(programmes, "zuimei-005", "office")
    case = begun_on_the_ladder(run, programmes)

    e.step(run, "tingquan", "declaration", case, "endorse")
    e.step(run, "songxi", "declaration", case, "endorse", rank=1)
    p.publish(run, "songxi2", [case], first="songxi")
    run.as_("office").post("slates", {"edition": run.chosen, "cases": [case]})
    for username in ("dep-discipline", "dep-police"):
        assert e.decide_tasks(run, username, "no_objection", e.nothing) == 1
    p.assess(run, [case], ("dep-org", "dep-civil"))
    run.as_("office").post("slates", {"edition": run.chosen, "cases": [case]})
    for username in e.COMMITTEE:
        assert e.decide_tasks(run, username, "for", e.nothing) == 1
    e.steps(run, "committee1", "decide", [case])
    p.publish(run, "office2", [case])
    e.steps(run, "office", "confer", [case])

    honour = p.honour_of(run, "lanqing", "最美社区工作者")
    assert (honour["status"], honour["points"], honour["level"]) == ("held", "105.00", "五星")


def begun_on_the_ladder(run: p.Run, product: Product) -> int:
    """Without the title of 002 nobody files; with it one does."""
    if not any(row["title"] == hexie.PERSON_TITLE for row in run.as_("lanqing").everything("honours")):
        with pytest.raises(Answered) as refused:
            p.declare(run, "lanqing")
        assert refused.value.code == "declaration.ladder_unmet"
        hexie.name_person(product)
        [row] = run.as_("lanqing").get(f"declarations?edition={run.chosen}")["items"]
        e.step(run, "lanqing", "declaration", row["id"], "submit")
        return int(row["id"])
    return p.declare(run, "lanqing")
