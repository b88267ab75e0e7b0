"""Answering a round task: what a participant says of each line, and what follows when the round has concluded."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands import leading
from services.workflow.commands.advance import Move
from services.workflow.commands.announcing import announce
from services.workflow.commands.ballots import cast
from services.workflow.commands.concluding import conclude_lines
from services.workflow.commands.declaration_acts import raise_veto
from services.workflow.commands.joint_findings import keep_finding
from services.workflow.commands.marks import Sheet, keep_marks
from services.workflow.commands.refusing import noting
from services.workflow.commands.task_due import close_due
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import BARS, is_of_own_unit
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import DEPARTMENT
from services.workflow.domain.stages import FINDING, Mode
from services.workflow.domain.standard import RuleKind
from services.workflow.models import Finding, NoteKind, Round, RoundTask, SlateLine
from services.workflow.models.round import RoundStatus
from services.workflow.queries.acts import Standing, ties_of_member
from services.workflow.queries.declaration_facts import names_of
from services.workflow.queries.definitions import line_definition
from services.workflow.rounds.answering import answer, answered_vote, revise
from services.workflow.rounds.closing import conclude
from services.workflow.rounds.holding import hold_task
from services.workflow.rounds.rule import RoundRule

LINE_VERDICTS: dict[str, tuple[str, ...]] = {
    Mode.CLEARANCE: ("no_objection", "objection", "veto"),
    Mode.COUNTERSIGN: ("agree", "disagree"),
    Mode.VOTE: ("for", "against", "abstain", "recused"),
}
VetoWanted = tuple[int, str, Mapping[str, Any]]
NO_TIES = Standing()
REASONED = ("objection", "veto", "disagree", "recused")


def decide_task(
    task_id: int,
    *,
    verdict: str,
    reason: str = "",
    findings: Sequence[Mapping[str, Any]] = (),
    version: int | None = None,
    by: Actor,
    key: UUID | None,
) -> Answer:
    """Answer a task for its whole slate: `verdict` holds for every line that `findings` does not name.

    A finding is {"case", "verdict", "criterion", "points", "note"} and, for a veto, {"ground", "basis", "event_on"}.
    Scoring takes one finding for each line and own criterion; points None is "not scored" and refused, "n/a" is not
    applicable. A criterion that is computed takes {"figures": {measure: {"value" | "numerator", "denominator"}},
    "source", "on"} instead of points, or nothing where its figures were measured before.
    A vote that was cast is cast anew while its round is open, by whoever says which `version` they saw; of a secret
    vote nothing is taken: it is cast on paper (paper_votes.py). Asked about an objection, a body says what it found as
    the verdict, and in words as the reason (joint_findings.py).
    Returns {"task", "version", "round", "round_open", "moved"}.
    Refused: overtaken, round.closed, vote.on_paper, step.not_yours, finding.missing, finding.foreign_case,
    finding.reason_missing, score.*, veto.*, conflict.own_unit.
    """
    request = {
        "task": task_id,
        "verdict": verdict,
        "reason": reason,
        "findings": list(findings),
        "version": version,
    }
    with noting(by, "decide", task=task_id):
        return run(
            lambda tx: _decide(tx, task_id, verdict, reason, findings, version),
            name="decide_task",
            by=by,
            key=key,
            request=request,
        )


def _decide(  # what the command was given
    tx: Transaction,
    task_id: int,
    verdict: str,
    reason: str,
    findings: Sequence[Mapping[str, Any]],
    version: int | None,
) -> Answer:
    task = _held(tx, task_id, version)
    round_ = task.process
    mode = str(round_.mode)
    if mode == Mode.VOTE and RoundRule.read(round_.rule).on_paper:
        raise Refused("vote.on_paper")
    lines = list(
        SlateLine.objects.filter(slate=round_.slate_id, open=True).select_related("case").order_by("position")
    )
    _check_conflicts(tx, _judged(lines, mode, verdict, findings))
    vetoes: list[VetoWanted] = []
    if mode == FINDING:
        said = keep_finding(tx, task, verdict, reason)
    elif mode == Mode.SCORING:
        _keep_scores(tx, task, lines, findings)
        said = "answered"
    else:
        said, vetoes = _keep_opinions(tx, task, lines, mode, verdict, reason, findings)
    if task.is_open:
        done = answer(task.pk, verdict=said, office_id=tx.by.office, at=tx.at)
    else:
        done = revise(task, verdict=said, office_id=tx.by.office, at=tx.at)
    # After the answer: a veto strikes its line, and striking the last one ends the round.
    for case, note, own in vetoes:
        raise_veto(tx, [Move(case)], note, own).only()
    moved = conclude_lines(tx, done.process) if not done.process.is_open else []
    close_due(tx, done.process)
    announce(tx, done.process, "round_task.done")
    return {
        "task": task.pk,
        "version": done.version,
        "round": done.process.pk,
        # Asked again: a veto may have struck the last line, and cancelled the round with it.
        "round_open": Round.objects.filter(pk=done.process.pk, status=RoundStatus.OPEN).exists(),
        "moved": moved,
    }


def _judged(
    lines: Sequence[SlateLine], mode: str, verdict: str, findings: Sequence[Mapping[str, Any]]
) -> list[SlateLine]:
    """The lines that an answer says something of: a member who recuses themselves from one does not judge it."""
    if mode != Mode.VOTE:
        return list(lines)
    said = {finding.get("case"): finding.get("verdict") for finding in findings}
    return [line for line in lines if (said.get(line.case_id) or verdict) != "recused"]


def _check_conflicts(tx: Transaction, lines: Sequence[SlateLine]) -> None:
    """Nobody judges their own unit, nor one case in two offices."""
    ties = ties_of_member([line.case_id for line in lines], tx.by.member_id or 0)
    for line in lines:
        if is_of_own_unit(line.case, tx.by):
            raise Refused("conflict.own_unit")
        own = ties.get(line.case_id, NO_TIES)
        if own.acted - {tx.by.seat}:
            raise Refused("conflict.acted_before")
        if bar := next((bar for bar in BARS if bar in own.bars), ""):
            raise Refused(f"conflict.{bar}", case=line.case_id)


def _held(tx: Transaction, task_id: int, version: int | None) -> RoundTask:
    """The task, locked; one that was answered is "overtaken" for whoever comes second, unless it is a vote changed."""
    seen = RoundTask.objects.filter(pk=task_id).first()
    if seen is None:
        raise Refused("task.unknown", task=task_id)
    mine = (tx.by.role, tx.by.unit_id) == (seen.participant_role, seen.participant_unit_id)
    if not mine or seen.assignee_id not in {None, tx.by.member_id}:
        raise Refused("step.not_yours", step="decide")
    try:
        return hold_task(task_id, version=version)
    except Refused as refusal:
        if refusal.code == "task.overtaken":
            if (again := answered_vote(task_id, version=version)) is not None:
                return again
            raise Refused("overtaken", task=task_id) from refusal
        raise


def _by_case(
    lines: Sequence[SlateLine], findings: Sequence[Mapping[str, Any]]
) -> dict[int, list[Mapping[str, Any]]]:
    known = {line.case_id for line in lines}
    found: dict[int, list[Mapping[str, Any]]] = {}
    for finding in findings:
        case = finding.get("case")
        if case not in known:
            raise Refused("finding.foreign_case", case=case)
        found.setdefault(case, []).append(finding)
    return found


def _keep_opinions(
    tx: Transaction,
    task: RoundTask,
    lines: Sequence[SlateLine],
    mode: str,
    verdict: str,
    reason: str,
    findings: Sequence[Mapping[str, Any]],
) -> tuple[str, list[VetoWanted]]:
    """Keep what was said of each line; the answer of the whole task, and the vetoes to raise after it."""
    by_case = _by_case(lines, findings)
    opinions = []
    for line in lines:
        own = by_case.get(line.case_id, [{}])[-1]
        said = str(own.get("verdict") or verdict)
        note = str(own.get("note") or reason)
        if len(note) > f.TEXT_LIMIT:
            raise Refused("field.too_long", field="note", limit=f.TEXT_LIMIT)
        if said not in LINE_VERDICTS[mode]:
            raise Refused("finding.missing", case=line.case_id)
        if said in REASONED and not note.strip():
            raise Refused("finding.reason_missing", case=line.case_id)
        opinions.append((line, said, note, own))
    if mode == Mode.VOTE:
        cast(tx, task, [(line.case_id, said, note) for line, said, note, _ in opinions])
        all_recused = bool(opinions) and all(said == "recused" for _, said, _, _ in opinions)
        return ("recused" if all_recused else "answered"), []
    Finding.objects.bulk_create(
        Finding(task=task, case_id=line.case_id, verdict=said, note=note, office_id=tx.by.office, at=tx.at)
        for line, said, note, _ in opinions
    )
    if mode == Mode.CLEARANCE:
        return "answered", [(line.case_id, note, own) for line, said, note, own in opinions if said == "veto"]
    all_disagree = bool(opinions) and all(said == "disagree" for _, said, _, _ in opinions)
    return ("disagree" if all_disagree else "agree"), []


def _keep_scores(
    tx: Transaction,
    task: RoundTask,
    lines: Sequence[SlateLine],
    findings: Sequence[Mapping[str, Any]],
) -> None:
    """A department scores each of its own criteria of every line: not scored is not zero, and not finished."""
    slate = task.process.slate
    by_case = _by_case(lines, findings)
    sheets = []
    for line in lines:
        definition = line_definition(slate, line.case)
        names = names_of(tx.by.unit_id, tx.by.unit_code, line.case)
        own = [criterion.code for criterion in definition.standard.scored_by(*names)]
        said = {str(finding.get("criterion")): finding for finding in by_case.get(line.case_id, [])}
        if foreign := sorted(set(said) - set(own)):
            raise Refused("score.not_your_criterion", criterion=foreign[0])
        given = {code: said.get(code, {}) for code in own}
        sheets.append(Sheet(line.case_id, line.case.unit_id, definition, given))
    rows = keep_marks(tx, sheets, DEPARTMENT, task=task)
    by_line = {sheet.case_id: sheet for sheet in sheets}
    for row in rows:
        rule = by_line[row.case_id].criterion(row.criterion).rule
        # What is imported is missing where the unit reached nothing there; nobody could fill it in.
        if row.points is None and not row.not_applicable and rule is not RuleKind.IMPORTED:
            raise Refused("finding.missing", case=row.case_id, criterion=row.criterion)


def close_round(round_id: int, *, by: Actor, key: UUID | None) -> Answer:
    """The organiser closes a round that has what its rule needs. Refused: round.closed, round.not_quorate,
    round.unanswered, step.not_yours; vote.not_counted (a secret vote ends with its count). Returns {"round", "moved"}.
    """
    return run(lambda tx: _close(tx, round_id), name="close_round", by=by, key=key, request=round_id)


def _close(tx: Transaction, round_id: int) -> Answer:
    round_ = leading.organised(tx, round_id, "close_round")
    if round_.is_open and RoundRule.read(round_.rule).on_paper:
        raise Refused("vote.not_counted")
    moved = end_round(tx, round_)
    leading.note(tx, round_, NoteKind.CLOSED)
    return {"round": round_id, "moved": moved}


def end_round(tx: Transaction, round_: Round) -> list[dict[str, Any]]:
    """Close a round that has what its rule needs, and take what follows for its lines; the lines that moved."""
    held = conclude(round_, at=tx.at, by=tx.by)
    moved = conclude_lines(tx, held)
    close_due(tx, held)
    announce(tx, held, "round_task.closed")
    return moved
