"""What the checks of a definition share."""

from fractions import Fraction

import pytest

from services.workflow.domain.checking import (
    bad_days,
    duplicates,
    is_day_of_year,
    outside_share,
    unknown_codes,
)


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("04-10", True),
        ("02-29", True),
        ("02-30", False),
        ("4-10", False),
        ("1115", False),
        ("W01-1", False),
        ("0٤-10", False),
        ("", False),
    ],
)
def test_a_day_of_the_year_is_month_and_day(text: str, is_day: bool) -> None:
    assert is_day_of_year(text) is is_day


def test_only_what_is_there_can_be_a_bad_day() -> None:
    days = (("opens", ""), ("closes", "13-01"))

    assert [fault.path for fault in bad_days(("naming",), days)] == [("naming", "closes")]


def test_a_share_is_above_nothing_and_at_most_everything() -> None:
    shares = [None, Fraction(0), Fraction(1, 3), Fraction(1), Fraction(4, 3)]

    assert [len(list(outside_share(("share",), share))) for share in shares] == [0, 1, 0, 0, 1]


def test_missing_codes_are_not_duplicates_of_each_other() -> None:
    assert list(duplicates(["a", "", "b", "a", "", "a"])) == [3, 5]
    assert list(unknown_codes(["a", "x"], ["a"])) == [(1, "x")]
