"""What several bodies said together: clearances, countersignatures and votes, counted from plain values.

Nothing here ends early: the first "against" ends nothing, and whoever recused is counted on neither side.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from services.workflow.domain.programme_rules import CountersignRule, Electorate, Majority, VoteRule


class Clearance(StrEnum):
    """What a department says of one line; in the order of weight."""

    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    VETO = "veto"


class Opinion(StrEnum):
    """What a countersigning body says, of a line or of the whole slate."""

    AGREE = "agree"
    DISAGREE = "disagree"


class Found(StrEnum):
    """What a body finds of an objection that it was asked about."""

    FOUNDED = "founded"
    PARTLY = "partly_founded"
    UNFOUNDED = "unfounded"
    UNDETERMINED = "undetermined"


class Choice(StrEnum):
    """What a member votes on one line."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    RECUSED = "recused"


@dataclass(frozen=True, slots=True)
class ClearanceFinding:
    """One department's word on one case."""

    case: int
    unit: int
    verdict: Clearance


@dataclass(frozen=True, slots=True)
class ClearanceOutcome:
    """The heaviest word said of a case, and by whom each kind was said."""

    case: int
    verdict: Clearance
    objectors: tuple[int, ...] = ()
    vetoers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BallotCast:
    """A member's vote on one line, at a moment."""

    member: int
    choice: Choice
    cast_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with all that it was judged by: `quorum` must be present, `needed` must vote for.

    A `spoiled` paper was cast by somebody present, and is for nothing.
    """

    for_: int
    against: int
    abstain: int
    recused: int
    entitled: int
    present: int
    quorum: int
    needed: int
    quorate: bool
    carried: bool
    spoiled: int = 0


def clearance_outcome(
    lines: Iterable[int], findings: Iterable[ClearanceFinding]
) -> tuple[ClearanceOutcome, ...]:
    """Of each line asked, in its order, the heaviest word; a line of which nobody said anything is clear."""
    said: dict[int, list[ClearanceFinding]] = {}
    for finding in findings:
        said.setdefault(finding.case, []).append(finding)
    return tuple(_heaviest(case, said.get(case, [])) for case in lines)


def _heaviest(case: int, findings: list[ClearanceFinding]) -> ClearanceOutcome:
    objectors = tuple(sorted({f.unit for f in findings if f.verdict == Clearance.OBJECTION}))
    vetoers = tuple(sorted({f.unit for f in findings if f.verdict == Clearance.VETO}))
    if vetoers:
        return ClearanceOutcome(case, Clearance.VETO, objectors, vetoers)
    if objectors:
        return ClearanceOutcome(case, Clearance.OBJECTION, objectors)
    return ClearanceOutcome(case, Clearance.NO_OBJECTION)


def signatures_needed(participants: int, rule: CountersignRule) -> int:
    """How many of those asked must agree: the rule's number, or its share rounded up; at least one."""
    return rule.count if rule.count is not None else max(1, ceil(rule.share * participants))


def countersign_passes(agreed: int, disagreed: int, participants: int, rule: CountersignRule) -> bool:
    """Whether enough of those asked agree; a body that is silent has not agreed."""
    assert agreed + disagreed <= participants
    return agreed >= signatures_needed(participants, rule)


def quorum_of(entitled: int, rule: VoteRule) -> int:
    """How many entitled members must be present: the rule's share rounded up, never fewer than one."""
    return max(1, ceil(rule.quorum * entitled))


def votes_needed(base: int, passes: Majority) -> int:
    """How many votes for carry it, out of those it is a share of; never fewer than one."""
    match passes:
        case Majority.MAJORITY:
            return base // 2 + 1
        case Majority.TWO_THIRDS:
            return max(1, -(-base * 2 // 3))
        case Majority.ALL:
            return max(1, base)


def count(
    for_: int, against: int, abstain: int, *, entitled: int, recused: int, rule: VoteRule, spoiled: int = 0
) -> Tally:
    """Judge counts that are known already, as of a paper vote; the recused are not among the entitled."""
    present = for_ + against + abstain + spoiled
    assert present <= entitled
    quorum = quorum_of(entitled, rule)
    needed = votes_needed(present if rule.of == Electorate.PRESENT else entitled, rule.passes)
    quorate = present >= quorum
    return Tally(
        for_=for_,
        against=against,
        abstain=abstain,
        recused=recused,
        entitled=entitled,
        present=present,
        quorum=quorum,
        needed=needed,
        quorate=quorate,
        carried=quorate and for_ >= needed,
        spoiled=spoiled,
    )


def tally(
    ballots: Iterable[BallotCast], members: Collection[int], recusals: Collection[int], rule: VoteRule
) -> Tally:
    """Count one line.

    1. The latest ballot of each member counts; a ballot of somebody who is no member does not.
    2. Who recused, beforehand or by the ballot, leaves the entitled and is not present.
    3. Quorum and majority are shares of those who are left.
    """
    latest: dict[int, Choice] = {}
    for ballot in sorted(ballots, key=lambda b: b.cast_at):
        if ballot.member in members:
            latest[ballot.member] = ballot.choice
    recused = {m for m in members if m in recusals or latest.get(m) == Choice.RECUSED}
    counts = Counter(choice for member, choice in latest.items() if member not in recused)
    return count(
        counts[Choice.FOR],
        counts[Choice.AGAINST],
        counts[Choice.ABSTAIN],
        entitled=len(set(members)) - len(recused),
        recused=len(recused),
        rule=rule,
    )
