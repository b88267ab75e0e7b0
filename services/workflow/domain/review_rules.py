"""When a programme's own rule opens a re-review before its day. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from services.workflow.domain.programme_rules import SupervisionRule


def fallen_below(rule: SupervisionRule, scores: Mapping[str, Decimal]) -> str:
    """Which score in another programme lies below its mark, as "code: points < mark"; empty where none does."""
    for mark in rule.review_scores:
        points = scores.get(mark.programme)
        if points is not None and points < mark.below:
            return f"{mark.programme}: {points} < {mark.below}"
    return ""


def objected_too_often(rule: SupervisionRule, sustained: int) -> str:
    """How many objections were sustained, as "n >= most"; empty below the number or where none is set."""
    most = rule.review_objections
    return f"{sustained} >= {most}" if most is not None and sustained >= most else ""
