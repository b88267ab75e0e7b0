"""Whether a route leads to its end: every leg reachable, no place that nothing leads on from.

The table of ways on is the machine's (models/lifecycle/declaration.py); a test holds the two together.
"""

from collections.abc import Iterator

from services.workflow.domain.flaws import Flaw, way_to
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.stages import Mode, Stage

# The step that leads on from a leg, by its stage and mode; other pairs have none.
WAYS_ON = {
    (Stage.DRAFT, Mode.SINGLE): "submit",
    (Stage.PRELIMINARY_REVIEW, Mode.SINGLE): "endorse",
    (Stage.ELIGIBILITY, Mode.SINGLE): "confirm",
    (Stage.ELIGIBILITY, Mode.CLEARANCE): "clear",
    (Stage.ELIGIBILITY, Mode.COUNTERSIGN): "clear",
    (Stage.EVALUATION, Mode.SCORING): "assess",
    (Stage.EVALUATION, Mode.VOTE): "vote",
    (Stage.EVALUATION, Mode.SINGLE): "decide",
    (Stage.NOTICE, Mode.NOTICE): "close_notice",
    (Stage.NAMING, Mode.SINGLE): "confer",
}


def way_on(leg: Leg) -> str:
    """The step that leads on from a leg; "" where none does."""
    return WAYS_ON.get((leg.stage, leg.mode), "")


def decision_index(legs: tuple[Leg, ...]) -> int | None:
    """Where the programme decides: the last single act of its evaluation."""
    single = [i for i, leg in enumerate(legs) if (leg.stage, leg.mode) == (Stage.EVALUATION, Mode.SINGLE)]
    return single[-1] if single else None


def reachable(legs: tuple[Leg, ...]) -> tuple[int, ...]:
    """Indices of the legs that a case can come to.

    Returns and corrections lead only to legs that it has been at, and a sample's leg lies between two others,
    so the ways on decide.
    """
    found = []
    for index, leg in enumerate(legs):
        found.append(index)
        if not way_on(leg):
            break
    return tuple(found)


def route_flaws(definition: Definition, track: str = "") -> Iterator[Flaw]:
    """Dead ends, legs behind them, and a decision that waits for scores that nobody gives."""
    legs = definition.legs
    last = reachable(legs)[-1]
    if not way_on(legs[last]):
        params = {"stage": legs[last].stage.value, "mode": legs[last].mode.value}
        yield Flaw("route.no_way_on", params, way_to(legs, last), track)
        for index in range(last + 1, len(legs)):
            yield Flaw("route.unreachable", {"leg": legs[index].key}, way_to(legs, index), track)
        return
    yield from _unscored(definition, track)


def _unscored(definition: Definition, track: str) -> Iterator[Flaw]:
    """Criteria that nobody has scored by the time the programme decides."""
    legs, decision = definition.legs, decision_index(definition.legs)
    if decision is None:
        yield Flaw("route.decides_nowhere", {}, way_to(legs, len(legs) - 1), track, bars=False)
        return
    missing = () if definition.standard.gaps else _open_at(definition, decision)
    if missing:
        yield Flaw("route.not_scored", {"criteria": "、".join(missing)}, way_to(legs, decision), track)


def _open_at(definition: Definition, decision: int) -> tuple[str, ...]:
    """What is not scored yet: a self-check scores everything, scoring rounds what their bodies answer for."""
    scored = [leg for leg in definition.legs[: decision + 1] if leg.own_check or leg.mode is Mode.SCORING]
    if scored and scored[-1].own_check:
        return ()
    asked = {body.unit for leg in scored for body in leg.bodies}
    return tuple(line.code for line in definition.standard.criteria if line.scorer not in asked)
