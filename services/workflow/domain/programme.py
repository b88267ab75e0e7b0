"""A programme as data: everything in which one honours programme differs from another, never a line of code.

A definition is read from a TOML file, kept as JSON in a published version, and frozen from then on. `source`
names the document a part comes from; where a document is silent or cut off, a part says so instead of
inventing official text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from services.workflow.domain.programme_rules import (
    ANY_DAY,
    UNLIMITED,
    UNSTATED,
    Admission,
    AfterReturn,
    Body,
    Category,
    ClearanceRule,
    CompositionRule,
    CountersignRule,
    Level,
    NegativeRule,
    NoticeRule,
    Quota,
    ScoringRule,
    SupervisionRule,
    VetoGround,
    VoteRule,
    Window,
)
from services.workflow.domain.stages import Mode, Stage, UnitKind
from services.workflow.domain.standard import Indicator, Standard

NAME_LENGTH = 25


@dataclass(frozen=True)
class Leg:
    """One place on the route (环节). Its index in the definition is the `leg` of a case that waits there.

    `body` decides, or leads the round in which `bodies` decide together. Days are working days. A leg may be
    given only to a random sample of the cases, after a lower body has acted in its place (delegation).
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
    return_to: tuple[str, ...] = ()  # keys of the legs a case may be sent back to; where empty, to the unit
    after_return: AfterReturn = AfterReturn.STRAIGHT_BACK
    correct_days: int | None = None  # working days that the unit has for a correction
    clearance: ClearanceRule | None = None
    countersign: CountersignRule | None = None
    vote: VoteRule | None = None
    scoring: ScoringRule | None = None
    notice: NoticeRule | None = None
    own_check: bool = False  # a self-check (自查) is a score, not a decision: `body` scores every criterion
    pass_mark: Decimal | None = None  # what the score of this leg must reach before the case goes on
    sample_percent: int | None = None  # only so many of a hundred cases, drawn at random, come here
    source: str = ""


@dataclass(frozen=True)
class Track:
    """What is different for some kinds of subject: what it leaves empty is the programme's own."""

    key: str
    name: str
    kinds: tuple[UnitKind, ...]
    title: str = ""
    standard: Standard | None = None
    legs: tuple[Leg, ...] = ()
    quota: Quota | None = None
    pass_mark: Decimal | None = None
    levels: tuple[Level, ...] = ()
    tie_break: tuple[str, ...] = ()
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
    categories: tuple[Category, ...] = ()
    levels: tuple[Level, ...] = ()
    tracks: tuple[Track, ...] = ()
    ladder: tuple[str, ...] = ()  # codes of the programmes whose title must be held before
    tie_break: tuple[str, ...] = ()  # codes of indicators or criteria, compared in this order
    veto_grounds: tuple[VetoGround, ...] = ()
    negative_list: tuple[NegativeRule, ...] = ()
    quota: Quota = UNLIMITED
    composition: tuple[CompositionRule, ...] = ()
    declaring: Window = ANY_DAY
    evaluating: Window = ANY_DAY
    naming: Window = ANY_DAY
    admission: Admission = UNSTATED
    notice_number_prefix: str = ""
    decision_number_prefix: str = ""
    source: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.standard.indicators

    @property
    def gaps(self) -> tuple[str, ...]:
        """Codes of the indicators still open, a track's behind its key; no edition opens while there are any."""
        tracks = (track for track in self.tracks if track.standard)
        return (
            *self.standard.gaps,
            *(f"{track.key}/{code}" for track in tracks if track.standard for code in track.standard.gaps),
        )

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
