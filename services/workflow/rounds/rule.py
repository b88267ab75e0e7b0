"""The rule of a round, as its row keeps it: when it ends by itself and when its organiser may close it.

    RoundRule.of(leg).stored()  -> what `open_round` is given as `rule`
    RoundRule.read(round.rule)  -> the rule again

Stored form, every key optional:
    {"closes": "all_answered" | "decided" | "organiser",
     "silence": "remind" | "escalate" | "deemed_none",
     "countersign": {"share": "3/5", "count": null},
     "vote": {"quorum": "2/3", "passes": "majority" | "two_thirds" | "all",
              "of": "present" | "members", "secret": false}}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from services.workflow.domain.programme import Leg
from services.workflow.domain.programme_rules import CountersignRule, Electorate, Majority, Silence, VoteRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import FINDING, Mode
from services.workflow.domain.tally import Choice, Found, Opinion, countersign_passes, quorum_of

ANSWERED = "answered"
# What a whole task may be answered with; what is said of single lines are findings, scores and ballots.
VERDICTS: Mapping[str, frozenset[str]] = {
    Mode.CLEARANCE: frozenset({ANSWERED}),
    Mode.COUNTERSIGN: frozenset(map(str, Opinion)),
    Mode.SCORING: frozenset({ANSWERED}),
    Mode.VOTE: frozenset({ANSWERED, str(Choice.RECUSED)}),
    FINDING: frozenset(map(str, Found)),
}


class Closes(StrEnum):
    """What ends a round without its organiser; no rule ends it at the first "disagree"."""

    ALL_ANSWERED = "all_answered"
    DECIDED = "decided"  # or as soon as enough have agreed
    ORGANISER = "organiser"  # nothing does: an open vote may be changed until it is closed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a round has come. `asked` leaves out those who were removed."""

    asked: int = 0
    answered: int = 0
    agreed: int = 0
    disagreed: int = 0
    recused: int = 0

    @classmethod
    def of(cls, verdicts: Iterable[str]) -> "Standing":
        """From one verdict per participant, empty where there is none yet."""
        said = list(verdicts)
        return cls(
            asked=len(said),
            answered=sum(1 for verdict in said if verdict),
            agreed=said.count(Opinion.AGREE),
            disagreed=said.count(Opinion.DISAGREE),
            recused=said.count(Choice.RECUSED),
        )

    @property
    def missing(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class RoundRule:
    closes: Closes = Closes.ALL_ANSWERED
    silence: Silence = Silence.ESCALATE
    countersign: CountersignRule = field(default_factory=CountersignRule)
    vote: VoteRule = field(default_factory=VoteRule)

    @classmethod
    def of(cls, leg: Leg, *, closes: Closes = Closes.ALL_ANSWERED) -> "RoundRule":
        """The rule of a leg of the route. A secret vote ends when its count is confirmed, by nothing else."""
        if leg.vote is not None and leg.vote.secret:
            closes = Closes.ORGANISER
        return cls(
            closes=closes,
            silence=leg.clearance.silence if leg.clearance else Silence.ESCALATE,
            countersign=leg.countersign or CountersignRule(),
            vote=leg.vote or VoteRule(),
        )

    @property
    def on_paper(self) -> bool:
        """A secret vote: cast at the meeting, counted by the teller, confirmed by the scrutineer."""
        return self.vote.secret

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "RoundRule":
        """The rule a round was opened with; an unreadable one is refused by the name of its key."""
        try:
            countersign, vote = stored.get("countersign", {}), stored.get("vote", {})
            return cls(
                closes=Closes(stored.get("closes", Closes.ALL_ANSWERED)),
                silence=Silence(stored.get("silence", Silence.ESCALATE)),
                countersign=CountersignRule(
                    share=Fraction(countersign.get("share", 1)), count=countersign.get("count")
                ),
                vote=VoteRule(
                    quorum=Fraction(vote.get("quorum", VoteRule.quorum)),
                    passes=Majority(vote.get("passes", VoteRule.passes)),
                    of=Electorate(vote.get("of", VoteRule.of)),
                    secret=bool(vote.get("secret", False)),
                ),
            )
        except (ValueError, TypeError, AttributeError, ZeroDivisionError) as error:
            raise Refused("round.rule_unreadable", reason=str(error)) from error

    def stored(self) -> dict[str, object]:
        return {
            "closes": str(self.closes),
            "silence": str(self.silence),
            "countersign": {"share": str(self.countersign.share), "count": self.countersign.count},
            "vote": {
                "quorum": str(self.vote.quorum),
                "passes": str(self.vote.passes),
                "of": str(self.vote.of),
                "secret": self.vote.secret,
            },
        }

    def passes(self, standing: Standing) -> bool:
        """Whether enough of those asked have agreed to the slate as a whole."""
        return countersign_passes(standing.agreed, standing.disagreed, standing.asked, self.countersign)

    def ends(self, standing: Standing) -> bool:
        """Whether the round ends by itself now."""
        if self.closes == Closes.ORGANISER or not standing.answered:
            return False
        return not standing.missing or (self.closes == Closes.DECIDED and self.passes(standing))

    def require_closable(self, mode: str, standing: Standing, *, overdue: bool) -> None:
        """Refuse to let the organiser close a round that still needs answers.

        A vote needs its quorum of those who have not recused, a countersignature enough who agree, a
        clearance its due day where silence is deemed "no objection", a joint finding its due day: who is silent then
        is named; anything else needs every answer.
        """
        if not standing.missing:
            return
        if mode == Mode.VOTE:
            present = standing.answered - standing.recused
            quorum = quorum_of(standing.asked - standing.recused, self.vote)
            if present >= quorum:
                return
            raise Refused("round.not_quorate", present=present, quorum=quorum)
        if mode == Mode.COUNTERSIGN and self.passes(standing):
            return
        if mode == Mode.CLEARANCE and overdue and self.silence == Silence.DEEMED_NONE:
            return
        if mode == FINDING and overdue:
            return
        raise Refused("round.unanswered", missing=standing.missing)
