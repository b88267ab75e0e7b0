"""Whether a programme's extent can be had: quotas that the field can fill, and a ladder that somebody can climb."""

from collections.abc import Iterable, Iterator

from services.workflow.domain.extent_checks import ladder_faults
from services.workflow.domain.flaws import Flaw
from services.workflow.domain.organisation import Organisation
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Quota, QuotaKind
from services.workflow.domain.resolving import MAIN_TRACK, kinds_on

LARGER = "quota.larger_than_field"
LEADS_BACK = "ladder.leads_back"


def quota_flaws(definition: Definition, organisation: Organisation) -> Iterator[Flaw]:
    """Quotas larger than the number of units that could be named; tracks without their own share the programme's.

    An exact number that the field does not have bars publishing. A minimum only warns and a maximum limits nobody
    then, so both are told as warnings.
    """
    own = {track.key for track in definition.tracks if track.quota}
    shared = [key for key in (MAIN_TRACK, *(track.key for track in definition.tracks)) if key not in own]
    yield from _of(definition, definition.quota, shared, organisation, MAIN_TRACK)
    for track in definition.tracks:
        if track.quota:
            yield from _of(definition, track.quota, [track.key], organisation, track.key)


def _of(
    definition: Definition, quota: Quota, tracks: Iterable[str], organisation: Organisation, track: str
) -> Iterator[Flaw]:
    kinds = [kind for key in tracks for kind in kinds_on(definition, key)]
    field = organisation.subjects(definition.scope, kinds)
    if quota.kind is QuotaKind.NONE or not field:
        return
    bars = quota.kind is QuotaKind.EXACT
    if quota.number is not None and quota.number > len(field):
        params = {
            "number": quota.number,
            "field": len(field),
            "where": definition.unit_name(definition.scope),
        }
        yield Flaw(LARGER, params, (), track, bars=bars)
    for town in quota.towns:
        there = {unit.code for unit in organisation.within(town.town)}
        number = sum(unit.code in there for unit in field)
        if town.number > number:
            params = {"number": town.number, "field": number, "where": definition.unit_name(town.town)}
            yield Flaw(LARGER, params, (), track, bars=bars)


def ladder_flaws(definition: Definition, others: Iterable[Definition]) -> Iterator[Flaw]:
    """Ways over the ladders of other programmes that lead back to this one."""
    for fault in ladder_faults(definition, others):
        if "way" in fault.params:
            yield Flaw(LEADS_BACK, dict(fault.params))
