"""How long to wait before a delivery is tried again."""

from collections.abc import Sequence


def delay_s(failures: int, schedule: Sequence[float], luck: float) -> float:
    """The pause after so many failures in a row: between half and all of the schedule's step, by `luck` in 0..1.

    Past the schedule's end its last step holds.
    """
    assert failures >= 1 and 0 <= luck <= 1
    step = schedule[min(failures, len(schedule)) - 1]
    return step * (1 + luck) / 2
