"""Facts of honours."""

from collections.abc import Sequence
from typing import Any

from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.facts import HonourFacts
from services.workflow.models import Rectification, ReReview
from services.workflow.queries.declaration_facts import unit_of
from services.workflow.queries.definitions import definition_of, unit_ids
from services.workflow.queries.scores import scores_of, verdict_on


def of_honours(rows: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[HonourFacts]:
    """Facts of each honour: judged by the open re-review's version, or the one it was earned under."""
    ids = [row.pk for row in rows]
    reviews = {r.honour_id: r for r in ReReview.objects.filter(honour__in=ids, closed_at__isnull=True)}
    sheets = scores_of(ids, "rereview", rereviews=[r.pk for r in reviews.values()]) if reviews else {}
    rectified = dict(
        Rectification.objects.filter(honour__in=ids).order_by("pk").values_list("honour_id", "status")
    )
    facts = []
    for row in rows:
        review = reviews.get(row.pk)
        definition = definition_of(review.definition_version_id if review else row.earned_under_id)
        units = unit_ids(definition)
        rule = definition.supervision
        term_ends = (
            row.conferred_on.replace(year=row.conferred_on.year + rule.term_years)
            if rule.term_years
            else None
        )
        facts.append(
            HonourFacts(
                **common[row.pk],
                definition=definition,
                reviewer=unit_of(rule.rereview_body, row, units) or 0,
                decider=unit_of(rule.revocation_decider, row, units) or 0,
                verdict=verdict_on(definition, sheets.get(row.pk, {})) if review else None,
                rectification=rectified.get(row.pk, ""),
                term_ended=term_ends is not None and shanghai_date(common[row.pk]["now"]) >= term_ends,
            )
        )
    return facts
