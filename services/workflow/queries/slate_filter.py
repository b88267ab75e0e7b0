"""Building a slate by filter: of what waits at a leg, one town's, the first by rank, those with enough points."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.queries.slate_page import Candidate, candidates, edition_of_office, legs_open


@dataclass(frozen=True)
class SlateFilter:
    """Each part that is set narrows; `rank` is the last on the town's list, `points` the least."""

    town: str = ""
    rank: int | None = None
    points: Decimal | None = None

    def fits(self, one: Candidate) -> bool:
        """Whether a candidate is meant; one without a rank or points fits no limit of them."""
        if self.town and one.town != self.town:
            return False
        if self.rank is not None and (one.rank is None or one.rank > self.rank):
            return False
        return self.points is None or (one.points is not None and one.points >= self.points)


def narrowed(rows: Iterable[Candidate], by: SlateFilter) -> list[Candidate]:
    return [row for row in rows if by.fits(row)]


def cases_of(edition_id: int, leg: int, track: str, by: SlateFilter, actor: Actor) -> list[int]:
    """The declarations at a leg that a filter means and that may stand on a slate, in its order.

    Refused: edition.not_found, step.not_yours, slate.not_a_round_leg.
    """
    edition = edition_of_office(edition_id, actor, "table")
    found = next((one for one in legs_open(edition, actor) if (one.index, one.track) == (leg, track)), None)
    if found is None:
        raise Refused("slate.not_a_round_leg")
    return [row.case for row in narrowed(candidates(edition, found, actor), by) if not row.barred]
