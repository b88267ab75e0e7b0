"""Moving an open case to a newer version of its programme: what changes for it, and what stands against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.workflow.domain.differences import Difference, differences
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ROUND_MODES, Mode

# What a case is not concerned by once it has begun.
OF_THE_PROGRAMME = frozenset(
    {
        "code",
        "name",
        "scope",
        "host",
        "units",
        "admission",
        "tracks",
        "facts",
        "declaring",
        "summary",
        "source",
    }
)


@dataclass(frozen=True)
class Effect:
    """What moving would do to one case; it may be moved where nothing stands against it."""

    changes: tuple[Difference, ...]
    against: tuple[Refused, ...]


def effect(
    before: Definition,
    after: Definition,
    *,
    leg: int,
    asked: Sequence[int] = (),
    given: Mapping[str, Decimal | None],
) -> Effect:
    """The effect on a case that stands at `leg`; `given` maps each criterion somebody scored to the most given.

    `asked` are the legs that it goes back to once corrected. A leg keeps its place: slates, rounds and notices tell
    the legs of one edition's cases by it.
    """
    concerned = tuple(one for one in differences(before, after) if one.path[0] not in OF_THE_PROGRAMME)
    places = [leg, *asked]
    against = (*_legs(before, after, places), *_joint_legs(before, after, leg), *_scores(after, given))
    return Effect(concerned, against)


def _legs(before: Definition, after: Definition, places: list[int]) -> Iterator[Refused]:
    for place in dict.fromkeys(places):
        here = before.legs[place]
        there = after.leg_index.get(here.key)
        if there is None:
            yield Refused("version.leg_missing", leg=here.name)
        elif there != place or not _is_alike(here, after.legs[there]):
            yield Refused("version.leg_differs", leg=here.name)


def _joint_legs(before: Definition, after: Definition, leg: int) -> Iterator[Refused]:
    """Later legs at which cases are handled together stand where they stood."""
    for place, here in enumerate(before.legs):
        if place > leg and here.mode in (*ROUND_MODES, Mode.NOTICE):
            same = place < len(after.legs) and after.legs[place].key == here.key
            if not same or not _is_alike(here, after.legs[place]):
                yield Refused("version.leg_differs", leg=here.name)


def _is_alike(here: Leg, there: Leg) -> bool:
    return (here.stage, here.mode) == (there.stage, there.mode)


def _scores(after: Definition, given: Mapping[str, Decimal | None]) -> Iterator[Refused]:
    for code, points in given.items():
        criterion = after.standard.by_code.get(code)
        if criterion is None:
            yield Refused("version.score_missing", criterion=code)
        elif points is not None and points > criterion.points:
            yield Refused("score.above_maximum", criterion=code, maximum=str(criterion.points))
