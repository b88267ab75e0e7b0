"""The rules a programme is made of: bodies, votes, clearances, notices, quotas, supervision. Values only."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.workflow.domain.stages import Role, UnitKind

SUBJECT = "subject"
PARENT = "subject.parent"  # the unit directly above the subject, such as the community of a person
RELATIVE_UNITS = (SUBJECT, PARENT, "subject.town", "subject.district")


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


class AfterReturn(StrEnum):
    """Where a case goes on once what a leg sent it back for has been put right."""

    STRAIGHT_BACK = "straight_back"  # to the leg that asked
    THROUGH = "through"  # again through the legs between


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


@dataclass(frozen=True)
class ScoringRule:
    """Who fills in a scoring round: each body once, or each holder of its role, whose marks are averaged."""

    each_member: bool = False
    drop_outliers: bool = False  # one highest and one lowest of three and more
    source: str = ""


class Channel(StrEnum):
    """How an objection may be lodged."""

    WEB = "web"
    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    FAX = "fax"


class PersonNames(StrEnum):
    """How the name of a person who is put before the public is shown."""

    FULL = "full"
    MASKED = "masked"  # 张*, 张*丰


@dataclass(frozen=True)
class NoticeRule:
    """A public notice; `from_document` is False where a higher rule adds it and the programme's document
    is silent.
    """

    working_days: int = 5
    opening_day_counts: bool = False
    from_document: bool = True
    channels: tuple[Channel, ...] = (Channel.WEB, Channel.VISIT, Channel.PHONE, Channel.LETTER)
    person_names: PersonNames = PersonNames.FULL
    # How long a closed notice stays up; None: it is archived with its result, and stays.
    shown_days: int | None = None
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
class Category:
    """A kind of subject within a programme, such as an old or a new community."""

    code: str
    name: str


@dataclass(frozen=True)
class Level:
    """A grade of the title, reached from so many points on (inclusive)."""

    name: str
    reached_at: Decimal


@dataclass(frozen=True)
class CompositionRule:
    """At most so many, or such a share, of those named in an edition are of these kinds and categories."""

    name: str
    kinds: tuple[UnitKind, ...] = ()
    categories: tuple[str, ...] = ()
    number: int | None = None
    share: Fraction | None = None
    source: str = ""


class Outside(StrEnum):
    """What becomes of an act that is taken outside its window."""

    WARN = "warn"  # it is taken, and whoever takes it is told
    REASON = "reason"  # it is taken with a reason
    REFUSE = "refuse"


@dataclass(frozen=True)
class Window:
    """A period of every year as month and day ("04-10"); empty where the edition says it.

    `outside` speaks of evaluating and naming; what is filed outside the declaring window is always refused.
    """

    opens: str = ""
    closes: str = ""
    outside: Outside = Outside.WARN
    source: str = ""


class ReviewOutcome(StrEnum):
    RETAIN = "retain"
    WARN = "warn"
    RECTIFY = "order_rectification"


@dataclass(frozen=True)
class ScoreMark:
    """A score in another programme that a holder may not fall below without a re-review."""

    programme: str
    below: Decimal


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
    outcomes: tuple[ReviewOutcome, ...] = ()  # what a re-review may come to; every one where it says nothing
    renewed_share: Fraction | None = None  # last-place rule: at most this share of expiring titles is renewed
    review_objections: int | None = None  # so many sustained since the last re-review open the next
    review_scores: tuple[ScoreMark, ...] = ()
    revocation_vote: VoteRule | None = (
        None  # the decider votes on a revocation; its count goes with the decision
    )
    source: str = ""


@dataclass(frozen=True)
class Admission:
    """What a programme states when it asks to be admitted (审核准入)."""

    participants: int | None = None
    reward: str = ""
    funding: str = ""
    form: str = ""
    notice_working_days: int | None = None  # a project notice before it may open editions
    source: str = ""


UNLIMITED = Quota()
ANY_DAY = Window()
UNSTATED = Admission()
