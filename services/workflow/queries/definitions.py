"""Published definitions as the domain's values. A version never changes, so each is read once a process."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from services.workflow.domain.definition_codec import definition_from_dict
from services.workflow.domain.programme import Definition
from services.workflow.domain.resolving import kinds_on, resolved
from services.workflow.models import ProgrammeVersion
from services.workflow.queries.prepared import fetch


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
    _units.clear()


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


UNITS = """
SELECT (SELECT number FROM revision WHERE name = 'units'), u.code, u.id
  FROM (SELECT 1) AS one LEFT JOIN workflow_unit u ON u.code = ANY(%(codes)s::text[])
"""
# {definition: (revision, {code: key})}, by identity: definitions are kept as long as the process lives.
_units: dict[int, tuple[int, Definition, dict[str, int]]] = {}
UNITS_MOST = 1024


def unit_ids(*definitions: Definition, revision: int | None = None) -> dict[str, int]:
    """Keys of the units that definitions name by code, in one statement.

    `revision` is the units' as the running transaction sees it; what was read under the same is not read again.
    """
    found: dict[str, int] = {}
    for definition in definitions:
        kept = _units.get(id(definition))
        if kept is None or kept[0] != revision or kept[1] is not definition:
            return _read_units(definitions)
        found |= kept[2]
    return found


def _read_units(definitions: tuple[Definition, ...]) -> dict[str, int]:
    codes = {id(definition): _codes(definition) for definition in definitions}
    rows = fetch(UNITS, {"codes": sorted(set().union(*codes.values()))})
    found = {code: pk for _, code, pk in rows if pk is not None}
    if len(_units) > UNITS_MOST:
        _units.clear()
    for definition in definitions:
        own = {code: found[code] for code in codes[id(definition)] if code in found}
        _units[id(definition)] = rows[0][0], definition, own
    return found


def _codes(definition: Definition) -> set[str]:
    """The codes of units that a definition names."""
    codes = {body.unit for body in definition.bodies() if not body.is_relative}
    codes |= {ground.owner for ground in definition.veto_grounds}
    codes |= {town.town for town in definition.quota.towns}
    return codes | {criterion.scorer for _, criterion in definition.standard.lines}
