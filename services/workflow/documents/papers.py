"""What a paper says, in plain values: no model, no clock, no layout."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Anything that can be rendered. `dated` is the day it bears; an `example` is marked on every page."""

    dated: date
    example: bool = False


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One unit in an annex or a public list; a score that is not shown is None."""

    serial: int
    unit: str
    town: str
    score: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Annex:
    """The list that follows the text on pages of its own."""

    title: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, kw_only=True)
class OfficialPaper(Paper):
    """The frame of GB/T 9704-2012: head, body and foot that every official document shares.

    `issuers` stand in the red head, the host first; `signers` are their short names over the seal places.
    A member of `title` begins a new line, and is broken further only where it is too long for one.
    """

    issuers: tuple[str, ...]
    number: str
    title: tuple[str, ...]
    addressees: str
    paragraphs: tuple[str, ...]
    signers: tuple[str, ...]
    remark: str = ""
    copies: str = ""
    printer: str = ""
    printed: date | None = None


@dataclass(frozen=True, kw_only=True)
class Resolution(OfficialPaper):
    """The decision that names and commends, alone or jointly, with its list of units."""

    annex: Annex | None = None


@dataclass(frozen=True, kw_only=True)
class Shortcoming:
    """One thing to put right, by criterion, with what is asked."""

    serial: int
    criterion: str
    finding: str
    demand: str


@dataclass(frozen=True, kw_only=True)
class RectificationOrder(OfficialPaper):
    """The order to put shortcomings right within working days, reported to a named body."""

    shortcomings: tuple[Shortcoming, ...]
    working_days: int
    due: date
    report_to: str


@dataclass(frozen=True, kw_only=True)
class RevokedHonour:
    """One honour that ends, by its number in the register."""

    serial: int
    unit: str
    town: str
    honour_number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RevocationDecision(OfficialPaper):
    """The decision that takes honours away; plaque and ban are told where the programme has them."""

    honour: str
    revoked: tuple[RevokedHonour, ...]
    plaque_due: date | None = None
    banned_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class StripDay:
    """One day of the strip that makes the count of a notice checkable by hand.

    `mark` is `opened` for the day of release that does not count, `counted` with its `count`, or `rest`.
    """

    day: date
    mark: str
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way to object: what it is called and where it leads."""

    name: str
    where: str


@dataclass(frozen=True, kw_only=True)
class NoticePaper(Paper):
    """The public notice as it is posted: list, period with its count, how to object, how to verify it."""

    head: str
    title: str
    number: str
    paragraphs: tuple[str, ...]
    list_title: str
    rows: tuple[ListRow, ...]
    period: str
    strip: tuple[StripDay, ...]
    strip_note: str
    channels: tuple[Channel, ...]
    signer: str
    verification_url: str
    verification_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Certificate(Paper):
    """What the holder hangs on the wall; its code opens the public register."""

    holder: str
    honour: str
    text: str
    issuers: tuple[str, ...]
    honour_number: str
    register_url: str


@dataclass(frozen=True, kw_only=True)
class Plaque(Paper):
    """What is cast on the plaque, in the proportions of a plaque; its code opens the public register."""

    honour: str
    holder: str
    issuers: tuple[str, ...]
    honour_number: str
    register_url: str


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """A person in the minutes, with office, and the reason where absent or recused."""

    name: str
    office: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The count of one line of the slate; `outcome` in words. Spoiled papers there are in a secret vote only."""

    serial: int
    unit: str
    in_favour: int
    against: int
    abstained: int
    recused: int
    outcome: str
    spoiled: int = 0


@dataclass(frozen=True, kw_only=True)
class Minutes(Paper):
    """The minutes of a vote. A secret one names teller and scrutineer, who sign with the chair."""

    body: str
    number: str
    title: str
    held_on: date
    place: str
    chair: str
    recorder: str
    entitled: int
    quorum: int
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]
    recused: tuple[Attendee, ...]
    paragraphs: tuple[str, ...]
    tallies: tuple[Tally, ...]
    secret: bool = False
    teller: str = ""
    scrutineer: str = ""
