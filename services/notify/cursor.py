"""The place of a reader in the feed, as text that clients keep and never look into."""

import re
from typing import NamedTuple

# Longest lawful text: an epoch and two 20-digit numbers.
_TEXT = re.compile(r"(?P<epoch>[0-9a-z-]{1,80})\.(?P<xid>[0-9]{1,20})\.(?P<id>[0-9]{1,19})", re.ASCII)
MAX_XID = 2**64 - 1
MAX_ID = 2**63 - 1


class Place(NamedTuple):
    """Where an event stands; compared like the pair (xid, id) in SQL."""

    xid: int
    id: int


class Cursor(NamedTuple):
    """A place and the history it belongs to."""

    epoch: str
    place: Place

    def __str__(self) -> str:
        return f"{self.epoch}.{self.place.xid}.{self.place.id}"


def parse(text: str) -> Cursor | None:
    """The cursor written as `epoch.xid.id`, or None for anything else."""
    match = _TEXT.fullmatch(text)
    if not match:
        return None
    place = Place(int(match["xid"]), int(match["id"]))
    if place.xid > MAX_XID or place.id > MAX_ID:
        return None
    return Cursor(match["epoch"], place)


def parse_place(text: str) -> Place:
    """The place written as `xid.id` by the database's `feed_head()`."""
    xid, _, number = text.partition(".")
    return Place(int(xid), int(number))
