"""A vote on paper: whether what the teller enters adds up with who was there and who stayed out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from services.workflow.domain.programme_rules import VoteRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.tally import Tally, count, quorum_of


@dataclass(frozen=True, slots=True)
class Papers:
    """What the papers say of one line."""

    in_favour: int
    against: int
    abstain: int
    spoiled: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstain + self.spoiled


def check_attendance(members: Collection[int], attendance: Mapping[int, bool], rule: VoteRule) -> None:
    """Every entitled member came or did not, nobody else is named, and enough came.

    Refused: vote.attendance_incomplete, vote.not_entitled, round.not_quorate.
    """
    if strangers := sorted(set(attendance) - set(members)):
        raise Refused("vote.not_entitled", member=strangers[0])
    if missing := set(members) - set(attendance):
        raise Refused("vote.attendance_incomplete", missing=len(missing))
    present, quorum = sum(attendance.values()), quorum_of(len(members), rule)
    if present < quorum:
        raise Refused("round.not_quorate", present=present, quorum=quorum)


def check_counts(
    cases: Sequence[int],
    counts: Mapping[int, Papers],
    present: Collection[int],
    recusals: Mapping[int, Collection[int]],
) -> None:
    """The papers of each line are as many as members were present and had not recused themselves from it.

    Refused: finding.foreign_case, vote.count_missing, vote.count_mismatch.
    """
    if foreign := sorted(set(counts) - set(cases)):
        raise Refused("finding.foreign_case", case=foreign[0])
    for case in cases:
        if case not in counts:
            raise Refused("vote.count_missing", case=case)
        expected = voters(present, recusals.get(case, ()))
        if counts[case].cast != expected:
            raise Refused("vote.count_mismatch", case=case, counted=counts[case].cast, expected=expected)


def voters(present: Collection[int], recused: Collection[int]) -> int:
    """How many papers are handed out for a line."""
    return len(set(present) - set(recused))


def judged(papers: Papers, members: Collection[int], recused: Collection[int], rule: VoteRule) -> Tally:
    """The tally of one line."""
    out = set(members) & set(recused)
    return count(
        papers.in_favour,
        papers.against,
        papers.abstain,
        spoiled=papers.spoiled,
        entitled=len(set(members)) - len(out),
        recused=len(out),
        rule=rule,
    )
