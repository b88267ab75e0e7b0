"""How long to wait before a delivery is tried again."""

from collections.abc import Sequence


def delay_s(failures: int, schedule: Sequence[float], luck: float) -> float:
    """The pause after so many failures in a row: between half and all of the schedule's step, by `luck` in 0..1.

    Past the schedule's end its last step holds.
    """
    assert failures >= 1 and 0 <= luck <= 1
    step = schedule[min(failures, len(schedule)) - 1]
    return step * (1 + luck) / 2


def is_dead(attempts: int, age_s: float, schedule: Sequence[float]) -> bool:
    """Whether to give up: every step of the schedule was tried, or as much time has passed as all of them take.

    By age too, because letters behind one that fails are not tried while their receiver rests.
    """
    return attempts > len(schedule) or age_s > sum(schedule)
