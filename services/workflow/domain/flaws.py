"""What keeps a faultless programme from being run: each flaw with the way to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.workflow.domain.programme import Leg


@dataclass(frozen=True)
class Flaw:
    """`way` are the legs that a case passes up to the one it goes no further from; `track` is "" for the main
    track. A flaw that does not bar publishing is a warning.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    way: tuple[str, ...] = ()
    track: str = ""
    bars: bool = True


def way_to(legs: tuple[Leg, ...], index: int) -> tuple[str, ...]:
    """Keys of the legs up to one, itself included."""
    return tuple(leg.key for leg in legs[: index + 1])
