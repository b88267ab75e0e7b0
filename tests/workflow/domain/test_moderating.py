"""One mark out of several, by hand and by law."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.moderating import moderated, moderated_score
from services.workflow.domain.scoring import NOT_APPLICABLE, Mark, Score


@pytest.mark.parametrize(
    ("points", "drop", "mean"),
    [
        (("8",), True, "8"),
        (("8", "9"), True, "8.5"),
        (("1", "8", "9"), True, "8"),
        (("1", "8", "9"), False, "6"),
        (("9", "9", "9", "1"), True, "9"),
    ],
)
def test_moderation_leaves_out_one_highest_and_one_lowest(
    points: tuple[str, ...], drop: bool, mean: str
) -> None:
    assert moderated([Decimal(p) for p in points], drop_outliers=drop) == Decimal(mean)


@given(st.lists(st.decimals(0, 10, places=2), min_size=1, max_size=9), st.booleans(), st.randoms())
def test_the_order_of_marks_never_matters(points: list[Decimal], drop: bool, random: Random) -> None:
    shuffled = random.sample(points, len(points))

    mean = moderated(points, drop_outliers=drop)

    assert moderated(shuffled, drop_outliers=drop) == mean
    assert min(points) <= mean <= max(points)


MARKS = st.one_of(st.none(), st.just(NOT_APPLICABLE), st.decimals(0, 10, places=2))


@given(st.lists(st.tuples(MARKS, st.text("甲乙丙", max_size=1)), min_size=1), st.booleans(), st.randoms())
def test_the_order_of_scorers_never_matters(
    given_marks: list[tuple[Mark, str]], drop: bool, random: Random
) -> None:
    scores = [Score(mark, scorer) for mark, scorer in given_marks]

    shuffled = moderated_score(random.sample(scores, len(scores)), drop_outliers=drop)

    assert shuffled == moderated_score(scores, drop_outliers=drop)


@pytest.mark.parametrize(
    ("marks", "points"),
    [
        ((Decimal(8), Decimal(9)), Decimal("8.5")),
        ((Decimal(8), None), None),
        ((Decimal(8), NOT_APPLICABLE), Decimal(8)),
        ((NOT_APPLICABLE, NOT_APPLICABLE), NOT_APPLICABLE),
    ],
)
def test_what_members_leave_open_stays_open(marks: tuple[Mark, ...], points: Mark) -> None:
    scores = [Score(mark, f"评委{n}") for n, mark in enumerate(marks)]

    result = moderated_score(scores, drop_outliers=False)

    assert result == Score(points, "评委0、评委1", marks=tuple(scores))
