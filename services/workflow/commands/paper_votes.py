"""无记名投票: a secret vote is cast on paper; one person enters the count, another confirms it.

What is kept is who came, who stayed out of which line, and how many papers said what: no ballot. Order of locks:
the round first, then its paper vote.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.announcing import announce
from services.workflow.commands.answers import end_round
from services.workflow.commands.files import store
from services.workflow.commands.leading import is_organiser_of, note
from services.workflow.commands.recusals import keep_recusals
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.paper_count import Papers, check_attendance, check_counts
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import (
    Attendance,
    NoteKind,
    PaperCount,
    PaperVote,
    Recusal,
    Round,
    RoundTask,
    SlateLine,
)
from services.workflow.models.round import HUMAN
from services.workflow.queries.recusals import recused_in
from services.workflow.rounds.answering import answer
from services.workflow.rounds.holding import hold_round
from services.workflow.rounds.rule import ANSWERED, RoundRule

PAPERS_MOST = 10_000
Rows = Sequence[Mapping[str, Any]]


def enter_count(
    round_id: int, *, attendance: Rows, counts: Rows, version: int | None, by: Any, key: UUID | None
) -> Answer:
    """The teller enters who came and what the papers say; entering again replaces it until it is confirmed.

    `attendance` is [{"member", "present", "reason"}] of every entitled member, `counts` [{"case", "for", "against",
    "abstain", "spoiled"}] of every line. Returns {"round", "version"}. Refused: vote.not_on_paper, round.closed,
    overtaken, step.not_yours, vote.attendance_incomplete, vote.not_entitled, round.not_quorate, vote.count_missing,
    vote.count_mismatch, finding.foreign_case.
    """
    request = {
        "round": round_id,
        "attendance": list(attendance),
        "counts": list(counts),
        "version": version,
    }
    return run(
        lambda tx: _enter(tx, round_id, attendance, counts, version),
        name="enter_count",
        by=by,
        key=key,
        request=request,
    )


def _enter(tx: Transaction, round_id: int, attendance: Rows, counts: Rows, version: int | None) -> Answer:
    round_ = _held(tx, round_id, "enter_count")
    came = _attendance(attendance)
    papers = _papers(counts)
    _check(round_, came, papers)
    vote = PaperVote.objects.filter(round=round_).first()
    if (vote.version if vote else None) != version:
        raise Refused("overtaken", round=round_id)
    if vote is None:
        vote = PaperVote(round=round_, version=0)
    vote.version += 1
    vote.teller_id, vote.teller_office_id, vote.entered_at = tx.by.member_id or 0, tx.by.office, tx.at
    vote.save()
    vote.counts.all().delete()
    vote.attendance.all().delete()
    PaperCount.objects.bulk_create(
        PaperCount(
            vote=vote,
            case_id=case,
            in_favour=one.in_favour,
            against=one.against,
            abstain=one.abstain,
            spoiled=one.spoiled,
        )
        for case, one in papers.items()
    )
    Attendance.objects.bulk_create(
        Attendance(vote=vote, member_id=member, present=present, reason=reason)
        for member, (present, reason) in came.items()
    )
    note(tx, round_, NoteKind.COUNT_ENTERED)
    announce(tx, round_, "round_task.changed")
    return {"round": round_id, "version": vote.version}


def attach_sheet(
    round_id: int, *, name: str, content: bytes, version: int | None, by: Any, key: UUID | None
) -> Answer:
    """Keep the signed sheet of the count as a file. Refused: vote.not_counted, overtaken, file.*, step.not_yours."""
    request = {"round": round_id, "name": name, "version": version}
    return run(
        lambda tx: _attach(tx, round_id, name, content, version),
        name="attach_sheet",
        by=by,
        key=key,
        request=request,
    )


def _attach(tx: Transaction, round_id: int, name: str, content: bytes, version: int | None) -> Answer:
    round_ = _held(tx, round_id, "attach_sheet")
    vote = _entered(round_, version)
    kept = store(content, name)
    vote.sheet_name, vote.sheet_sha256, vote.sheet_media_type = name[:120], kept.sha256, kept.media_type
    vote.version += 1
    vote.save()
    announce(tx, round_, "round_task.changed")
    return {"round": round_id, "version": vote.version, "sha256": kept.sha256}


def confirm_count(round_id: int, *, version: int | None, by: Any, key: UUID | None) -> Answer:
    """The scrutineer, another person than the teller, confirms the count; the round ends with it.

    It is checked anew against attendance, recusals and the lines as they stand now. Returns {"round", "moved"}.
    Refused: vote.not_counted, vote.same_person, vote.sheet_missing, vote.count_mismatch and the like, overtaken,
    round.closed, round.not_quorate, step.not_yours.
    """
    request = {"round": round_id, "version": version}
    return run(
        lambda tx: _confirm(tx, round_id, version), name="confirm_count", by=by, key=key, request=request
    )


def _confirm(tx: Transaction, round_id: int, version: int | None) -> Answer:
    round_ = _held(tx, round_id, "confirm_count")
    vote = _entered(round_, version)
    if vote.teller_id == tx.by.member_id:
        raise Refused("vote.same_person")
    if not vote.sheet_sha256:
        raise Refused("vote.sheet_missing")
    came = {row.member_id: (row.present, row.reason) for row in vote.attendance.all()}
    papers = {
        row.case_id: Papers(row.in_favour, row.against, row.abstain, row.spoiled) for row in vote.counts.all()
    }
    lines = _check(round_, came, papers, struck_may_stand=True)
    vote.scrutineer_id, vote.scrutineer_office_id = tx.by.member_id, tx.by.office
    vote.confirmed_at = tx.at
    vote.version += 1
    vote.save()
    _record_presence(tx, round_, {member for member, (present, _) in came.items() if present}, lines)
    note(tx, round_, NoteKind.COUNT_CONFIRMED)
    return {"round": round_id, "moved": end_round(tx, round_)}


def _record_presence(tx: Transaction, round_: Round, present: set[int], lines: Sequence[int]) -> None:
    """Whoever came has done their task; whoever did not is told as silent when the round is closed."""
    recused = _recusals(round_)
    tasks = RoundTask.objects.filter(
        process=round_, flow_task_type=HUMAN, removed_at__isnull=True, assignee__in=present
    )
    for task in tasks.order_by("pk"):
        out = all(task.assignee_id in recused.get(case, ()) for case in lines)
        verdict = "recused" if out else ANSWERED
        answer(task.pk, verdict=verdict, office_id=tx.by.office, at=tx.at)


def recuse(round_id: int, case_id: int, *, reason: str, by: Any, key: UUID | None) -> Answer:
    """A member stays out of a secret vote on one line, with the reason, before it is counted.

    Refused: step.not_yours, vote.not_on_paper, vote.counted, vote.recused_before, finding.foreign_case,
    finding.reason_missing, round.closed.
    """
    request = {"round": round_id, "case": case_id, "reason": reason}
    return run(
        lambda tx: _recuse(tx, round_id, case_id, reason), name="recuse", by=by, key=key, request=request
    )


def _recuse(tx: Transaction, round_id: int, case_id: int, reason: str) -> Answer:
    round_ = _held(tx, round_id, "recuse")
    if tx.by.member_id not in _members(round_):
        raise Refused("step.not_yours", step="recuse")
    if case_id not in _lines(round_):
        raise Refused("finding.foreign_case", case=case_id)
    said = f.text({"reason": reason}, "reason")
    if not said.strip():
        raise Refused("finding.reason_missing", case=case_id)
    if PaperVote.objects.filter(round=round_).exists():
        raise Refused("vote.counted")
    if Recusal.objects.filter(case_id=case_id, member=tx.by.member_id).exists():
        raise Refused("vote.recused_before", case=case_id)
    keep_recusals(tx, {case_id: said}, in_round=round_)
    return {"round": round_id, "case": case_id}


def _held(tx: Transaction, round_id: int, step: str) -> Round:
    """A round on paper, locked, for its organiser or one of its members."""
    round_ = Round.objects.select_related("slate__tabled_by").filter(pk=round_id).first()
    if round_ is None:
        raise Refused("round.unknown", round=round_id)
    if not is_organiser_of(tx, round_) and not _is_member(tx, round_):
        raise Refused("step.not_yours", step=step)
    if round_.mode != Mode.VOTE or not RoundRule.read(round_.rule).on_paper:
        raise Refused("vote.not_on_paper")
    return hold_round(round_id)


def _is_member(tx: Transaction, round_: Round) -> bool:
    asked = RoundTask.objects.filter(
        process=round_, flow_task_type=HUMAN, removed_at__isnull=True, assignee=tx.by.member_id
    )
    return asked.filter(participant_role=tx.by.role, participant_unit=tx.by.unit_id).exists()


def _entered(round_: Round, version: int | None) -> PaperVote:
    vote = PaperVote.objects.filter(round=round_).first()
    if vote is None:
        raise Refused("vote.not_counted")
    if vote.version != version:
        raise Refused("overtaken", round=round_.pk)
    return vote


def _members(round_: Round) -> list[int]:
    asked = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
    return [member for member in asked.values_list("assignee_id", flat=True) if member is not None]


def _lines(round_: Round) -> list[int]:
    lines = SlateLine.objects.filter(slate=round_.slate_id, open=True).order_by("position")
    return list(lines.values_list("case_id", flat=True))


def _recusals(round_: Round) -> dict[int, set[int]]:
    return {case: set(members) for case, members in recused_in(round_).items()}


def _check(
    round_: Round,
    came: Mapping[int, tuple[bool, str]],
    papers: Mapping[int, Papers],
    *,
    struck_may_stand: bool = False,
) -> list[int]:
    """Whether attendance and counts add up with the round as it stands; its open lines."""
    lines = _lines(round_)
    if struck_may_stand:
        papers = {case: one for case, one in papers.items() if case in lines}
    attendance = {member: present for member, (present, _) in came.items()}
    check_attendance(_members(round_), attendance, RoundRule.read(round_.rule).vote)
    present = {member for member, there in attendance.items() if there}
    check_counts(lines, papers, present, _recusals(round_))
    return lines


def _attendance(rows: Rows) -> dict[int, tuple[bool, str]]:
    """{member: (present, reason)}."""
    return {
        f.whole(row, "member", most=2**62): (
            bool(row.get("present")),
            f.text(row, "reason", limit=200, required=False),
        )
        for row in rows
    }


def _papers(rows: Rows) -> dict[int, Papers]:
    """{case: papers}; what is not a whole number is refused at its name."""
    return {
        f.whole(row, "case", most=2**62): Papers(
            f.whole(row, "for", most=PAPERS_MOST),
            f.whole(row, "against", most=PAPERS_MOST),
            f.whole(row, "abstain", most=PAPERS_MOST),
            f.whole({"spoiled": 0, **row}, "spoiled", most=PAPERS_MOST),
        )
        for row in rows
    }
