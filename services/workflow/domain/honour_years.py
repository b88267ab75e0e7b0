"""The life of a title year by year, as its ledger tells it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

YEARS_SHOWN = 10
# What is told of a year, the gravest first; other steps of that year are in the history below.
TOLD = (
    "revoke", "lapse", "relinquish", "propose_revocation", "order_rectification", "warn", "pass_on", "retain",
    "open_rereview", "create",
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """A step of the ledger: in which year of Shanghai, and where the title stood after it."""

    year: int
    step: str
    target: str


@dataclass(frozen=True)
class HonourYear:
    """`step` is the gravest of the year, empty in a quiet one; `status` is where the title stood at its end."""

    year: int
    step: str
    status: str


def years_of(taken: Sequence[Taken], this_year: int) -> tuple[HonourYear, ...]:
    """The last ten years, the earliest first, from the naming on; after its end a title has no more years."""
    found: list[HonourYear] = []
    status = ""
    ended = {"revoked", "lapsed", "relinquished"}
    for year in range(min((one.year for one in taken), default=this_year), this_year + 1):
        if status in ended:
            break
        own = [one for one in taken if one.year == year]
        status = own[-1].target if own else status
        steps = {one.step for one in own}
        found.append(HonourYear(year, next((step for step in TOLD if step in steps), ""), status))
    return tuple(found[-YEARS_SHOWN:])
