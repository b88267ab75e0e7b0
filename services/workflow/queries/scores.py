"""Scores of cases as the domain's values, and the verdicts on them."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import NOT_APPLICABLE, Score, Verdict, judge, total
from services.workflow.models import Answer
from services.workflow.models import Score as ScoreRow

ScoreSheet = dict[str, Score]


def _mark(row: Any) -> Score:
    points = NOT_APPLICABLE if row.not_applicable else row.points
    return Score(points, getattr(row, "scorer", ""), getattr(row, "note", ""))


def scores_of(
    case_ids: Iterable[int], tier: str, *, rereviews: Iterable[int] | None = None
) -> dict[int, ScoreSheet]:
    """{case: {criterion: Score}} of one tier; where a round was repeated, what was written last counts."""
    query = ScoreRow.objects.filter(case_id__in=list(case_ids), tier=tier).order_by("at", "id")
    if rereviews is not None:
        query = query.filter(rereview__in=list(rereviews))
    sheets: dict[int, ScoreSheet] = {}
    for row in query.select_related("office__unit"):
        sheet = sheets.setdefault(row.case_id, {})
        points = NOT_APPLICABLE if row.not_applicable else row.points
        sheet[row.criterion] = Score(points, f"{row.office.unit.name} {row.office.name}", row.note)
    return sheets


def self_scores_of(declaration_ids: Iterable[int]) -> dict[int, ScoreSheet]:
    """{declaration: {criterion: Score}} as the units score themselves."""
    sheets: dict[int, ScoreSheet] = {}
    for row in Answer.objects.filter(declaration__in=list(declaration_ids)):
        sheets.setdefault(row.declaration_id, {})[row.criterion] = _mark(row)
    return sheets


def verdict_on(definition: Definition, sheet: Mapping[str, Score]) -> Verdict:
    """The verdict by one definition; vetoes are judged apart, they bar every step anyway."""
    return judge(total(definition.standard, sheet), vetoes=(), pass_mark=definition.pass_mark)
