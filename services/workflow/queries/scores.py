"""Scores of cases as the domain's values, and the verdicts on them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from services.workflow.domain.moderating import moderated_score
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import ScoringRule
from services.workflow.domain.route import tier_before
from services.workflow.domain.scoring import (
    NOT_APPLICABLE,
    Score,
    Verdict,
    judge,
    total,
)
from services.workflow.domain.stages import Mode
from services.workflow.models import Answer
from services.workflow.models import Score as ScoreRow

ScoreSheet = dict[str, Score]


class Wanted(NamedTuple):
    """Which scores of a case are asked for; `rule` says how those of several members become one."""

    tier: str
    rule: ScoringRule | None = None


class _Given(NamedTuple):
    round_id: int | None
    score: Score


def _mark(row: Any) -> Score:
    points = NOT_APPLICABLE if row.not_applicable else row.points
    return Score(points, getattr(row, "scorer", ""), getattr(row, "note", ""))


def wanted_at(definition: Definition, leg: int) -> Wanted:
    """The scores that count at a leg: of the last one up to it that scores."""
    return Wanted(tier_before(definition, leg), members_rule(definition.legs[: leg + 1]))


def members_rule(legs: Sequence[Leg]) -> ScoringRule | None:
    """The rule of the last scoring leg where each member scores; None where bodies score as one."""
    last = next((leg.scoring for leg in reversed(legs) if leg.mode is Mode.SCORING), None)
    return last if last and last.each_member else None


def scores_of(
    case_ids: Iterable[int],
    tier: str,
    *,
    rereviews: Iterable[int] | None = None,
    rule: ScoringRule | None = None,
) -> dict[int, ScoreSheet]:
    """{case: {criterion: Score}} of one tier; where a round was repeated, what was written last counts."""
    return sheets_of({case: Wanted(tier, rule) for case in case_ids}, rereviews=rereviews)


def sheets_of(
    wanted: Mapping[int, Wanted], *, rereviews: Iterable[int] | None = None
) -> dict[int, ScoreSheet]:
    """{case: {criterion: Score}}, each case of its own tier, in one statement."""
    rows = ScoreRow.objects.filter(case_id__in=list(wanted), tier__in={one.tier for one in wanted.values()})
    if rereviews is not None:
        rows = rows.filter(rereview__in=list(rereviews))
    given: dict[int, dict[str, list[_Given]]] = {}
    for case, tier, criterion, points, left_out, note, unit, office, round_id in rows.order_by(
        "at", "id"
    ).values_list(
        "case_id", "tier", "criterion", "points", "not_applicable", "note", "office__unit__name", "office__name",
        "task__process_id",
    ):  # fmt: skip
        if tier == wanted[case].tier:
            score = Score(NOT_APPLICABLE if left_out else points, f"{unit} {office}", note)
            given.setdefault(case, {}).setdefault(criterion, []).append(_Given(round_id, score))
    return {
        case: {code: _counted(marks, wanted[case].rule) for code, marks in sheet.items()}
        for case, sheet in given.items()
    }


def _counted(marks: list[_Given], rule: ScoringRule | None) -> Score:
    """The last mark; where each member scores, the mean of the last round's, which keeps each of them."""
    last = marks[-1]
    if rule is None:
        return last.score
    together = [given.score for given in marks if given.round_id == last.round_id]
    return moderated_score(together, drop_outliers=rule.drop_outliers)


def self_scores_of(declaration_ids: Iterable[int]) -> dict[int, ScoreSheet]:
    """{declaration: {criterion: Score}} as the units score themselves."""
    sheets: dict[int, ScoreSheet] = {}
    for row in Answer.objects.filter(declaration__in=list(declaration_ids)):
        sheets.setdefault(row.declaration_id, {})[row.criterion] = _mark(row)
    return sheets


def verdict_on(
    definition: Definition, sheet: Mapping[str, Score], *, pass_mark: Decimal | None = None
) -> Verdict:
    """The verdict by one definition; vetoes are judged apart, they bar every step anyway.

    What was scored of a criterion that does not hold for this subject any more adds nothing.
    """
    known = {code: score for code, score in sheet.items() if code in definition.standard.by_code}
    mark = definition.pass_mark if pass_mark is None else pass_mark
    return judge(total(definition.standard, known), vetoes=(), pass_mark=mark)
