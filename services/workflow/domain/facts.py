"""What a step may be judged by: gathered once, frozen, carried by the row as `facts`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from services.workflow.domain.actor import NOBODY, Seat
from services.workflow.domain.allotment import Places
from services.workflow.domain.notice_gate import Exposed
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import AfterReturn
from services.workflow.domain.route import decision_leg, return_choices
from services.workflow.domain.scoring import Verdict
from services.workflow.domain.stages import ROUND_MODES, Stage
from services.workflow.domain.windows import OutsideWindow


@dataclass(frozen=True)
class Facts:
    """What every kind of case is judged by. `acted` maps a member to the seats they acted in before, `bars` to why
    they may not act at all.
    """

    now: datetime
    last_step: str = ""
    acted: Mapping[int, frozenset[Seat]] = field(default_factory=dict)
    bars: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DeclarationFacts(Facts):
    """`bodies` maps a leg to the unit that handles it; `round` is how the case fared in its leg's last round.

    `organisers` lead the rounds, by leg; `notice` is the status of the present leg's notice. `skipped` are the
    legs that the draw of a sample passed by. `own` is the verdict of a leg that scores for itself, `verdict` the
    one that the decision rests on.
    """

    definition: Definition = field(kw_only=True)
    bodies: Mapping[int, int | None] = field(kw_only=True)
    organisers: Mapping[int, Seat] = field(default_factory=dict)
    host: Seat = NOBODY
    decider: Seat = NOBODY
    skipped: frozenset[int] = frozenset()
    within_window: bool = False
    outside: OutsideWindow | None = None
    gaps: int = 0
    open_vetoes: tuple[str, ...] = ()
    open_objections: int = 0
    sustained_objections: int = 0
    round: str = ""
    verdict: Verdict | None = None
    own: Verdict | None = None
    notice: str = ""
    ladder_unmet: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    banned_until: date | None = None
    title_held: bool = False
    places: Places = field(default_factory=Places)

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

    def organiser_at(self, leg: int | None) -> Seat:
        """Who leads the round of a leg."""
        return self.host if leg is None else self.organisers.get(leg, self.host)

    def after(self, leg: int) -> int:
        """The leg that follows for this case: the next one that its draw does not pass by."""
        following = leg + 1
        while following in self.skipped:
            following += 1
        return following

    def resumes_at(self, leg: int, asked: int | None) -> int:
        """The leg after a correction: the one that asked, or the next one on the way to it, as its rule says."""
        following = self.after(leg)
        if asked is None or following >= asked:
            return following
        return asked if self.legs[asked].after_return is AfterReturn.STRAIGHT_BACK else following

    def may_return_to(self, leg: int) -> tuple[int, ...]:
        """The earlier legs that this one may send the case back to."""
        return return_choices(self.definition, leg, self.skipped)

    def decides_at(self, leg: int) -> bool:
        """Whether this leg is where the programme decides, the last single act of its evaluation."""
        return leg == decision_leg(self.definition)

    def stage_at(self, leg: int) -> Stage:
        """The stage of a leg; past the last leg the case is named."""
        return Stage(self.legs[leg].stage) if leg < len(self.legs) else Stage.NAMED


@dataclass(frozen=True)
class HonourFacts(Facts):
    """`verdict` is the open re-review's, by the standard in force when it opened.

    `renewals_left` is how many more of the titles that expire with this one may be renewed.
    """

    definition: Definition = field(kw_only=True)
    reviewer: Seat = NOBODY
    proposer: Seat = NOBODY
    decider: Seat = NOBODY
    verdict: Verdict | None = None
    rectification: str = ""
    term_ended: bool = False
    term_ends_on: date | None = None
    renewals_left: int | None = None


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
    """`exposed` are numbers that must not be public, `unread` the files that nobody has read or answers for; both are
    looked for while the notice is not out.
    """

    lines: int = 0
    ended: bool = False
    end_is_provisional: bool = False
    exposed: tuple[Exposed, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class ObjectionFacts(Facts):
    """`reviewers` are the members who judged the case; none of them may investigate. `asked_together` says that other
    bodies are asked for their finding and have not all given it.
    """

    reviewers: frozenset[int] = frozenset()
    asked_together: bool = False


@dataclass(frozen=True)
class RectificationFacts(Facts):
    """`orderers` are the members who ordered it: whoever acted, and the holder of the office they acted in."""

    orderers: frozenset[int] = frozenset()
    deadline_passed: bool = False
