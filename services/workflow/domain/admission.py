"""Admission of a programme (审核准入): what is asked for, and what a later version may not change unasked."""

from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import UnitKind

# New programmes of its own that a level of government may admit in one year.
YEARLY_CAP = {UnitKind.DISTRICT: 1, UnitKind.CITY: 2}


def yearly_cap(government: str) -> int | None:
    """How many new programmes a government of this kind may admit a year; None where no cap is set."""
    return YEARLY_CAP.get(UnitKind(government)) if government in set(UnitKind) else None


def is_new_in(definition: Definition, year: int) -> bool:
    """Whether the programme counts against the cap of this year.

    A programme that has run since an earlier year is a standing one, of which an edition is only a run; what a unit
    runs for itself is no programme of its government.
    """
    return not definition.own_programme and (definition.first_year is None or definition.first_year >= year)


def parts_to_admit(definition: Definition) -> dict[str, object]:
    """What admission was asked for, by the name of each part; another value asks for it again."""
    return {
        "name": definition.name,
        "host": definition.host,
        "cycle": definition.cycle_months,
        "scope": (definition.scope, definition.subject_kinds),
        "quota": (definition.quota, tuple((track.key, track.quota) for track in definition.tracks)),
        "standard": (
            definition.standard,
            definition.admission.reward,
            tuple((track.key, track.standard) for track in definition.tracks),
        ),
    }


def changed_parts(before: Definition, after: Definition) -> tuple[str, ...]:
    """Names of the parts whose change re-opens admission, in a fixed order."""
    old, new = parts_to_admit(before), parts_to_admit(after)
    return tuple(name for name in new if old[name] != new[name])


def is_inside_cycle(definition: Definition, year: int, earlier: int) -> bool:
    """Whether an edition of `year` would be the second within the cycle that began with the one of `earlier`."""
    return abs(year - earlier) * 12 < definition.cycle_months
