from decimal import Decimal

from services.workflow.web.rail import RailPoint, RailScore, lowest, place

OWN = RailScore("own", Decimal("96.00"))
TOWN = RailScore("town", Decimal("93.50"))
DEPARTMENTS = RailScore("departments", Decimal("91.25"), deciding=True)
PASS_MARK, FULL = Decimal(90), Decimal(100)


def test_scores_stand_in_order_of_their_points():
    rail = place([OWN, TOWN, DEPARTMENTS], pass_mark=PASS_MARK, high=FULL)

    assert rail.points == (
        RailPoint(DEPARTMENTS, 56.25, 0, "middle"),
        RailPoint(TOWN, 67.5, 0, "middle"),
        RailPoint(OWN, 80.0, 0, "middle"),
    )
    assert (rail.low, rail.pass_at, rail.passing_width, rail.flat) == (Decimal(80), 50.0, 50.0, True)


def test_labels_that_would_touch_climb_a_row():
    near = RailScore("near", Decimal("91.50"))

    rail = place([DEPARTMENTS, near], pass_mark=PASS_MARK, high=FULL)

    assert [(point.score.label, point.row) for point in rail.points] == [("departments", 0), ("near", 1)]
    assert not rail.flat


def test_labels_at_the_ends_stay_inside():
    scores = [RailScore("least", Decimal(80)), RailScore("most", FULL)]

    rail = place(scores, pass_mark=PASS_MARK, high=FULL)

    assert [(point.at, point.anchor) for point in rail.points] == [(0.0, "start"), (100.0, "end")]


def test_the_left_end_sinks_to_a_low_score_but_never_below_zero():
    low = RailScore("low", Decimal("3.00"))

    assert lowest([low], pass_mark=PASS_MARK, high=FULL) == Decimal(0)
    assert lowest([RailScore("some", Decimal("67.00"))], pass_mark=PASS_MARK, high=FULL) == Decimal(60)
