"""The ranking of an edition as its office reads it: places and what they rest on, quota, composition."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.allotment import is_limited, pool_of, quota_left
from services.workflow.domain.composition import concerns
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import CompositionRule
from services.workflow.domain.ranking import Place
from services.workflow.domain.scoring import ScoreTotal, total
from services.workflow.domain.stages import Role
from services.workflow.models import Declaration, Edition
from services.workflow.queries.definitions import definition_of, track_definition, version_of
from services.workflow.queries.places import decided_in, tracks_of
from services.workflow.queries.ranking import ranking_of
from services.workflow.queries.rights import visible_to
from services.workflow.queries.scores import sheets_of, wanted_at


@dataclass(frozen=True)
class Ranked:
    """One case with its place, what its total is made of, and whether it waits undecided."""

    place: Place
    case: Any
    total: ScoreTotal | None
    waits: bool
    last: bool


@dataclass(frozen=True)
class Guard:
    """A rule of composition and how many it counts now, of how many in all."""

    rule: CompositionRule
    counted: int
    everyone: int

    @property
    def is_full(self) -> bool:
        """Whether one more of these would break it."""
        if self.rule.number is not None and self.counted >= self.rule.number:
            return True
        share, of = self.rule.share, self.everyone + 1
        return share is not None and of * share >= 1 and self.counted + 1 > of * share


@dataclass(frozen=True)
class Standings:
    """One track: its ranking, how much of its quota is used, the guards of the whole edition."""

    track: str
    name: str
    definition: Definition
    rows: tuple[Ranked, ...]
    used: int
    left: int | None
    guards: tuple[Guard, ...]


def may_rank(actor: Actor) -> bool:
    """A unit and its town learn points when the list is public; until then nobody ranks them but the bodies above."""
    return actor.role not in {Role.DECLARANT, Role.TOWN}


def standings_of(edition: Edition, actor: Actor, *, details: bool = False) -> list[Standings]:
    """The ranking of each track with anything in it or a quota to fill, as far as this actor may see.

    `details` brings what each total is made of, in two statements more a track.
    """
    if not may_rank(actor):
        return []
    whole = definition_of(edition.definition_version_id)
    decided = decided_in([edition])[edition.pk]
    counts: Counter[tuple[str, str]] = Counter()
    for sort, count in decided.items():
        counts[sort.makeup] += count
    guards = tuple(
        Guard(rule, sum(n for makeup, n in counts.items() if concerns(rule, makeup)), sum(counts.values()))
        for rule in whole.composition
    )
    names = {track.key: track.name for track in whole.tracks}
    found = []
    for track, definition in tracks_of(edition).items():
        rows = _rows(edition, track, actor, details=details)
        pool = pool_of(whole, track)
        used = sum(count for sort, count in decided.items() if sort.track in pool)
        if rows or is_limited(definition.quota):
            left = quota_left(definition.quota, pool, decided)
            name = names.get(track, "")
            found.append(Standings(track, name, definition, rows, used, left, guards))
    return found


def _rows(edition: Edition, track: str, actor: Actor, *, details: bool) -> tuple[Ranked, ...]:
    ranking = ranking_of(edition, track)
    if not ranking.places:
        return ()
    rows = visible_to(actor, Declaration).filter(edition=edition, pk__in=ranking.places)
    cases = {row.pk: row for row in rows.select_related("unit__town")}
    totals = _totals(edition, list(cases.values())) if details else {}
    lowest = max(place.place for place in ranking.places.values())
    return tuple(
        Ranked(
            place,
            cases[place.case],
            totals.get(place.case),
            place.case in ranking.undecided,
            1 < place.place == lowest,
        )
        for place in ranking.places.values()
        if place.case in cases
    )


def _totals(edition: Edition, cases: list[Any]) -> dict[int, ScoreTotal]:
    definitions = {
        row.pk: track_definition(version_of(row, edition), row.track, row.category) for row in cases
    }
    sheets = sheets_of({row.pk: wanted_at(definitions[row.pk], row.leg or 0) for row in cases})
    return {
        pk: total(
            definitions[pk].standard,
            {code: score for code, score in sheet.items() if code in definitions[pk].standard.by_code},
        )
        for pk, sheet in sheets.items()
    }
