"""Places of an edition: how many are decided of each sort, and what each town has endorsed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from services.workflow.domain.allotment import (
    Allotment,
    Places,
    Sort,
    is_limited,
    pool_of,
    town_left,
    town_numbers,
)
from services.workflow.domain.programme import Definition
from services.workflow.domain.route import decision_leg, town_leg
from services.workflow.domain.stages import REVIEWING, Stage
from services.workflow.models import Declaration, Edition, Unit
from services.workflow.queries.definitions import definition_of, track_definition
from services.workflow.queries.ranking import ranking_of

NEVER = Q(pk__in=[])
Decided = dict[int, dict[Sort, int]]


def tracks_of(edition: Edition) -> dict[str, Definition]:
    """{track: what holds on it}, the programme's own route under ""."""
    version = edition.definition_version_id
    keys = ("", *(track.key for track in definition_of(version).tracks))
    return {key: track_definition(version, key) for key in keys}


def decided_q(edition: Edition) -> Q:
    """Declarations of an edition that are past their decision, and not out of it since."""
    past = NEVER
    for track, definition in tracks_of(edition).items():
        leg = decision_leg(definition)
        if leg is not None:
            past |= Q(edition=edition, track=track, leg__gt=leg)
    return past & Q(stage__in=[*map(str, REVIEWING), str(Stage.NAMED)])


def decided_in(editions: Sequence[Edition]) -> Decided:
    """{edition: {sort: how many are decided}}, in one statement."""
    wanted = NEVER
    for edition in editions:
        wanted |= decided_q(edition)
    found: Decided = {edition.pk: {} for edition in editions}
    rows = Declaration.objects.filter(wanted).values_list("edition_id", "track", "unit__kind", "category")
    for edition_id, track, kind, category, count in rows.annotate(n=Count("pk")) if editions else ():
        found[edition_id][Sort(track, kind, category)] = count
    return found


def endorsed_in(editions: Sequence[Edition]) -> dict[int, dict[tuple[str, int], int]]:
    """{edition: {(track, town): how many it has endorsed}}; one that the unit withdrew leaves its place."""
    wanted = NEVER
    for edition in editions:
        for track, definition in tracks_of(edition).items():
            leg = town_leg(definition)
            if leg is not None:
                wanted |= Q(edition=edition, track=track, at__gt=leg)
    found: dict[int, dict[tuple[str, int], int]] = {edition.pk: {} for edition in editions}
    if not editions:
        return found
    rows = (
        Declaration.objects.annotate(at=Coalesce(F("asked_before__0"), F("return_leg"), F("leg")))
        .filter(wanted, town__isnull=False)
        .exclude(stage=str(Stage.WITHDRAWN))
        .values_list("edition_id", "track", "town_id")
    )
    for edition_id, track, town, count in rows.annotate(n=Count("pk")):
        found[edition_id][track, town] = count
    return found


def endorsed_by_town(edition: Edition) -> dict[int, int]:
    """{town: how many it has endorsed} on all tracks of an edition."""
    counts: dict[int, int] = {}
    for (_, town), count in endorsed_in([edition])[edition.pk].items():
        counts[town] = counts.get(town, 0) + count
    return counts


def at_their_decision(rows: Sequence[Any], definitions: Mapping[int, Definition]) -> list[Any]:
    """Rows that stand where a quota, a composition or a ranking is asked."""
    return [
        row
        for row in rows
        if row.stage == Stage.EVALUATION
        and row.leg == decision_leg(definitions[row.id])
        and (is_limited(definitions[row.id].quota) or definitions[row.id].composition)
    ]


def places_of(
    rows: Sequence[Any],
    editions: Mapping[int, Edition],
    definitions: Mapping[int, Definition],
    units: Mapping[str, int],
) -> dict[int, Places]:
    """{declaration: places} of the rows that stand where they matter."""
    deciding = at_their_decision(rows, definitions)
    endorsing = [
        row
        for row in rows
        if definitions[row.id].quota.towns
        and row.leg == town_leg(definitions[row.id])
        and row.stage == Stage.PRELIMINARY_REVIEW
        # One that a later leg has sent back holds its place already.
        and (row.return_leg is None or row.return_leg <= row.leg)
    ]
    found = _of_towns(endorsing, editions, definitions, units) if endorsing else {}
    if not deciding:
        return found
    decided = decided_in([editions[pk] for pk in sorted({row.edition_id for row in deciding})])
    kinds = _kinds([row for row in deciding if definitions[row.id].composition])
    rankings = {
        key: ranking_of(editions[key[0]], key[1])
        for key in {(r.edition_id, r.track) for r in deciding if is_limited(definitions[r.id].quota)}
    }
    for row in deciding:
        definition, edition = definitions[row.id], editions[row.edition_id]
        allotment = Allotment(
            Sort(row.track, kinds.get(row.unit_id, ""), row.category),
            pool_of(definition_of(edition.definition_version_id), row.track),
            decided[row.edition_id],
        )
        ranking = rankings.get((row.edition_id, row.track))
        place = ranking.places.get(row.id) if ranking else None
        found[row.id] = Places(
            quota_left=allotment.left(definition.quota),
            over_composed=allotment.over_composed(definition.composition),
            allotment=allotment,
            higher=ranking.higher_than(row.id) if ranking else frozenset(),
            place=place.place if place else None,
        )
    return found


def _kinds(rows: Sequence[Any]) -> dict[int, str]:
    units = {row.unit_id for row in rows}
    return dict(Unit.objects.filter(pk__in=units).values_list("pk", "kind")) if units else {}


def _of_towns(
    rows: Sequence[Any],
    editions: Mapping[int, Edition],
    definitions: Mapping[int, Definition],
    units: Mapping[str, int],
) -> dict[int, Places]:
    counts = endorsed_in([editions[pk] for pk in sorted({row.edition_id for row in rows})])
    found = {}
    for row in rows:
        pool = pool_of(definition_of(editions[row.edition_id].definition_version_id), row.track)
        endorsed = [
            count
            for (track, town), count in counts[row.edition_id].items()
            if town == row.town_id and track in pool
        ]
        numbers = town_numbers(definitions[row.id].quota, units)
        found[row.id] = Places(town_quota_left=town_left(numbers, row.town_id, endorsed), town_pool=pool)
    return found
