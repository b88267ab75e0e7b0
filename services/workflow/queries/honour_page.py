"""One honour as its page needs it: where it stands, what the open re-review scores, what went before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import NOT_APPLICABLE
from services.workflow.models import Honour, Rectification, ReReview
from services.workflow.queries.case_page import one_case
from services.workflow.queries.definitions import honour_definition
from services.workflow.queries.history import Entry, history_of
from services.workflow.queries.scores import scores_of

RELATED = (
    "unit__town",
    "town",
    "edition__programme",
    "edition__district",
    "resolution",
    "earned_under",
    "declaration",
)


@dataclass(frozen=True)
class Change:
    """One criterion that the standard of today has otherwise than the one the title was earned under."""

    code: str
    before: str
    after: str


@dataclass(frozen=True)
class HonourPage:
    """`typed` are the open re-review's scores as they would be typed; `definition` is what it is judged by."""

    honour: Any
    definition: Definition
    review: ReReview | None
    typed: Mapping[str, str]
    changes: tuple[Change, ...]
    rectifications: tuple[Rectification, ...]
    history: tuple[Entry, ...]


def honour_page(honour_id: int, actor: Actor) -> HonourPage:
    """An honour that this actor may see. Refused: case.not_found."""
    honour = one_case(actor, Honour, honour_id, *RELATED)
    review = (
        ReReview.objects.filter(honour=honour, closed_at__isnull=True)
        .select_related("definition_version")
        .first()
    )
    definition = honour_definition(honour, review.definition_version_id if review else None)
    typed = {}
    if review is not None:
        sheet = scores_of([honour.pk], "rereview", rereviews=[review.pk]).get(honour.pk, {})
        typed = {code: _text(score.points) for code, score in sheet.items()}
    return HonourPage(
        honour,
        definition,
        review,
        typed,
        changes_between(honour_definition(honour), definition),
        tuple(Rectification.objects.filter(honour=honour).order_by("-pk")),
        tuple(history_of(honour)),
    )


def _text(points: Any) -> str:
    if points is NOT_APPLICABLE:
        return "n/a"
    return f"{points:.2f}" if isinstance(points, Decimal) else ""


def changes_between(earlier: Definition, later: Definition) -> tuple[Change, ...]:
    """Criteria that were added, dropped, renamed or given other points."""
    if earlier is later:
        return ()
    before, after = earlier.standard.by_code, later.standard.by_code
    told = {code: (_told(before.get(code)), _told(after.get(code))) for code in {**before, **after}}
    return tuple(Change(code, one, other) for code, (one, other) in told.items() if one != other)


def _told(criterion: Any) -> str:
    return f"{criterion.name} {criterion.points.normalize():f}" if criterion else ""


def last_review_of(honour: Honour) -> ReReview | None:
    """The re-review that was settled last."""
    return ReReview.objects.filter(honour=honour, closed_at__isnull=False).order_by("-closed_at").first()
