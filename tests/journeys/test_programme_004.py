"""Document 004: a community's party branch, accepted and named by its sub-district."""

import pytest

from tests.journeys import edition as e
from tests.journeys import programmes as p
from tests.journeys.client import Answered
from tests.journeys.product import Product


@pytest.mark.timeout(300)
def test_a_party_branch_is_named_by_its_sub_district(programmes: Product) -> None:
    run = p.run_of(programmes, "dangjian-004", "songxi")
    case = p.declare(run, "tingquan-branch")

    p.assess(run, [case], ("songxi",))
    e.steps(run, "songxi", "decide", [case])
    e.steps(run, "songxi", "confer", [case])

    assert p.stages(run, [case]) == {"named"}
    assert p.honour_of(run, "tingquan-branch", "党建工作示范社区")["status"] == "held"


@pytest.mark.timeout(300)
def test_another_sub_districts_community_is_no_subject(programmes: Product) -> None:
    run = p.run_of(programmes, "dangjian-004", "songxi")

    with pytest.raises(Answered) as refused:
        run.as_("yuehu").post("declarations", {"edition": run.chosen})

    assert refused.value.code == "declaration.not_a_subject"
