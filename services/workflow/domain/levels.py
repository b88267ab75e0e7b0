"""Grades of a title (星级): which one so many points reach."""

from collections.abc import Iterable
from decimal import Decimal

from services.workflow.domain.programme_rules import Level


def level_of(levels: Iterable[Level], points: Decimal | None) -> Level | None:
    """The highest level reached, its own mark included; None below the lowest, or where there are none."""
    reached = [level for level in levels if points is not None and points >= level.reached_at]
    return max(reached, key=lambda level: level.reached_at, default=None)
