"""The draw of a sample: what is told of it while it is secret, and all that recomputes it afterwards."""

from typing import Any

from services.workflow.domain.route import sampled_legs
from services.workflow.domain.sampling import draw_number, drawn, seed_hash
from services.workflow.domain.stages import OPEN
from services.workflow.models import Declaration, Edition
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import declaration_definition
from services.workflow.queries.places import tracks_of


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
    return not any(
        (leg if back is None else back) <= last[track]
        for track, leg, back in open_ones.values_list("track", "leg", "return_leg")
    )


def draws_of(declaration: Any) -> list[dict[str, Any]]:
    """Of each leg that draws a sample: whether the case was drawn, told once the case is past it; its edition at hand.

    The number is told with the seed, so that anybody can recompute both.
    """
    definition, edition = declaration_definition(declaration), declaration.edition
    legs = sampled_legs(definition)
    if not legs:
        return []
    seed = seed_told(edition).get("draw_seed")
    at = declaration.leg if declaration.return_leg is None else declaration.return_leg
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
