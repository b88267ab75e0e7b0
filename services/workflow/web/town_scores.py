"""The town's own scores beside its endorsement: every criterion, none of them asked for."""

from collections.abc import Mapping
from typing import Any

from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import is_computed
from services.workflow.models import Declaration
from services.workflow.queries.scores import scores_of, self_scores_of
from services.workflow.web.forms import Error
from services.workflow.web.scores_shown import points_of
from services.workflow.wording.refusals import refusal_text

PREFIX = "s-"


def score_rows(
    case: Declaration, sent: Mapping[str, str], refusal: Refused | None = None
) -> list[dict[str, Any]]:
    """A row for each criterion with the unit's own score and what was typed or kept."""
    own = self_scores_of([case.pk]).get(case.pk, {})
    kept = scores_of([case.pk], "town").get(case.pk, {})
    rows = []
    for indicator, criterion in case.facts.definition.standard.lines:
        if is_computed(criterion):
            continue  # it follows from figures, which are not the town's to look up
        points = points_of(kept.get(criterion.code))
        rows.append(
            {
                "name": f"{PREFIX}{criterion.code}",
                "code": criterion.code,
                "words": criterion.name,
                "example": criterion.example or indicator.example,
                "maximum": criterion.points,
                "own": points_of(own.get(criterion.code)),
                "wrong": refusal_text(refusal)
                if refusal and refusal.params.get("criterion") == criterion.code
                else "",
                "value": sent.get(f"{PREFIX}{criterion.code}", "" if points is None else f"{points:.2f}"),
            }
        )
    return rows


def scores_sent(sent: Mapping[str, str]) -> dict[str, str]:
    """{criterion: points} of those that were filled in."""
    given = {name.removeprefix(PREFIX): value for name, value in sent.items() if name.startswith(PREFIX)}
    return {code: value for code, value in given.items() if value.strip()}


def score_error(refusal: Refused) -> Error:
    """The line of the summary that leads to the score it speaks of."""
    return Error(f"{PREFIX}{refusal.params['criterion']}", refusal_text(refusal))
