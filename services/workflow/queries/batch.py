"""Several cases looked at before one step is taken on all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration
from services.workflow.models.lifecycle.steps import steps_open, why_not
from services.workflow.queries.clock import now
from services.workflow.queries.facts import gather
from services.workflow.queries.rights import visible_to


@dataclass(frozen=True)
class Candidate:
    """A ticked case; `refusal` says why it is left out."""

    case: int
    version: int
    row: Declaration | None
    refusal: Refused | None


@dataclass(frozen=True)
class Batch:
    """One step on the cases of one leg and edition, those left out among them."""

    step: str
    candidates: tuple[Candidate, ...]

    @property
    def will(self) -> tuple[Candidate, ...]:
        return tuple(one for one in self.candidates if one.refusal is None)

    @property
    def skipped(self) -> tuple[Candidate, ...]:
        return tuple(one for one in self.candidates if one.refusal is not None)


def batch_of(actor: Actor, ticked: Sequence[tuple[int, int]], steps: Sequence[str]) -> Batch:
    """What would become of these cases. The first one that can be agreed to sets step, leg and edition."""
    rows = {
        row.pk: row
        for row in visible_to(actor, Declaration)
        .filter(pk__in=[case for case, _ in ticked])
        .select_related("unit", "edition")
    }
    gather(list(rows.values()), at=now(), member_id=actor.member_id)
    lead = next((found for case, _ in ticked if (found := _open(rows.get(case), actor, steps))), None)
    step, place = lead if lead else ("", None)
    return Batch(step, tuple(_candidate(rows.get(c), c, v, step, place, actor) for c, v in ticked))


def _open(row: Any, actor: Actor, steps: Sequence[str]) -> tuple[str, tuple[int, int]] | None:
    if row is None:
        return None
    found = next((step for step in steps if step in steps_open(row, actor)), None)
    return (found, (row.edition_id, row.leg)) if found else None


def _candidate(row: Any, case: int, version: int, step: str, place: Any, actor: Actor) -> Candidate:
    if row is None:
        return Candidate(case, version, None, Refused("case.not_found", case=case))
    if not step:
        return Candidate(case, version, row, Refused("step.not_yours", step="decide"))
    if row.version != version:
        return Candidate(case, version, row, Refused("overtaken", case=case, version=row.version))
    if (row.edition_id, row.leg) != place:
        return Candidate(case, version, row, Refused("slate.mixed_legs"))
    return Candidate(case, version, row, why_not(row, step, actor))


def titles_of(actor: Actor, case_ids: Sequence[int]) -> dict[int, str]:
    """The units of these cases, by case."""
    rows = visible_to(actor, Declaration).filter(pk__in=case_ids).values_list("pk", "unit__name")
    return dict(rows)
