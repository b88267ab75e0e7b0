"""Points as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import parse_points
from services.workflow.domain.standard import Criterion

FOUR = Criterion("2.1", "网格", Decimal(4), "dep-civil")


def refusal(text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        parse_points(text, FOUR)
    return refused.value.code, refused.value.params


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0", "0.00"),
        ("4", "4.00"),
        ("3.75", "3.75"),
        (" 3.5 ", "3.50"),
        ("3.", "3.00"),
        (".5", "0.50"),
        ("+2", "2.00"),
        ("-0", "0.00"),
        ("2.5000", "2.50"),
        ("３．７５", "3.75"),
        ("3。5", "3.50"),
    ],
)
def test_points_are_read_as_people_type_them(text: str, points: str) -> None:
    assert str(parse_points(text, FOUR)) == points


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e1",
        "1E-1",
        "3,5",
        "1_0",
        "3 5",
        ".",
        "--1",
        "٣",
        "三",
        "0x1",
    ],
)
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    assert refusal(text) == ("score.not_a_number", {"criterion": "2.1", "given": text.strip()})


def test_a_very_long_text_is_refused_and_cut() -> None:
    code, params = refusal("9" * 100_000)

    assert (code, params["given"]) == ("score.not_a_number", "9" * 40)


def test_points_outside_their_bounds_are_refused_by_name() -> None:
    assert refusal("4.01") == ("score.above_maximum", {"criterion": "2.1", "maximum": "4"})
    assert refusal("-0.01") == ("score.below_zero", {"criterion": "2.1"})
    assert refusal("3.755") == ("score.too_fine", {"criterion": "2.1", "decimals": 2})


@given(st.decimals(0, 4, places=2))
def test_every_point_within_bounds_survives_typing(points: Decimal) -> None:
    assert parse_points(str(points), FOUR) == points


@given(st.text(max_size=12))
def test_any_text_is_points_within_bounds_or_refused(text: str) -> None:
    try:
        points = parse_points(text, FOUR)
    except Refused as refused:
        assert refused.code.startswith("score.")
    else:
        assert 0 <= points <= 4
