"""One honour as its page needs it: where it stands, what the open re-review scores, what went before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.honour_years import Taken
from services.workflow.domain.programme import Definition
from services.workflow.domain.route import REREVIEW
from services.workflow.domain.scoring import Score
from services.workflow.domain.stages import HonourStatus, NoticeSubject
from services.workflow.models import Honour, LedgerEntry, Notice, Rectification, ReReview
from services.workflow.queries.case_page import one_case
from services.workflow.queries.definitions import honour_definition
from services.workflow.queries.figures import Measured, figures_of, imported_figures
from services.workflow.queries.history import Entry, history_of
from services.workflow.queries.honour_notices import told_of
from services.workflow.queries.rights import visible_to
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
class Beside:
    """Another title of the same unit, with the steps of its ledger."""

    honour: Honour
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class HonourPage:
    """`marks` and `figures` are the open re-review's by criterion; `definition` is what it is judged by; `announced` is
    the notice that tells the public of a revocation.
    """

    honour: Any
    definition: Definition
    review: ReReview | None
    marks: Mapping[str, Score]
    figures: Mapping[str, Mapping[str, Measured]]
    changes: tuple[Change, ...]
    rectifications: tuple[Rectification, ...]
    history: tuple[Entry, ...]
    beside: tuple[Beside, ...] = ()
    announced: Notice | None = None


def honour_page(honour_id: int, actor: Actor) -> HonourPage:
    """An honour that this actor may see. Refused: case.not_found."""
    honour = one_case(actor, Honour, honour_id, *RELATED)
    review = (
        ReReview.objects.filter(honour=honour, closed_at__isnull=True)
        .select_related("definition_version")
        .first()
    )
    definition = honour_definition(honour, review.definition_version_id if review else None)
    marks: dict[str, Score] = {}
    figures: dict[str, dict[str, Measured]] = {}
    if review is not None:
        marks = scores_of([honour.pk], REREVIEW, rereviews=[review.pk]).get(honour.pk, {})
        figures = figures_of([honour.pk], REREVIEW, since=review.opened_at).get(honour.pk, {})
        figures |= imported_figures(honour.unit_id, definition)
    return HonourPage(
        honour,
        definition,
        review,
        marks,
        figures,
        changes_between(honour_definition(honour), definition),
        tuple(Rectification.objects.filter(honour=honour).order_by("-pk")),
        tuple(history_of(honour)),
        titles_beside(honour, actor),
        _announced(honour),
    )


def titles_beside(honour: Honour, actor: Actor) -> tuple[Beside, ...]:
    """What else the unit holds or held, as far as this actor may see it, the oldest first."""
    rows = list(
        visible_to(actor, Honour)
        .filter(unit=honour.unit_id)
        .exclude(pk=honour.pk)
        .order_by("conferred_on", "pk")
    )
    if not rows:
        return ()
    taken: dict[int, list[Taken]] = {row.pk: [] for row in rows}
    entries = LedgerEntry.objects.filter(case_id__in=taken).order_by("case_id", "seq")
    for case, at, step, target in entries.values_list("case_id", "at", "step", "target"):
        taken[case].append(Taken(shanghai_date(at).year, step, target))
    return tuple(Beside(row, tuple(taken[row.pk])) for row in rows)


def _announced(honour: Honour) -> Notice | None:
    if honour.status != HonourStatus.REVOKED:
        return None
    return told_of([honour.pk], NoticeSubject.REVOCATION).get(honour.pk)


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
