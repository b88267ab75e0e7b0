"""Whether a programme can be run to its end, proved over its finite route before it is published.

Faults are of a file; flaws are of what a faultless file says. Each flaw names the way to it: the legs that a
case passes until it can go no further. A gap is no flaw: it is listed, and only opening an edition is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.faults import KeyPath
from services.workflow.domain.flaws import Flaw
from services.workflow.domain.organisation import Organisation
from services.workflow.domain.programme import Definition, Leg, Track
from services.workflow.domain.resolving import MAIN_TRACK, kinds_on, resolved
from services.workflow.domain.sound_bodies import body_flaws
from services.workflow.domain.sound_dates import date_flaws
from services.workflow.domain.sound_extent import LARGER, LEADS_BACK, ladder_flaws, quota_flaws
from services.workflow.domain.sound_route import route_flaws

# Flaws of the whole, which no leg leads to.
KEYS: dict[str, KeyPath] = {LARGER: ("quota", "number"), LEADS_BACK: ("ladder",)}


@dataclass(frozen=True)
class Soundness:
    """All that speaks against running a programme; `gaps` are the open indicators of its standard."""

    flaws: tuple[Flaw, ...] = ()
    warnings: tuple[Flaw, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.flaws


def variants_of(definition: Definition) -> Iterator[tuple[str, Definition]]:
    """Each track and category that a subject may have, as the definition it comes to."""
    categories = [category.code for category in definition.categories] or [""]
    for key in (MAIN_TRACK, *(track.key for track in definition.tracks)):
        for kind in kinds_on(definition, key)[:1]:
            yield from ((key, resolved(definition, kind=kind, category=category)) for category in categories)


def soundness(
    definition: Definition,
    organisation: Organisation | None,
    calendar: Calendar,
    year: int,
    others: Iterable[Definition] = (),
) -> Soundness:
    """Looks at every track; without an organisation only at what the definition says by itself.

    `others` are the other programmes, whose ladders this one's may lead over.
    """
    found: list[Flaw] = list(ladder_flaws(definition, others))
    if organisation:
        found += quota_flaws(definition, organisation)
    for key, own in variants_of(definition):
        flaws = [*route_flaws(own, key), *date_flaws(own, year, calendar, key)]
        if organisation:
            flaws += body_flaws(own, organisation, key)
        found += [flaw for flaw in flaws if flaw not in found]
    return Soundness(
        tuple(flaw for flaw in found if flaw.bars),
        tuple(flaw for flaw in found if not flaw.bars),
        definition.gaps,
    )


def flawed_key(definition: Definition, flaw: Flaw) -> KeyPath:
    """The key of the leg that a flaw is at; of the track's or the programme's kinds where it is at none."""
    tracks = {track.key: (("tracks", t), track) for t, track in enumerate(definition.tracks)}
    at, legs = (
        ((), definition.legs) if flaw.track not in tracks else _legs_of(*tracks[flaw.track], definition)
    )
    if flaw.code in KEYS:
        return (*at, *KEYS[flaw.code])
    if not flaw.way:
        return (*at, "kinds") if at else ("subject_kinds",)
    index = {leg.key: i for i, leg in enumerate(legs)}[flaw.way[-1]]
    return (*at, "legs", index)


def _legs_of(at: KeyPath, track: Track, definition: Definition) -> tuple[KeyPath, tuple[Leg, ...]]:
    return (at, track.legs) if track.legs else ((), definition.legs)
