"""What a step may be judged by: gathered once, frozen, carried by the row as `facts`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.scoring import Verdict
from services.workflow.domain.stages import ROUND_MODES, Stage


@dataclass(frozen=True)
class Facts:
    """What every kind of case is judged by. `acted` maps a member to the offices they acted in before."""

    now: datetime
    last_step: str = ""
    acted: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class DeclarationFacts(Facts):
    """`bodies` maps a leg to the unit that handles it; `round` is how the case fared in its leg's last round."""

    definition: Definition = field(kw_only=True)
    bodies: Mapping[int, int | None] = field(kw_only=True)
    organiser: int = field(kw_only=True)
    decider: int = field(kw_only=True)
    within_window: bool = False
    gaps: int = 0
    open_vetoes: tuple[str, ...] = ()
    open_objections: int = 0
    sustained_objections: int = 0
    round: str = ""
    verdict: Verdict | None = None
    notice: str = ""
    banned_until: date | None = None
    title_held: bool = False
    quota_left: int | None = None

    @property
    def legs(self) -> tuple[Leg, ...]:
        return self.definition.legs

    @property
    def points(self) -> Decimal | None:
        return self.verdict.points if self.verdict else None

    def mode(self, leg: int) -> str:
        return self.legs[leg].mode

    def in_round_leg(self, leg: int) -> bool:
        return self.mode(leg) in ROUND_MODES

    def stage_at(self, leg: int) -> Stage:
        """The stage of a leg; past the last leg the case is named."""
        return Stage(self.legs[leg].stage) if leg < len(self.legs) else Stage.NAMED


@dataclass(frozen=True)
class HonourFacts(Facts):
    """`verdict` is the open re-review's, by the standard in force when it opened."""

    definition: Definition = field(kw_only=True)
    reviewer: int = field(kw_only=True)
    decider: int = field(kw_only=True)
    verdict: Verdict | None = None
    rectification: str = ""
    term_ended: bool = False


@dataclass(frozen=True)
class ProgrammeFacts(Facts):
    """`cap_left` is how many new programmes its level of government may still admit this year, None where no cap
    holds; `ended` says that the project notice has.
    """

    cap_left: int | None = None
    notice_working_days: int = 0
    withdrawn_namesake: bool = False
    ended: bool = False


@dataclass(frozen=True)
class NoticeFacts(Facts):
    """`held` counts the lines with an open objection or veto; the notice may close without them."""

    lines: int = 0
    ended: bool = False
    end_is_provisional: bool = False


@dataclass(frozen=True)
class ObjectionFacts(Facts):
    """`reviewers` are the members who judged the case; none of them may investigate."""

    reviewers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RectificationFacts(Facts):
    """`orderer` is the office-holder who ordered it."""

    orderer: int | None = None
    deadline_passed: bool = False
