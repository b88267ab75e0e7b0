"""The town's own scores beside its endorsement."""

from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration
from services.workflow.queries.case_page import one_case
from services.workflow.web.town_scores import score_error, score_rows, scores_sent


def test_only_what_was_filled_in_is_sent_on():
    assert scores_sent({"s-1.1": "39", "s-1.2": " ", "rank": "1"}) == {"1.1": "39"}


def test_a_row_shows_the_units_score_and_what_was_typed(d):
    case = one_case(d.people["songxi"], Declaration, d.cases["preliminary"], "unit")
    refusal = Refused("score.above_maximum", criterion="1.1", maximum="40")

    rows = {row["code"]: row for row in score_rows(case, {"s-1.1": "41"}, refusal)}

    assert (str(rows["1.1"]["own"]), rows["1.1"]["value"], bool(rows["1.1"]["wrong"])) == (
        "40.00",
        "41",
        True,
    )
    assert (rows["1.2"]["value"], rows["1.2"]["wrong"]) == ("", "")
    assert score_error(refusal).id == "s-1.1"
