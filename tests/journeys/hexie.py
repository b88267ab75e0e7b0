"""The route of document 002's tracks, as far as journeys share it."""

from tests.journeys import edition as e
from tests.journeys import programmes as p
from tests.journeys.product import Product

HOST = "guidance"
PERSON_TITLE = "优秀社区志愿者"


def decide_and_confer(run: p.Run, cases: list[int]) -> None:
    e.steps(run, "leading-group", "decide", cases)
    e.steps(run, HOST, "confer", cases)


def name_person(product: Product) -> None:
    """The volunteer: recommended by the community, put forward by the town, assessed, named; once."""
    run = p.run_of(product, "hexie-002", HOST)
    if any(row["title"] == PERSON_TITLE for row in run.as_("lanqing").everything("honours")):
        return
    case = p.declare(run, "lanqing")
    e.step(run, "tingquan", "declaration", case, "endorse")
    e.step(run, "songxi", "declaration", case, "endorse", rank=1)
    p.assess(run, [case], (HOST,))
    decide_and_confer(run, [case])
