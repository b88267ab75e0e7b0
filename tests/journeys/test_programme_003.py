"""Document 003: self-checks of community, town and district, the city's jury, a notice, and the naming."""

import pytest

from tests.journeys import edition as e
from tests.journeys import programmes as p
from tests.journeys.client import Answered
from tests.journeys.product import Product

JURY = ("city-jury1", "city-jury2", "city-jury3")


@pytest.mark.timeout(300)
def test_an_old_and_a_new_community_become_beautiful(programmes: Product) -> None:
    run = p.run_of(programmes, "meili-003", "city-civil")
    old, new = p.declare(run, "songfeng", category="old"), p.declare(run, "jinfan", category="new")

    with pytest.raises(Answered) as refused:  # a self-check is complete before the case goes on
        e.step(run, "songxi", "declaration", old, "endorse", rank=1)
    assert refused.value.code == "leg.not_scored"
    for username, case in (("songxi", old), ("wangjiang", new)):
        p.check(run, username, [case])
        e.step(run, username, "declaration", case, "endorse", rank=1)
    p.check(run, "dep-civil", [old, new])
    for case in (old, new):
        e.step(run, "dep-civil", "declaration", case, "endorse")
    p.assess(run, [old, new], JURY)
    e.steps(run, "city-jury1", "decide", [old, new])
    p.publish(run, "city-civil2", [old, new])
    e.steps(run, "city-civil", "confer", [old, new])

    assert p.stages(run, [old, new]) == {"named"}
    asked = {
        username: p.criteria_of(run, username, case)
        for username, case in (("songfeng", old), ("jinfan", new))
    }
    stations = {name: {c["code"] for c in lines} & {"3.1", "3.2"} for name, lines in asked.items()}
    assert stations == {"songfeng": {"3.1"}, "jinfan": {"3.2"}}
