"""Who is asked in a round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Participant:
    """A body that answers once for all its people; with a member, one person who answers alone (votes)."""

    unit_id: int
    role: str
    member_id: int | None = None
