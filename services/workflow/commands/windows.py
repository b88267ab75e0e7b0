"""Acts outside the window of their stage: refused, with a reason, or with a warning, as the programme says."""

from typing import Any

from services.workflow.commands.transaction import Answer
from services.workflow.domain.programme_rules import Outside
from services.workflow.domain.refused import Refused


def check_reason(row: Any, reason: str) -> None:
    """Whoever evaluates or names outside the window says why, where the programme asks for it."""
    outside = row.facts.outside
    if outside is not None and outside.rule is Outside.REASON and not reason:
        raise Refused("edition.outside_without_reason", window=outside.window)


def check_tabling(row: Any) -> None:
    """A slate outside its window is refused where acting there is; with a reason the acts themselves are taken."""
    outside = row.facts.outside
    if outside is not None and outside.rule is Outside.REFUSE:
        raise Refused(outside.code)


def warnings_of(row: Any) -> list[Answer]:
    """What whoever acts on a declaration now should know; it stands in nobody's way."""
    outside = getattr(row.facts, "outside", None)
    if outside is None:
        return []
    opens, closes = outside.period.opens, outside.period.closes
    days = {
        name: day.isoformat() if day else None for name, day in (("opens_on", opens), ("closes_on", closes))
    }
    return [{"code": outside.code, "rule": str(outside.rule), **days}]
