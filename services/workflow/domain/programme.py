"""A programme as data: everything in which one honours programme differs from another, never a line of code.

A definition is read from a TOML file, kept as JSON in a published version, and frozen from then on. `source`
names the document a part comes from; where a document is silent or cut off, a part says so instead of
inventing official text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from services.workflow.domain.stages import Mode, Role, Stage, UnitKind
from services.workflow.domain.standard import Indicator, Standard

NAME_LENGTH = 25
SUBJECT = "subject"
RELATIVE_UNITS = (SUBJECT, "subject.town", "subject.district")


@dataclass(frozen=True)
class Body:
    """A role held in a unit: relative to the subject ("subject.town") or a unit's code."""

    role: Role
    unit: str

    @property
    def is_relative(self) -> bool:
        return self.unit in RELATIVE_UNITS


class Silence(StrEnum):
    """What a department's missing answer means once its clearance is due."""

    REMIND = "remind"
    ESCALATE = "escalate"
    DEEMED_NONE = "deemed_none"


class Majority(StrEnum):
    MAJORITY = "majority"  # more than half
    TWO_THIRDS = "two_thirds"  # two thirds or more
    ALL = "all"


class Electorate(StrEnum):
    """Whose votes a share is taken of."""

    PRESENT = "present"
    MEMBERS = "members"


@dataclass(frozen=True)
class VoteRule:
    quorum: Fraction = Fraction(2, 3)
    passes: Majority = Majority.MAJORITY
    of: Electorate = Electorate.PRESENT
    secret: bool = False
    source: str = ""


@dataclass(frozen=True)
class CountersignRule:
    """How many of the bodies asked must agree: a number, or a share (1 = all of them)."""

    share: Fraction = Fraction(1)
    count: int | None = None
    source: str = ""


@dataclass(frozen=True)
class ClearanceRule:
    silence: Silence = Silence.ESCALATE
    grace_days: int = 2  # working days between the reminder and what follows it
    source: str = ""


class Channel(StrEnum):
    """How an objection may be lodged."""

    WEB = "web"
    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    FAX = "fax"


@dataclass(frozen=True)
class NoticeRule:
    """A public notice; `from_document` is False where a higher rule adds it and the programme's document
    is silent.
    """

    working_days: int = 5
    opening_day_counts: bool = False
    from_document: bool = True
    channels: tuple[Channel, ...] = (Channel.WEB, Channel.VISIT, Channel.PHONE, Channel.LETTER)
    source: str = ""


@dataclass(frozen=True)
class Leg:
    """One place on the route (环节). Its index in the definition is the `leg` of a case that waits there.

    `body` decides, or leads the round in which `bodies` decide together. Days are working days.
    """

    key: str
    name: str
    stage: Stage
    mode: Mode
    body: Body
    due_days: int | None = None
    bodies: tuple[Body, ...] = ()
    remind_days: tuple[int, ...] = ()  # this long before it is due
    escalate_days: int | None = None  # this long after it was due
    escalate_to: Body | None = None
    return_to: tuple[str, ...] = ()  # keys of the legs a case may be sent back to for correction
    clearance: ClearanceRule | None = None
    countersign: CountersignRule | None = None
    vote: VoteRule | None = None
    notice: NoticeRule | None = None
    own_check: bool = False  # a self-check (自查) is a score, not a decision
    source: str = ""


@dataclass(frozen=True)
class VetoGround:
    """A reason that outweighs any score (一票否决), raised by the department that owns it."""

    code: str
    name: str
    owner: str
    look_back_months: int = 12
    source: str = ""


@dataclass(frozen=True)
class NegativeRule:
    """An entry of the negative list, looked at when declaring and again when deciding."""

    code: str
    name: str
    owner: str
    look_back_months: int = 12
    source: str = ""


class QuotaKind(StrEnum):
    NONE = "none"
    MINIMUM = "minimum"
    EXACT = "exact"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class TownQuota:
    town: str
    number: int


@dataclass(frozen=True)
class Quota:
    kind: QuotaKind = QuotaKind.NONE
    number: int | None = None
    towns: tuple[TownQuota, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Window:
    """A period of every year as month and day ("04-10"); empty where the edition says it."""

    opens: str = ""
    closes: str = ""
    source: str = ""


@dataclass(frozen=True)
class SupervisionRule:
    """What keeps a title (动态管理). Bodies propose and decide a revocation in two acts."""

    rereview_every_years: int
    rereview_body: Body
    revocation_proposer: Body
    revocation_decider: Body
    rectification_working_days: int = 60
    rereview_working_days: int = 20
    adjustable: bool = True  # "in principle": the day may be moved with a reason
    term_years: int | None = None
    ban_years: int | None = None
    source: str = ""


@dataclass(frozen=True)
class NamedUnit:
    """A unit the definition refers to, with the name it goes by there."""

    code: str
    name: str
    kind: UnitKind


@dataclass(frozen=True)
class Fact:
    """What a source document says and no rule of the definition carries."""

    key: str
    text: str
    source: str


@dataclass(frozen=True)
class Definition:
    """One version of one programme."""

    code: str
    name: str
    title: str
    scope: str  # code of the unit within which it runs
    host: Body
    decided_by: Body
    issuers: tuple[str, ...]
    units: tuple[NamedUnit, ...]
    subject_kinds: tuple[UnitKind, ...]
    legs: tuple[Leg, ...]
    standard: Standard
    pass_mark: Decimal
    supervision: SupervisionRule
    notice: NoticeRule | None = None
    summary: str = ""
    legal_basis: tuple[str, ...] = ()
    cycle_months: int = 12
    first_year: int | None = None
    own_programme: bool = False  # a programme that a unit runs for itself
    levels: tuple[str, ...] = ()
    ladder: tuple[str, ...] = ()  # codes of the programmes whose title must be held before
    tie_break: tuple[str, ...] = ()  # codes of indicators or criteria, compared in this order
    veto_grounds: tuple[VetoGround, ...] = ()
    negative_list: tuple[NegativeRule, ...] = ()
    quota: Quota = Quota()
    declaring: Window = Window()
    notice_number_prefix: str = ""
    decision_number_prefix: str = ""
    source: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.standard.indicators

    @property
    def gaps(self) -> tuple[str, ...]:
        """Codes of the indicators still open; no edition opens while there are any."""
        return self.standard.gaps

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is allowed and should be known; higher rules ask for a public notice."""
        has_notice = any(leg.stage is Stage.NOTICE for leg in self.legs)
        return () if has_notice else ("programme.no_public_notice",)

    @cached_property
    def leg_index(self) -> dict[str, int]:
        """Place on the route of each leg's key."""
        return {leg.key: index for index, leg in enumerate(self.legs)}

    def unit_name(self, code: str) -> str:
        """The name the definition gives a unit; its code where it names none."""
        return next((unit.name for unit in self.units if unit.code == code), code)

    def notice_rule(self, leg: Leg) -> NoticeRule:
        """The notice rule of a leg: its own, else the programme's, else the default."""
        return leg.notice or self.notice or NoticeRule()

    def bodies(self) -> Iterator[Body]:
        """Every body the definition names, in its order."""
        yield from (self.host, self.decided_by)
        for leg in self.legs:
            yield from (leg.body, *leg.bodies)
            if leg.escalate_to:
                yield leg.escalate_to
        rule = self.supervision
        yield from (rule.rereview_body, rule.revocation_proposer, rule.revocation_decider)
