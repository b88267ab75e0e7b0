"""How the lines of a round came out, counted from what was said."""

from collections.abc import Sequence
from typing import Any

from services.workflow.domain.paper_count import Papers, judged
from services.workflow.domain.programme_rules import VoteRule
from services.workflow.domain.route import asked_at
from services.workflow.domain.stages import Mode
from services.workflow.domain.tally import BallotCast, Choice, Tally, countersign_passes, tally
from services.workflow.models import Ballot, Finding, PaperCount, Round, RoundTask
from services.workflow.models.round import HUMAN
from services.workflow.queries.definitions import line_definition, slate_definition
from services.workflow.queries.recusals import recused_in
from services.workflow.queries.scores import members_rule, scores_of, verdict_on
from services.workflow.rounds.rule import RoundRule


def carried_lines(round_: Round, lines: Sequence[Any]) -> set[int]:
    """Cases that go on. A clearance stops nobody but by a veto, which has struck its line; objections go to joint
    review. A scored line goes on when every criterion is scored.
    """
    cases = [line.case_id for line in lines]
    match Mode(round_.mode):
        case Mode.CLEARANCE:
            return set(cases)
        case Mode.COUNTERSIGN:
            return _countersigned(round_, cases)
        case Mode.SCORING:
            return _scored(round_, lines)
        case Mode.VOTE:
            return {case for case, result in tallies(round_, cases).items() if result.carried}
        case _:
            return set()


def _countersigned(round_: Round, cases: Sequence[int]) -> set[int]:
    rule = RoundRule.read(round_.rule).countersign
    asked = _asked(round_).count()
    said: dict[int, list[str]] = {case: [] for case in cases}
    rows = Finding.objects.filter(task__process=round_, case__in=cases).values_list("case_id", "verdict")
    for case, verdict in rows:
        said[case].append(verdict)
    return {
        case
        for case, verdicts in said.items()
        if countersign_passes(verdicts.count("agree"), verdicts.count("disagree"), asked, rule)
    }


def _scored(round_: Round, lines: Sequence[Any]) -> set[int]:
    """Lines whose criteria of the bodies asked are all scored; at the last scoring leg of the route, all criteria."""
    slate = round_.slate
    rule = members_rule(slate_definition(slate).legs[: slate.leg + 1])
    sheets = scores_of([line.case_id for line in lines], "department", rule=rule)
    carried = set()
    for line in lines:
        definition = line_definition(slate, line.case)
        asked, by_code = asked_at(definition, slate.leg), definition.standard.by_code
        missing = verdict_on(definition, sheets.get(line.case_id, {})).missing
        if not any(asked is None or by_code[code].scorer in asked for code in missing):
            carried.add(line.case_id)
    return carried


def tallies(round_: Round, cases: Sequence[int]) -> dict[int, Tally]:
    """{case: tally} of a vote, counted anew from its ballots, or its papers, on every reading."""
    members = list(_asked(round_).values_list("assignee_id", flat=True))
    rule = RoundRule.read(round_.rule)
    if rule.on_paper:
        return _paper_tallies(round_, cases, members, rule.vote)
    ballots: dict[int, list[BallotCast]] = {case: [] for case in cases}
    rows = Ballot.objects.filter(task__process=round_, case__in=cases).order_by("number", "pk")
    for row in rows:
        ballots[row.case_id].append(BallotCast(row.member_id, Choice(row.choice), row.cast_at))
    # A member who recused and then votes after all is counted again: the last ballot says it.
    return {case: tally(cast, members=members, recusals=(), rule=rule.vote) for case, cast in ballots.items()}


def _paper_tallies(
    round_: Round, cases: Sequence[int], members: Sequence[int], rule: VoteRule
) -> dict[int, Tally]:
    """Of the lines that have been counted; none before the scrutineer has confirmed the count."""
    recused = recused_in(round_)
    rows = PaperCount.objects.filter(vote__round=round_, vote__confirmed_at__isnull=False, case__in=cases)
    return {
        row.case_id: judged(
            Papers(row.in_favour, row.against, row.abstain, row.spoiled),
            members,
            set(recused.get(row.case_id, {})),
            rule,
        )
        for row in rows
    }


def _asked(round_: Round) -> Any:
    return RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
