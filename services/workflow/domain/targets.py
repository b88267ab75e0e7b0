"""Programmes that count targets (the scale "met"): each criterion is worth one, so that a file need not say it.

What a file leaves out is filled in before it is read, and a published version holds it written out: points of
one, no decimal places, nothing rounded up, as total what is asked of a subject, as pass mark all of it.
"""

from collections.abc import Mapping
from typing import Any

from services.workflow.domain.standard import Rounding, Scale


def with_targets(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a definition, the numbers of its targets written out; others as they are."""
    filled = dict(values)
    categories = [entry.get("code") for entry in _tables(values.get("categories"))]
    _fill(filled, categories)
    if isinstance(filled.get("tracks"), list):
        filled["tracks"] = [
            _filled(track, categories) if isinstance(track, dict) else track for track in filled["tracks"]
        ]
    return filled


def _filled(part: Mapping[str, Any], categories: list[Any]) -> dict[str, Any]:
    filled = dict(part)
    _fill(filled, categories)
    return filled


def _fill(part: dict[str, Any], categories: list[Any]) -> None:
    """A definition or track with a standard of targets."""
    standard = part.get("standard")
    if not isinstance(standard, dict) or standard.get("scale", Scale.POINTS) == Scale.POINTS:
        return  # a scale that is misspelt may have meant this one: then its numbers are not missed
    standard = part["standard"] = _counted(standard, categories)
    if type(standard["total"]) is int:  # any other total is a fault of its own
        part.setdefault("pass_mark", standard["total"])


def _counted(standard: Mapping[str, Any], categories: list[Any]) -> dict[str, Any]:
    counted = {"decimals": 0, "rounding": Rounding.DOWN.value, **standard}
    if isinstance(standard.get("indicators"), list):
        counted["indicators"] = [_indicator(indicator) for indicator in standard["indicators"]]
    counted.setdefault("total", _number_asked(standard, categories))
    return counted


def _indicator(indicator: Any) -> Any:
    if not isinstance(indicator, dict):
        return indicator
    counted = dict(indicator)
    criteria = indicator.get("criteria")
    if isinstance(criteria, list):
        counted["criteria"] = [{"points": 1, **line} if isinstance(line, dict) else line for line in criteria]
        if not indicator.get("gap"):
            counted.setdefault("points", len(criteria))
    return counted


def _number_asked(standard: Mapping[str, Any], categories: list[Any]) -> int:
    """How many targets a subject has: of the category that has most; the declared number while some are
    open.
    """
    indicators = [entry for entry in _tables(standard.get("indicators")) if entry.get("bonus") is not True]
    declared = standard.get("criteria_declared")
    if isinstance(declared, int) and any(entry.get("gap") for entry in indicators):
        return declared
    lines = [line for entry in indicators for line in _tables(entry.get("criteria"))]
    asked = [[line for line in lines if _is_asked(line, category)] for category in categories or [None]]
    return max(map(len, asked))


def _is_asked(line: Mapping[str, Any], category: Any) -> bool:
    categories = line.get("categories")
    return not categories or (isinstance(categories, list) and category in categories)


def _tables(entries: Any) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
