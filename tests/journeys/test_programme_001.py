"""Document 001: one community's own plan, from its first report to the last milestone that its own group decides."""

import pytest

from tests.journeys import edition as e
from tests.journeys import programmes as p
from tests.journeys.client import Answered
from tests.journeys.product import Product

GROUP = "tingquan-group"


@pytest.mark.timeout(300)
def test_a_communitys_own_plan_ends_with_its_own_group(programmes: Product) -> None:
    run = p.run_of(programmes, "wenming-001", GROUP)
    case = p.declare(run, "tingquan")

    p.assess(run, [case], (GROUP,))

    with pytest.raises(Answered) as refused:  # who did the work does not accept it
        e.step(run, "tingquan", "declaration", case, "decide")
    assert refused.value.status in {403, 404}
    e.steps(run, GROUP, "decide", [case])
    e.steps(run, GROUP, "confer", [case])
    assert p.stages(run, [case]) == {"named"}
    told = run.as_(GROUP).get(f"declarations/{case}/scores")
    assert (told["totals"]["department"]["points"], told["maximum"]) == ("30", "30")
    assert p.honour_of(run, "tingquan", "社区文明创建达标")["status"] == "held"
