"""Scores side by side: the table down to each criterion, and the totals on the rail."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from services.workflow.domain.programme import Definition
from services.workflow.domain.route import own_tier, scores_itself
from services.workflow.domain.scoring import Score
from services.workflow.models import Declaration
from services.workflow.queries.sheets import Sheet
from services.workflow.web.declaration_shown import ordinal
from services.workflow.web.rail import RailScore

Row = dict[str, Any]
APART = Decimal(1)
TIERS: dict[str, Promise] = {
    "self": pgettext_lazy("whose score", "Own"),
    "town": pgettext_lazy("whose score", "Town"),
    "department": pgettext_lazy("whose score", "Departments"),
    "committee": pgettext_lazy("whose score", "Committee"),
}


def tier_label(definition: Definition, tier: str) -> str:
    """Whose score it is; that of a leg that scores for itself has the leg's name."""
    if tier in TIERS:
        return str(TIERS[tier])
    return next((leg.name for leg in definition.legs if scores_itself(leg) and own_tier(leg) == tier), tier)


def scores_shown(case: Declaration, sheet: Sheet) -> Row | None:
    """The scores side by side, by indicator and criterion, with the departments' difference to the unit's."""
    tiers = list(sheet.totals)
    if not tiers:
        return None
    groups = [list(lines) for _code, lines in groupby(sheet.lines, key=lambda line: line.indicator.code)]
    return {
        "columns": [tier_label(case.facts.definition, tier) for tier in tiers],
        "compared": "department" in tiers,
        "indicators": [_indicator(case, n, lines, tiers) for n, lines in enumerate(groups, start=1)],
        "total": {
            "maximum": sheet.maximum,
            "points": [sheet.totals[tier].points for tier in tiers],
            "gap": _gap({tier: sheet.totals[tier].points for tier in tiers}),
        },
    }


def _indicator(case: Declaration, number: int, lines: Sequence[Any], tiers: Sequence[str]) -> Row:
    sums = {tier: _sum([points_of(line.marks.get(tier)) for line in lines]) for tier in tiers}
    criteria = [_criterion(case, line, tiers) for line in lines]
    gap = _gap(sums)
    return {
        "id": lines[0].indicator.code,
        "name": f"{ordinal(number)}{lines[0].indicator.name}",
        "maximum": sum(line.criterion.points for line in lines),
        "points": [sums[tier] for tier in tiers],
        "gap": gap,
        "apart": gap is not None and abs(gap) >= APART,
        "open": any(row["apart"] for row in criteria),
        "criteria": criteria,
    }


def _criterion(case: Declaration, line: Any, tiers: Sequence[str]) -> Row:
    marks = {tier: points_of(line.marks.get(tier)) for tier in tiers}
    gap = _gap(marks)
    return {
        "code": line.criterion.code,
        "name": line.criterion.name,
        "example": line.criterion.example or line.indicator.example,
        "address": reverse("criterion", args=[case.pk, line.criterion.code]),
        "maximum": line.criterion.points,
        "points": [marks[tier] for tier in tiers],
        "gap": gap,
        "apart": gap is not None and abs(gap) >= APART,
    }


def points_of(mark: Score | None) -> Decimal | None:
    return mark.points if mark is not None and isinstance(mark.points, Decimal) else None


def _sum(points: Sequence[Decimal | None]) -> Decimal | None:
    given = [one for one in points if one is not None]
    return sum(given, Decimal(0)) if given else None


def _gap(marks: dict[str, Decimal | None]) -> Decimal | None:
    own, theirs = marks.get("self"), marks.get("department")
    return theirs - own if own is not None and theirs is not None else None


def rail_scores(case: Declaration, sheet: Sheet) -> list[RailScore]:
    """Totals that are complete; the departments' is the one that decides."""
    return [
        RailScore(tier_label(case.facts.definition, tier), found.points, deciding=tier == "department")
        for tier, found in sheet.totals.items()
        if found.complete
    ]
