from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.queries.obstacles import Obstacles, obstacles_of
from tests.workflow import cast
from tests.workflow.cast import District


def test_every_obstacle_of_many_cases_comes_in_one_statement(d: District) -> None:
    cases = {code: d.case(code) for code in ("preliminary", "clearance", "in_round", "confirmation")}
    cast.take(
        "declaration", cases["clearance"].pk, "raise_veto", d.people["dep-police"], reason="说明", **cast.VETO
    )

    with CaptureQueriesContext(connection) as sent:
        found = obstacles_of({case.pk: case.leg for case in cases.values()})

    assert len(sent) == 1
    assert found[cases["preliminary"].pk] == Obstacles()
    assert found[cases["clearance"].pk].vetoes == (cast.VETO["ground"],)
    assert found[cases["in_round"].pk].round == "open"
    # The round that let it pass was at an earlier leg.
    assert found[cases["confirmation"].pk].round == ""
