"""Questions to a route: who leads, where it is decided, and by whose score."""

from collections.abc import Collection, Sequence

from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Mode, Role, Stage

SELF, TOWN, DEPARTMENT, COMMITTEE, REREVIEW = "self", "town", "department", "committee", "rereview"
RESERVED_TIERS = frozenset({SELF, TOWN, DEPARTMENT, COMMITTEE, REREVIEW})


def organiser_of(definition: Definition, leg: Leg) -> Body:
    """Who leads the rounds of a leg: its body, or the host where the body itself is what votes."""
    return definition.host if leg.mode is Mode.VOTE else leg.body


def decision_leg(definition: Definition) -> int | None:
    """Where the programme decides: the last act of one body in the evaluation; None where it has none."""
    return max(
        (
            index
            for index, leg in enumerate(definition.legs)
            if leg.stage is Stage.EVALUATION and leg.mode is Mode.SINGLE
        ),
        default=None,
    )


def scores_itself(leg: Leg) -> bool:
    """Whether the body of this leg scores every criterion (自查); the unit's own score is no leg's."""
    return leg.own_check and leg.mode is Mode.SINGLE and leg.stage is not Stage.DRAFT


def own_tier(leg: Leg) -> str:
    """The tier under which the scores of a leg that scores for itself are kept."""
    return f"{leg.key}_check" if leg.key in RESERVED_TIERS else leg.key


def tier_before(definition: Definition, leg: int) -> str:
    """Whose score counts at a leg: that of the last one up to it that scores; "" where none has."""
    for at in reversed(definition.legs[: leg + 1]):
        if at.mode is Mode.SCORING:
            return DEPARTMENT
        if scores_itself(at):
            return own_tier(at)
    return ""


def asked_at(definition: Definition, leg: int) -> frozenset[str] | None:
    """Scorers whose criteria a scoring leg has to bring in; None: every criterion, at the last one of the route."""
    later = any(at.mode is Mode.SCORING for at in definition.legs[leg + 1 :])
    return frozenset(body.unit for body in definition.legs[leg].bodies) if later else None


def scoring_leg(definition: Definition, before: int) -> int | None:
    """The last leg of the evaluation before this one at which points are given; None where the route has none."""
    legs = definition.legs[:before]
    found = [i for i, leg in enumerate(legs) if leg.mode is Mode.SCORING and leg.stage is Stage.EVALUATION]
    return found[-1] if found else None


def town_leg(definition: Definition) -> int | None:
    """The leg at which the subject's town endorses; None where the route asks no town."""
    return next(
        (
            index
            for index, leg in enumerate(definition.legs)
            if leg.stage is Stage.PRELIMINARY_REVIEW
            and leg.mode is Mode.SINGLE
            and (leg.body.role, leg.body.unit) == (Role.TOWN, "subject.town")
        ),
        None,
    )


def return_choices(definition: Definition, leg: int, skipped: Collection[int] = ()) -> tuple[int, ...]:
    """The earlier legs that a leg may send a case back to, in their order; those its draw passed by apart.

    A rule that names none, or none that the case has been at, means the unit itself.
    """
    named = {definition.leg_index.get(key, leg) for key in definition.legs[leg].return_to}
    return tuple(sorted(at for at in named if at < leg and at not in skipped)) or (0,)


def usual_return(choices: Sequence[int]) -> int:
    """Where a case goes back to if nobody says: to the unit where it may, else to the nearest leg."""
    return 0 if 0 in choices else choices[-1]


def sampled_legs(definition: Definition) -> tuple[int, ...]:
    """The legs to which only a draw of the cases comes."""
    return tuple(i for i, leg in enumerate(definition.legs) if leg.sample_percent is not None)
