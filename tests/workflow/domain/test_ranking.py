"""Places by points and tie-break; whoever comes in first never matters."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.ranking import Place, Standing, ranked, standing, waits_before
from services.workflow.domain.scoring import NOT_APPLICABLE, Score, total
from tests.workflow.domain.samples import STANDARD

TIE_BREAK = ("2", "1.1")


def of(case: int, points: str, second: int = 0, first: int = 0) -> Standing:
    return Standing(case, Decimal(points), {"2": Fraction(second, 10), "1.1": Fraction(first, 10)})


def test_points_come_first_then_the_lines_of_the_tie_break_then_an_equal_place() -> None:
    standings = [
        of(1, "90", 5, 5),
        of(2, "95", 1, 1),
        of(3, "90", 6, 1),
        of(4, "90", 5, 7),
        of(5, "90", 5, 5),
        of(6, "80", 9, 9),
    ]

    assert ranked(standings, TIE_BREAK) == (
        Place(2, 1, Decimal(95)),
        Place(3, 2, Decimal(90)),
        Place(4, 3, Decimal(90), "2"),
        Place(1, 4, Decimal(90), "1.1", shared=True),
        Place(5, 4, Decimal(90), shared=True),
        Place(6, 6, Decimal(80)),
    )


def test_without_a_tie_break_equal_points_share_a_place() -> None:
    places = ranked([of(1, "90", 5), of(2, "90.00", 9)], ())

    assert [(place.case, place.place) for place in places] == [(1, 1), (2, 1)]


STANDINGS = st.lists(
    st.builds(of, st.integers(1, 99), st.sampled_from(["80", "90"]), st.integers(0, 2), st.integers(0, 2)),
    unique_by=lambda s: s.case,
)


@given(STANDINGS, st.randoms())
def test_the_order_of_those_who_come_in_never_matters(standings: list[Standing], random: Random) -> None:
    places = ranked(standings, TIE_BREAK)

    assert ranked(random.sample(standings, len(standings)), TIE_BREAK) == places
    assert [place.points for place in places] == sorted((s.points for s in standings), reverse=True)
    assert all(place.place <= n for n, place in enumerate(places, start=1))


def test_a_standing_takes_the_share_of_what_applies() -> None:
    scores = {
        "1.1": Score(Decimal(30)),
        "1.2": Score(Decimal(15)),
        "2.1": Score(NOT_APPLICABLE),
        "2.2": Score(Decimal(5)),
    }

    result = standing(7, total(STANDARD, scores), ("1", "2", "2.1"))

    # 2.1 does not concern the unit: it counts as the unit's share of the whole, 50 of 70.
    shares = {"1": Fraction(3, 4), "2": Fraction(1, 2), "2.1": Fraction(5, 7)}
    assert result == Standing(7, Decimal("71.43"), shares)


def test_nothing_scored_ranks_last_and_breaks_nothing() -> None:
    empty = standing(1, total(STANDARD, {code: Score(NOT_APPLICABLE) for code in STANDARD.by_code}), ("1",))

    assert empty == Standing(1, Decimal(0), {"1": Fraction(0)})
    assert ranked([], ("1",)) == ()


def test_whoever_waits_at_a_better_place_is_named_and_an_equal_place_is_not() -> None:
    places = ranked([of(1, "90"), of(2, "95"), of(3, "90"), of(4, "97")], ())

    assert waits_before(places, 1, [1, 2, 3, 4]) == (4, 2)
    assert waits_before(places, 1, [1, 3]) == ()
    assert waits_before(places, 4, [1, 2, 3]) == ()
