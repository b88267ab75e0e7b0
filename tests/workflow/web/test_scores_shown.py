"""Scores side by side."""

from typing import Any

from services.workflow.models import Declaration
from services.workflow.queries.case_page import one_case
from services.workflow.queries.sheets import sheet_of
from services.workflow.web.scores_shown import rail_scores, scores_shown


def row_of(d, code) -> Any:
    return one_case(d.people["office"], Declaration, d.cases[code], "unit__town", "edition")


def test_scores_stand_side_by_side_with_their_difference(d):
    row = row_of(d, "decision")
    scores = scores_shown(row, sheet_of(row, d.people["office"]))

    assert scores is not None
    assert (scores["columns"], scores["compared"]) == (["自评", "部门"], True)
    assert [str(points) for points in scores["total"]["points"]] == ["100.00", "100.00"]
    assert scores["total"]["gap"] == 0


def test_only_complete_totals_stand_on_the_rail(d):
    row = row_of(d, "decision")

    rail = rail_scores(row, sheet_of(row, d.people["office"]))

    assert [(score.label, score.deciding) for score in rail] == [("自评", False), ("部门", True)]
