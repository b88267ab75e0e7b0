"""A definition as it is for one kind and category of subject: every difference put in its place.

Whatever asks about a case works on a resolved definition, so that nothing downstream needs to know that
tracks and categories exist.
"""

from dataclasses import replace
from decimal import Decimal

from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.stages import UnitKind
from services.workflow.domain.standard import Indicator, Scale, Standard

MAIN_TRACK = ""


def track_of(definition: Definition, kind: str) -> str:
    """Key of the track that a kind of subject runs on; MAIN_TRACK where it has none of its own."""
    track = _track(definition, kind)
    return track.key if track else MAIN_TRACK


def kinds_on(definition: Definition, track: str) -> tuple[UnitKind, ...]:
    """The kinds of subject that run on a track."""
    return tuple(kind for kind in definition.subject_kinds if track_of(definition, kind) == track)


def resolved(definition: Definition, *, kind: str, category: str = "") -> Definition:
    """The definition for one kind and category of subject.

    1. The track that holds the kind replaces what it gives.
    2. Criteria of other categories are left out, and indicators that have none left.
    A definition without tracks and categories is itself.
    """
    if definition.tracks:
        definition = _on_track(definition, kind)
    if any(criterion.categories for criterion in definition.standard.criteria):
        definition = _in_category(definition, category)
    return definition


def _track(definition: Definition, kind: str) -> Track | None:
    return next((track for track in definition.tracks if kind in track.kinds), None)


def _on_track(definition: Definition, kind: str) -> Definition:
    track = _track(definition, kind)
    kinds = kinds_on(definition, track.key if track else MAIN_TRACK)
    if track is None:
        return replace(definition, subject_kinds=kinds, tracks=())
    standard = track.standard or definition.standard
    known = {*standard.by_code, *(indicator.code for indicator in standard.indicators)}
    inherited = tuple(code for code in definition.tie_break if code in known)
    return replace(
        definition,
        title=track.title or definition.title,
        standard=standard,
        legs=track.legs or definition.legs,
        quota=track.quota or definition.quota,
        pass_mark=definition.pass_mark if track.pass_mark is None else track.pass_mark,
        levels=track.levels or definition.levels,
        tie_break=track.tie_break or inherited,
        subject_kinds=kinds,
        tracks=(),
    )


def _in_category(definition: Definition, category: str) -> Definition:
    standard = definition.standard
    narrowed = ((indicator, _narrowed(indicator, category)) for indicator in standard.indicators)
    kept = tuple(new for old, new in narrowed if new.criteria or not old.criteria)
    if standard.scale is Scale.MET:
        return _recounted(definition, replace(standard, indicators=kept))
    return replace(definition, standard=replace(standard, indicators=kept))


def _narrowed(indicator: Indicator, category: str) -> Indicator:
    asked = (line for line in indicator.criteria if not line.categories or category in line.categories)
    return replace(indicator, criteria=tuple(asked))


def _recounted(definition: Definition, standard: Standard) -> Definition:
    """Targets are counted afresh; where every one had to be met, every one of those left has to be."""
    number = Decimal(sum(len(indicator.criteria) for indicator in standard.indicators if not indicator.bonus))
    whole = definition.pass_mark == definition.standard.total
    pass_mark = number if whole else min(definition.pass_mark, number)
    return replace(definition, standard=replace(standard, total=number), pass_mark=pass_mark)
