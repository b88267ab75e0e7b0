"""The draw of a sample: what is told of it while it is secret, and all that recomputes it afterwards."""

from dataclasses import dataclass
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.route import sampled_legs
from services.workflow.domain.sampling import draw_number, drawn, seed_hash
from services.workflow.domain.stages import OPEN
from services.workflow.models import Declaration, Edition
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import declaration_definition
from services.workflow.queries.places import tracks_of
from services.workflow.queries.rights import visible_to

PAGE = 500


def seed_told(edition: Edition) -> dict[str, Any]:
    """The seed's SHA-256 from the opening on; the seed itself once no case can come to a leg that draws any more."""
    last = {
        track: legs[-1]
        for track, definition in tracks_of(edition).items()
        if (legs := sampled_legs(definition))
    }
    if not last:
        return {}
    told = {"draw_seed_sha256": seed_hash(edition.draw_seed), "draw_seed": None}
    return {**told, "draw_seed": edition.draw_seed} if _is_over(edition, last) else told


def _is_over(edition: Edition, last: dict[str, int]) -> bool:
    """Whether declaring is over and every case has left the last leg of its track that draws."""
    if now() < edition.closes_at:
        return False
    open_ones = Declaration.objects.filter(
        edition=edition, track__in=last, stage__in=[str(stage) for stage in OPEN]
    )
    kept = ("track", "leg", "return_leg", "asked_before")
    return not any(row.came_to <= last[row.track] for row in open_ones.only(*kept))


def draws_of(declaration: Any) -> list[dict[str, Any]]:
    """Of each leg that draws a sample: whether the case was drawn, told once the case is past it; its edition at hand.

    The number is told with the seed, so that anybody can recompute both.
    """
    definition, edition = declaration_definition(declaration), declaration.edition
    legs = sampled_legs(definition)
    if not legs:
        return []
    seed = seed_told(edition).get("draw_seed")
    at = declaration.came_to
    told = []
    for index in legs:
        leg = definition.legs[index]
        percent = leg.sample_percent or 0
        known = at >= index or bool(seed)
        told.append(
            {
                "leg": index,
                "key": leg.key,
                "name": leg.name,
                "percent": percent,
                "drawn": drawn(edition.draw_seed, leg.key, declaration.pk, percent) if known else None,
                "number": str(draw_number(seed, leg.key, declaration.pk)) if seed else None,
            }
        )
    return told


@dataclass(frozen=True)
class Drawing:
    """One case at one leg that draws; `drawn` and `number` are None while they are not told yet."""

    case: int
    unit: str
    town: str
    leg: int
    name: str
    percent: int
    drawn: bool | None
    number: str | None


def draws_in(edition: Edition, actor: Actor, *, after: int = 0) -> list[Drawing]:
    """The draw of an edition, case by case in the order they were filed, as far as it is told; `PAGE` cases at most.

    The actor sees the cases that are theirs to see; whether one was drawn is told once it has come past the leg.
    """
    seed = seed_told(edition).get("draw_seed")
    rows = (
        visible_to(actor, Declaration)
        .filter(edition=edition, filed_at__isnull=False, pk__gt=after)
        .select_related("unit", "town", "edition")
        .order_by("pk")[:PAGE]
    )
    return [one for row in rows for one in _drawings(row, edition.draw_seed, told=bool(seed))]


def _drawings(row: Any, seed: str, *, told: bool) -> list[Drawing]:
    definition = declaration_definition(row)
    at = row.came_to
    found = []
    for index in sampled_legs(definition):
        leg = definition.legs[index]
        known = told or at >= index
        percent = leg.sample_percent or 0
        found.append(
            Drawing(
                row.pk,
                row.unit.name,
                row.town.name if row.town else "",
                index,
                leg.name,
                percent,
                drawn(seed, leg.key, row.pk, percent) if known else None,
                str(draw_number(seed, leg.key, row.pk)) if told else None,
            )
        )
    return found


def draws_samples(edition: Edition) -> bool:
    """Whether some leg of some track of an edition draws."""
    return any(sampled_legs(definition) for definition in tracks_of(edition).values())
