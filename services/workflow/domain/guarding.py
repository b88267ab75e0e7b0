"""A condition of a step carries the code it refuses with, and what it tells of the case."""

from collections.abc import Callable
from typing import Any

Guard = Callable[..., bool]  # of the case; those of a step `by_actor` of the actor too
Particulars = Callable[[Any], dict[str, object]]


def refuses(code: str, told: Particulars | None = None) -> Callable[[Guard], Guard]:
    """Names the refusal of a condition, so that a button, a page and the API give the same reason.

    `told` adds the particulars of the case that does not fulfil it.
    """

    def mark(guard: Guard) -> Guard:
        guard.code = code  # type: ignore[attr-defined]  # a function carries its code
        guard.told = told or _nothing_more  # type: ignore[attr-defined]
        return guard

    return mark


def _nothing_more(case: Any) -> dict[str, object]:
    return {}
