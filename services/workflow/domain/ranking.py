"""The order of the cases of one edition and track: by points, then by the programme's tie-break.

The order of those who come in never matters: equal standings share a place, and the next one is skipped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from services.workflow.domain.scoring import NOT_APPLICABLE, ScoreTotal, TraceLine


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case is ranked by: its points, and its share of the points of each tie-break line."""

    case: int
    points: Decimal
    shares: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """`tie_broken_by` is the tie-break line that set the case apart from the one before; `shared` says that
    nothing did.
    """

    case: int
    place: int
    points: Decimal
    tie_broken_by: str = ""
    shared: bool = False


def standing(case: int, total: ScoreTotal, tie_break: Sequence[str]) -> Standing:
    """The standing of a case by its total; the codes are of indicators or criteria."""
    whole = Fraction(total.raw) / Fraction(total.applicable) if total.applicable else Fraction(0)
    return Standing(case, total.points, {code: _share(code, total.trace, whole) for code in tie_break})


def _share(code: str, trace: Iterable[TraceLine], whole: Fraction) -> Fraction:
    """The share reached of what applies; a line that does not concern the unit counts as its share of the
    whole.
    """
    lines = [line for line in trace if code in {line.criterion, line.indicator}]
    counted = [line for line in lines if line.points is not NOT_APPLICABLE]
    maximum = sum((Fraction(line.maximum) for line in counted), Fraction(0))
    given = sum((Fraction(p) for line in counted if isinstance(p := line.points, Decimal)), Fraction(0))
    return given / maximum if maximum else whole


def ranked(standings: Iterable[Standing], tie_break: Sequence[str]) -> tuple[Place, ...]:
    """Places from 1 on: more points first, then the tie-break lines in their order, then an equal place."""

    def key(standing: Standing) -> tuple[Fraction | Decimal, ...]:
        return (-standing.points, *(-standing.shares.get(code, Fraction(0)) for code in tie_break))

    places: list[Place] = []
    ordered = sorted(standings, key=lambda standing: (key(standing), standing.case))
    keys = [key(standing) for standing in ordered]
    for n, standing in enumerate(ordered):
        same_as_before = n > 0 and keys[n] == keys[n - 1]
        same_as_next = n + 1 < len(ordered) and keys[n] == keys[n + 1]
        place = places[-1].place if same_as_before else n + 1
        decider = "" if same_as_before or not n else _decider(keys[n - 1], keys[n], tie_break)
        shared = same_as_before or same_as_next
        places.append(Place(standing.case, place, standing.points, decider, shared))
    return tuple(places)


def _decider(
    before: Sequence[Fraction | Decimal], this: Sequence[Fraction | Decimal], tie_break: Sequence[str]
) -> str:
    """The first line at which two standings of equal points differ."""
    differing = (n for n, pair in enumerate(zip(before, this, strict=True)) if pair[0] != pair[1])
    first = next(differing)
    return tie_break[first - 1] if first else ""


def waits_before(places: Iterable[Place], case: int, undecided: Iterable[int]) -> tuple[int, ...]:
    """Cases of a strictly better place that are not decided yet, best first."""
    by_case = {place.case: place for place in places}
    waiting = [by_case[other] for other in undecided if other in by_case]
    own = by_case[case].place
    return tuple(place.case for place in sorted(waiting, key=lambda p: p.place) if place.place < own)
