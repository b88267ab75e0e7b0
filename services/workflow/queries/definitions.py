"""Published definitions as the domain's values. A version never changes, so each is read once a process."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from services.workflow.domain.definition_codec import definition_from_dict
from services.workflow.domain.programme import Definition
from services.workflow.domain.resolving import kinds_on, resolved
from services.workflow.models import ProgrammeVersion, Unit


@lru_cache(maxsize=256)
def definition_of(version_id: int) -> Definition:
    """The whole definition of one published version, with all its tracks."""
    return definition_from_dict(
        ProgrammeVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    )


@lru_cache(maxsize=1024)
def definition_for(version_id: int, kind: str, category: str = "") -> Definition:
    """What of a version holds for one kind and category of subject."""
    return resolved(definition_of(version_id), kind=kind, category=category)


def forget_definitions() -> None:
    """Read every definition anew; for a process that turns to another database."""
    for cached in (definition_of, definition_for, kind_of_track):
        cached.cache_clear()


@lru_cache(maxsize=1024)
def kind_of_track(version_id: int, track: str) -> str:
    """A kind of subject that runs on this track, whatever became of the unit's own kind since."""
    return next(map(str, kinds_on(definition_of(version_id), track)), "")


def track_definition(version_id: int, track: str, category: str = "") -> Definition:
    """What of a version holds on one track for one category."""
    return definition_for(version_id, kind_of_track(version_id, track), category)


def version_of(row: Any, edition: Any) -> int:
    """The version that holds for a declaration: the one it was moved to, else its edition's."""
    version: int = row.definition_version_id or edition.definition_version_id
    return version


def declaration_definition(row: Any) -> Definition:
    """What holds for one declaration; its edition is at hand."""
    return track_definition(version_of(row, row.edition), row.track, row.category)


def honour_definition(honour: Any, version_id: int | None = None) -> Definition:
    """What an honour was earned under, or what another version asks of the same kind; `declaration` is at hand."""
    earned, declared = honour.earned_under_id, honour.declaration
    return definition_for(version_id or earned, kind_of_track(earned, declared.track), declared.category)


def slate_definition(slate: Any) -> Definition:
    """What holds on a slate's track, with the criteria of every category on it; its edition is at hand."""
    version = slate.edition.definition_version_id
    track = next((each for each in definition_of(version).tracks if each.key == slate.track), None)
    route = track_definition(version, slate.track)
    whole = (track.standard if track else None) or definition_of(version).standard
    return replace(route, standard=whole) if route.standard != whole else route


def line_definition(slate: Any, case: Any) -> Definition:
    """What holds for one line of a slate; the slate's edition is at hand."""
    return track_definition(version_of(case, slate.edition), slate.track, case.category)


def unit_ids(*definitions: Definition) -> dict[str, int]:
    """Keys of the units that definitions name by code, in one statement."""
    codes: set[str] = set()
    for definition in definitions:
        codes |= {body.unit for body in definition.bodies() if not body.is_relative}
        codes |= {ground.owner for ground in definition.veto_grounds}
        codes |= {town.town for town in definition.quota.towns}
        codes |= {criterion.scorer for _, criterion in definition.standard.lines}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
