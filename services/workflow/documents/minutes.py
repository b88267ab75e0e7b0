"""会议纪要: what a vote's minutes say, put together from what was kept of it. The wording is the product's own."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.workflow.documents.papers import Attendee, Minutes, Tally
from services.workflow.domain import tally as counting
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.programme_rules import Electorate, Majority, VoteRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import (
    Attendance,
    Ballot,
    Meeting,
    PaperVote,
    Round,
    RoundTask,
    SlateLine,
)
from services.workflow.models.round import HUMAN
from services.workflow.queries.definitions import slate_definition
from services.workflow.queries.notice_legs import has_examples
from services.workflow.queries.recusals import recused_in
from services.workflow.queries.slates import counted
from services.workflow.wording.labels import role_label

UNKNOWN = "—"
Tallies = Mapping[int, counting.Tally]
PASSES = {
    Majority.MAJORITY: "超过{of}的半数",
    Majority.TWO_THIRDS: "不少于{of}的三分之二",
    Majority.ALL: "为{of}的全数",
}
OF = {Electorate.PRESENT: "到会人数", Electorate.MEMBERS: "应到人数"}


def minutes_of(round_: Round, rule: VoteRule, tallies: Tallies) -> Minutes:
    """The minutes of a closed vote.

    Refused: vote.not_a_vote, vote.still_open, vote.meeting_missing (nobody has said when and where it was held).
    """
    if round_.mode != Mode.VOTE:
        raise Refused("vote.not_a_vote")
    if round_.is_open:
        raise Refused("vote.still_open")
    meeting = Meeting.objects.filter(round=round_).first()
    if meeting is None:
        raise Refused("vote.meeting_missing")
    return _put_together(round_, rule, tallies, meeting)


def draft_of(round_: Round, rule: VoteRule, tallies: Tallies) -> Minutes:
    """What the minutes say so far, to be read on a page; what is not known yet is a dash."""
    found = Meeting.objects.filter(round=round_).first()
    opened = shanghai_date(round_.opened_at)
    blank = Meeting(held_on=opened, place=UNKNOWN, chair=UNKNOWN, recorder=UNKNOWN)
    return _put_together(round_, rule, tallies, found or blank)


def _put_together(round_: Round, rule: VoteRule, tallies: Tallies, meeting: Meeting) -> Minutes:
    slate = round_.slate
    tasks = _tasks(round_)
    present = _present(round_, tasks, on_paper=rule.secret)
    lines = list(SlateLine.objects.filter(slate=slate).select_related("case__unit").order_by("position"))
    votes = PaperVote.objects.filter(round=round_).select_related("teller", "scrutineer")
    paper = votes.first() if rule.secret else None
    quorum = counting.quorum_of(len(tasks), rule)
    counts = (len(tasks), len(present), quorum)
    return Minutes(
        body=tasks[0].participant_unit.name if tasks and tasks[0].participant_unit else "",
        number=f"〔{slate.edition.year}〕第{slate.number}号",
        title=f"{slate.edition.name}“{_leg_name(slate)}”会议纪要",
        held_on=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair,
        recorder=meeting.recorder,
        entitled=len(tasks),
        quorum=quorum,
        present=tuple(_attendee(task) for task in tasks if task.assignee_id in present),
        absent=tuple(_attendee(task, why) for task, why in _absent(tasks, present, paper)),
        recused=tuple(_recused(round_, tasks, lines, on_paper=rule.secret)),
        paragraphs=tuple(_paragraphs(slate, rule, lines, tallies, meeting, counts)),
        tallies=tuple(_row(line, tallies[line.case_id]) for line in lines if line.case_id in tallies),
        secret=rule.secret,
        teller=paper.teller.name if paper else "",
        scrutineer=paper.scrutineer.name if paper and paper.scrutineer else "",
        dated=shanghai_date(round_.closed_at or round_.opened_at),
        example=has_examples(slate.edition.definition_version_id),
    )


def _tasks(round_: Round) -> list[RoundTask]:
    asked = RoundTask.objects.filter(process=round_, flow_task_type=HUMAN, removed_at__isnull=True)
    return list(asked.select_related("assignee", "participant_unit").order_by("pk"))


def _leg_name(slate: Any) -> str:
    return str(slate_definition(slate).legs[slate.leg].name)


def _present(round_: Round, tasks: Iterable[RoundTask], *, on_paper: bool) -> set[int | None]:
    """Members who took part; of an open vote those who voted on some line."""
    if on_paper:
        rows = Attendance.objects.filter(vote__round=round_, present=True)
        return set(rows.values_list("member_id", flat=True))
    return {task.assignee_id for task in tasks if task.verdict and task.verdict != "recused"}


def _absent(
    tasks: Iterable[RoundTask], present: set[int | None], paper: PaperVote | None
) -> Iterable[tuple[RoundTask, str]]:
    reasons: dict[int | None, str] = (
        dict(paper.attendance.values_list("member_id", "reason")) if paper else {}
    )
    for task in tasks:
        if task.assignee_id not in present and task.verdict != "recused":
            yield task, reasons.get(task.assignee_id, "")


def _attendee(task: RoundTask, reason: str = "") -> Attendee:
    name = task.assignee.name if task.assignee else ""
    return Attendee(name=name, office=role_label(task.participant_role), reason=reason)


def _recused(
    round_: Round, tasks: Iterable[RoundTask], lines: Iterable[SlateLine], *, on_paper: bool
) -> Iterable[Attendee]:
    """Each member who stayed out, with the units that they stayed out of."""
    rows = (
        [(member, case) for case, members in recused_in(round_).items() for member in members]
        if on_paper
        else counted(Ballot.objects.filter(task__process=round_, choice="recused")).values_list(
            "member_id", "case_id"
        )
    )
    units = {line.case_id: line.case.unit.name for line in lines}
    out: dict[int | None, list[str]] = {}
    for member, case in rows:
        out.setdefault(member, []).append(units.get(case, ""))
    for task in tasks:
        if task.assignee_id in out:
            yield _attendee(task, "回避" + "、".join(sorted(out[task.assignee_id])))


def _paragraphs(
    slate: Any,
    rule: VoteRule,
    lines: list[SlateLine],
    tallies: Tallies,
    meeting: Meeting,
    counts: tuple[int, int, int],
) -> Iterable[str]:
    """What the meeting did; `counts` are the entitled, those who came, and the quorum."""
    entitled, present, quorum = counts
    struck = [line.case.unit.name for line in lines if line.struck_at is not None]
    voted = [line for line in lines if line.struck_at is None]
    manner = "无记名投票" if rule.secret else "记名投票"
    yield (
        f"会议对{slate.edition.name}名单第{slate.number}号所列{len(voted)}个单位逐项进行{manner}表决。"
        f"应到{entitled}人，实到{present}人，法定人数{quorum}人。"
        f"赞成票{PASSES[rule.passes].format(of=OF[rule.of])}的，即为通过；回避人员不计入该项的应到和到会人数。"
    )
    if rule.secret and tallies:
        yield "表决票由计票人清点，监票人核对，票数与到会且未回避的人数相符；签名的计票单存档备查。"
    passed = [
        line.case.unit.name for line in voted if line.case_id in tallies and tallies[line.case_id].carried
    ]
    failed = [
        line.case.unit.name for line in voted if line.case_id in tallies and not tallies[line.case_id].carried
    ]
    for words, names in (
        ("表决通过", passed),
        ("表决未通过", failed),
        ("表决前从名单中撤下", struck),
    ):
        if names:
            yield f"{words}{len(names)}个单位：{'、'.join(names)}。"
    yield from (text for text in meeting.remarks.splitlines() if text.strip())


def _row(line: SlateLine, tally: counting.Tally) -> Tally:
    return Tally(
        serial=line.position,
        unit=line.case.unit.name,
        in_favour=tally.for_,
        against=tally.against,
        abstained=tally.abstain,
        spoiled=tally.spoiled,
        recused=tally.recused,
        outcome="通过" if tally.carried else "未通过",
    )
