"""The grade that so many points reach."""

from decimal import Decimal

import pytest

from services.workflow.domain.levels import level_of
from services.workflow.domain.programme_rules import Level

STARS = (Level("三星", Decimal(80)), Level("四星", Decimal(90)), Level("五星", Decimal(100)))


@pytest.mark.parametrize(
    ("points", "name"),
    [("79.99", None), ("80", "三星"), ("89.99", "三星"), ("90.00", "四星"), ("104", "五星")],
)
def test_the_highest_level_reached_counts_its_own_mark_included(points: str, name: str | None) -> None:
    level = level_of(STARS, Decimal(points))

    assert (level.name if level else None) == name


def test_without_levels_or_points_there_is_none() -> None:
    assert level_of((), Decimal(100)) is None
    assert level_of(STARS, None) is None
