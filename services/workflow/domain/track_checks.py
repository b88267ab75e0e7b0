"""What must hold of every track: its kinds, and the route, standard, marks and quota that it comes to."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from services.workflow.domain.checking import KEY, duplicate, duplicates, unknown_codes
from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.programme import NAME_LENGTH, Definition, Track
from services.workflow.domain.programme_rules import Quota, QuotaKind
from services.workflow.domain.resolving import resolved
from services.workflow.domain.route_checks import route_faults
from services.workflow.domain.scoring import ZERO, plain
from services.workflow.domain.standard_checks import standard_faults

OWN = ("title", "standard", "legs", "quota", "pass_mark", "levels", "tie_break")


def own_faults(definition: Definition) -> Iterator[KeyFault]:
    """Faults of what a track may replace: route, standard, marks, levels, quota."""
    yield from route_faults(definition)
    yield from standard_faults(definition)
    yield from _of_marks(definition)
    yield from _of_levels(definition)
    yield from _of_quota(definition.quota)


def track_faults(definition: Definition) -> Iterator[KeyFault]:
    """Faults of the tracks, each looked at as the definition it comes to."""
    tracks = definition.tracks
    for t in duplicates([track.key for track in tracks]):
        yield duplicate(("tracks", t, "key"), tracks[t].key)
    taken: set[str] = set()
    main = list(own_faults(definition)) if tracks else []
    for t, track in enumerate(tracks):
        yield from _of_track(track, ("tracks", t))
        yield from _of_kinds(track, definition, taken, ("tracks", t, "kinds"))
        taken.update(track.kinds)
        if track.kinds:
            alone = replace(definition, tracks=(track,))
            found = own_faults(resolved(alone, kind=track.kinds[0]))
            yield from _rerooted(found, track, ("tracks", t), main)


def _of_track(track: Track, at: KeyPath) -> Iterator[KeyFault]:
    if not KEY.fullmatch(track.key):
        yield KeyFault((*at, "key"), "programme.bad_key", {"given": track.key[:40]})
    if not track.name:
        yield KeyFault((*at, "name"), "programme.empty")
    if len(track.title) > NAME_LENGTH:
        params = {"limit": NAME_LENGTH, "length": len(track.title)}
        yield KeyFault((*at, "title"), "programme.name_too_long", params)


def _of_kinds(track: Track, definition: Definition, taken: Iterable[str], at: KeyPath) -> Iterator[KeyFault]:
    if not track.kinds:
        yield KeyFault(at, "programme.empty")
    for n, kind in unknown_codes(track.kinds, definition.subject_kinds):
        yield KeyFault((*at, n), "programme.kind_not_subject", {"given": kind}, (("subject_kinds",),))
    for n in duplicates(track.kinds):
        yield duplicate((*at, n), track.kinds[n])
    others = set(taken)
    for n, kind in enumerate(track.kinds):
        if kind in others:
            yield KeyFault((*at, n), "programme.kind_on_two_tracks", {"given": kind}, (("tracks",),))


def _rerooted(
    found: Iterable[KeyFault], track: Track, at: KeyPath, main: list[KeyFault]
) -> Iterator[KeyFault]:
    """Puts a fault of what a track comes to at the track's own key; one of the main track is told there."""
    given = {key for key in OWN if getattr(track, key)}
    for fault in found:
        if fault.path[0] in given:
            yield replace(fault, path=(*at, *fault.path), grounds=(at, *fault.grounds))
        elif fault not in main:
            yield replace(fault, path=at, grounds=(at, fault.path, *fault.grounds))


def _of_marks(definition: Definition) -> Iterator[KeyFault]:
    total = definition.standard.total
    if not 0 < definition.pass_mark <= total:
        yield KeyFault(("pass_mark",), "programme.pass_mark_out_of_range", {"most": plain(total)})
    known = chain((indicator.code for indicator in definition.indicators), definition.standard.by_code.keys())
    for i, code in unknown_codes(definition.tie_break, known):
        yield KeyFault(("tie_break", i), "programme.unknown_tie_break", {"given": code})


def _of_levels(definition: Definition) -> Iterator[KeyFault]:
    levels, standard = definition.levels, definition.standard
    most = standard.total + max(standard.bonus_cap, ZERO)
    for i in duplicates([level.name for level in levels]):
        yield duplicate(("levels", i, "name"), levels[i].name)
    for i, level in enumerate(levels):
        if not level.name:
            yield KeyFault(("levels", i, "name"), "programme.empty")
        if not 0 < level.reached_at <= most:
            params = {"most": plain(most)}
            grounds = (("standard",),)
            yield KeyFault(("levels", i, "reached_at"), "programme.level_out_of_reach", params, grounds)
        if i and level.reached_at <= levels[i - 1].reached_at:
            yield KeyFault(("levels", i, "reached_at"), "programme.levels_out_of_order", {}, (("levels",),))


def _of_quota(quota: Quota) -> Iterator[KeyFault]:
    limited = quota.kind is not QuotaKind.NONE
    if limited and quota.number is None:
        yield KeyFault(("quota", "number"), "programme.missing_key")
    if not limited and (quota.number is not None or quota.towns):
        yield KeyFault(("quota", "kind"), "programme.quota_without_kind")
    if quota.number is not None and quota.number < 1:
        yield KeyFault(("quota", "number"), "programme.not_above_zero")
    for i in duplicates([town.town for town in quota.towns]):
        yield duplicate(("quota", "towns", i, "town"), quota.towns[i].town)
    for i, town in enumerate(quota.towns):
        if town.number < 0:
            yield KeyFault(("quota", "towns", i, "number"), "programme.below_zero")
    shared = sum(town.number for town in quota.towns)
    if quota.number is not None and quota.towns and _mismatched(quota.kind, shared, quota.number):
        params = {"sum": shared, "declared": quota.number}
        yield KeyFault(("quota", "towns"), "programme.quota_does_not_add_up", params)


def _mismatched(kind: QuotaKind, shared: int, number: int) -> bool:
    if kind is QuotaKind.EXACT:
        return shared != number
    return shared > number if kind is QuotaKind.MAXIMUM else shared < number
