"""Document 000: the reference programme from a community's declaration to its title."""

import pytest

from tests.journeys import edition as e
from tests.journeys import programmes as p
from tests.journeys.product import Product


@pytest.mark.timeout(300)
def test_a_civilised_community_is_named(programmes: Product) -> None:
    run = p.run_of(programmes, "wenming-000", "office")
    case = p.declare(run, "zhuli")
    e.step(run, "songxi", "declaration", case, "endorse", rank=1)

    e.to_decision(run, [case])
    p.publish(run, "office2", [case])
    e.steps(run, "office", "confer", [case])

    assert p.stages(run, [case]) == {"named"}
    assert p.honour_of(run, "zhuli", "文明社区")["points"] == "100.00"
