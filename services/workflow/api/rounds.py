"""Slates, rounds, tasks and ballots: what bodies decide together."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from services.workflow.api.asking import CREATED, key_of, seen
from services.workflow.api.auth import Request
from services.workflow.api.cases import narrowed
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import DecisionIn, NoBody, TableIn
from services.workflow.api.told import criterion_told, edition_of
from services.workflow.api.told_joint import asked_about, consultation_told
from services.workflow.commands.answers import close_round, decide_task
from services.workflow.commands.slates import Manner, table
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import FINDING, Mode, Role
from services.workflow.domain.tally import Found
from services.workflow.models import Ballot, Office, Round, RoundTask, Slate, SlateLine
from services.workflow.models.round import RoundStatus
from services.workflow.queries.definitions import line_definition, slate_definition
from services.workflow.queries.joint_findings import consultation_of
from services.workflow.queries.rights import visible_to
from services.workflow.queries.sheets import own_criteria, own_on_slate
from services.workflow.queries.slate_filter import SlateFilter, cases_of
from services.workflow.queries.slates import lines_of, opinions_in, participants_of, said_in, with_counts
from services.workflow.rounds.outcomes import tallies
from services.workflow.rounds.rule import RoundRule

router = Router(tags=["rounds"])
EDITION = "slate__edition__programme"
STATUSES = {RoundStatus.OPEN: "open", RoundStatus.DONE: "done", RoundStatus.CANCELLED: "cancelled"}
VERDICTS: dict[str, list[str]] = {
    Mode.CLEARANCE: ["no_objection", "objection", "veto"],
    Mode.COUNTERSIGN: ["agree", "disagree"],
    Mode.SCORING: ["scored"],
    Mode.VOTE: ["for", "against", "abstain", "recused"],
    FINDING: [str(found) for found in Found],
}


@router.get("/tasks")
def tasks(
    request: Request, paging: PageOf, status: str | None = None, round: int | None = None
) -> dict[str, Any]:
    """Tasks of this office; the organising office sees those of all participants."""
    rows = visible_to(request.auth, RoundTask).select_related(
        "process__slate__edition__programme", "participant_unit", "assignee"
    )
    known = {name: code for code, name in STATUSES.items()}
    if status is not None and status not in known:
        raise Refused("request.filter_invalid", field="status")
    return page(narrowed(rows, status=known.get(status or ""), process=round), paging, task_told)


def task_told(task: RoundTask) -> dict[str, Any]:
    round_ = task.process
    return {
        "id": task.pk,
        "kind": "round_task",
        "version": task.version,
        "round": round_.pk,
        "slate": round_.slate_id,
        "mode": round_.mode,
        "leg": round_.slate.leg,
        **edition_of(round_.slate.edition),
        "status": STATUSES[RoundStatus(task.status)],
        "participant_unit": task.participant_unit.name if task.participant_unit else "",
        "participant_role": task.participant_role,
        "assignee": task.assignee.name if task.assignee else "",
        "verdict": task.verdict,
        "decided_at": task.decided_at,
        "due_at": task.due_at,
        "due_provisional": task.due_provisional,
    }


@router.get("/tasks/{int:task_id}")
def task(request: Request, task_id: int, response: HttpResponse) -> dict[str, Any]:
    """A task: the lines to answer, those struck, the verdicts, the criteria this body scores, what it has answered."""
    row = (
        visible_to(request.auth, RoundTask)
        .select_related("process__slate__edition__programme", "participant_unit", "assignee")
        .filter(pk=task_id)
        .first()
    )
    if row is None:
        raise Refused("task.unknown", task=task_id)
    slate = row.process.slate
    mode = str(row.process.mode)
    if slate.objection is not None:
        response["ETag"] = f'"{row.version}"'
        return {**task_told(row), **asked_about(row), "verdicts": VERDICTS[mode]}
    definition = slate_definition(slate)
    response["ETag"] = f'"{row.version}"'
    lines = lines_of(slate)
    mine = own_on_slate(slate, row.participant_unit, [line.case for line in lines]) if scores(row) else ()
    owned = [g for g in definition.veto_grounds if g.owner == row.participant_unit.code]
    return {
        **task_told(row),
        "verdicts": VERDICTS[mode],
        "veto_grounds": [
            {"code": g.code, "name": g.name, "look_back_months": g.look_back_months} for g in owned
        ],
        "lines": [{**line_told(line), **asked_of(row, line)} for line in lines if line.struck_at is None],
        "struck": [line_told(line) for line in lines if line.struck_at is not None],
        "criteria": [criterion_told(criterion) for criterion in mine],
        "findings": said_in(row) if may_read_answer(request, row) else [],
    }


def scores(row: RoundTask) -> bool:
    return bool(row.process.mode == Mode.SCORING)


def asked_of(row: RoundTask, line: SlateLine) -> dict[str, list[str]]:
    """Codes of the criteria that this body scores of one line: those of another category are not asked of it."""
    if not scores(row):
        return {}
    own = own_criteria(line_definition(row.process.slate, line.case), row.participant_unit, line.case)
    return {"criteria": [criterion.code for criterion in own]}


def may_read_answer(request: Request, row: RoundTask) -> bool:
    """One's own answer; the organiser reads those of bodies, never a member's single vote."""
    return row.process.mode != Mode.VOTE or row.assignee_id == request.auth.member_id


def line_told(line: SlateLine) -> dict[str, Any]:
    case = line.case
    return {
        "case": case.pk,
        "position": line.position,
        "number": case.number,
        "unit": case.unit.name,
        "town": case.town.name if case.town else "",
        "rank": case.rank,
        "points": case.result_points,
        "version": case.version,
        "open": line.open,
        "struck_at": line.struck_at,
        "struck_reason": line.struck_reason,
        "outcome": line.outcome,
    }


@router.post("/tasks/{int:task_id}/decision")
def decide(request: Request, task_id: int, body: DecisionIn) -> dict[str, Any]:
    """Answer a task for its whole slate; `findings` say what differs, or for scoring each line and criterion."""
    if not visible_to(request.auth, RoundTask).filter(pk=task_id).exists():
        raise Refused("task.unknown", task=task_id)
    version, _ = seen(request, body.version)
    told = decide_task(
        task_id,
        verdict=body.verdict,
        reason=body.reason,
        findings=[finding.told() for finding in body.findings],
        version=version,
        by=request.auth,
        key=key_of(request),
    )
    return {"id": task_id, "kind": "round_task", **told}


@router.get("/slates")
def slates(
    request: Request, paging: PageOf, edition: int | None = None, leg: int | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, Slate).select_related("edition__programme", "tabled_by__unit")
    return page(narrowed(rows, edition=edition, leg=leg), paging, slate_told)


def slate_told(slate: Slate) -> dict[str, Any]:
    return {
        "id": slate.pk,
        "number": slate.number,
        "version": slate.version,
        **edition_of(slate.edition),
        "track": slate.track,
        "leg": slate.leg,
        "mode": slate.mode,
        "tabled_by": slate.tabled_by.unit.name,
        "tabled_at": slate.tabled_at,
        "objection": slate.objection_id,
        "closed_at": slate.closed_at,
    }


@router.post("/slates", response=CREATED)
def table_slate(request: Request, body: TableIn, response: HttpResponse) -> dict[str, Any]:
    """Put cases that wait at one leg on a slate, named or by filter, and ask the bodies of that leg."""
    manner = Manner(body.on_paper, body.held_open, body.again)
    cases = body.cases
    if body.filter is not None:
        only = body.filter
        wanted = SlateFilter(only.town, only.rank, only.points)
        cases = cases_of(body.edition, only.leg, only.track, wanted, request.auth)
    told = table(body.edition, cases, manner=manner, by=request.auth, key=key_of(request))
    response["Location"] = f"/api/v1/slates/{told['slate']}"
    return {"id": told["slate"], **told}


@router.get("/slates/{int:slate_id}")
def slate(request: Request, slate_id: int) -> dict[str, Any]:
    rows = visible_to(request.auth, Slate).select_related("edition__programme", "tabled_by__unit")
    row = rows.filter(pk=slate_id).first()
    if row is None:
        raise Refused("slate.not_found", slate=slate_id)
    rounds = list(row.rounds.order_by("pk").values_list("pk", flat=True))
    return {**slate_told(row), "lines": [line_told(line) for line in lines_of(row)], "rounds": rounds}


@router.get("/rounds")
def rounds(
    request: Request, paging: PageOf, edition: int | None = None, slate: int | None = None
) -> dict[str, Any]:
    rows = with_counts(visible_to(request.auth, Round).select_related(EDITION))
    return page(narrowed(rows, slate__edition=edition, slate=slate), paging, round_told)


def round_told(round_: Any) -> dict[str, Any]:
    return {
        "id": round_.pk,
        "slate": round_.slate_id,
        **edition_of(round_.slate.edition),
        "leg": round_.slate.leg,
        "mode": round_.mode,
        "status": STATUSES[RoundStatus(round_.status)],
        "opened_at": round_.opened_at,
        "due_at": round_.due_at,
        "closed_at": round_.closed_at,
        "on_paper": RoundRule.read(round_.rule).on_paper,
        "asked": round_.asked,
        "answered": round_.answered,
        "outcome": round_.outcome,
    }


@router.get("/rounds/{int:round_id}")
def round_detail(request: Request, round_id: int) -> dict[str, Any]:
    """A round with its lines. The organiser sees who has answered and what bodies found; votes are counted
    for office and committee once the round is closed.
    """
    row = (
        with_counts(visible_to(request.auth, Round).select_related(EDITION, "slate__tabled_by"))
        .filter(pk=round_id)
        .first()
    )
    if row is None:
        raise Refused("round.unknown", round=round_id)
    if row.slate.objection_id is not None:
        told = consultation_told(consultation_of(row))
        return {**round_told(row), **told, "participants": [task_told(t) for t in participants_of(row)]}
    lines = lines_of(row.slate)
    told = {**round_told(row), "lines": [line_told(line) for line in lines]}
    tabled_by = row.slate.tabled_by
    if request.auth.role == Role.OFFICE or _is_organiser(request, tabled_by):
        told["participants"] = [task_told(task) for task in participants_of(row)]
    if request.auth.role in {Role.OFFICE, Role.COMMITTEE} or _is_organiser(request, tabled_by):
        told["findings"] = opinions_in(row)
        if row.mode == Mode.VOTE and not row.is_open:
            told["tallies"] = {
                case: {"for" if name == "for_" else name: getattr(tally, name) for name in tally.__slots__}
                for case, tally in tallies(row, [line.case_id for line in lines]).items()
            }
    return told


def _is_organiser(request: Request, tabled_by: Office) -> bool:
    return (request.auth.role, request.auth.unit_id) == (tabled_by.role, tabled_by.unit_id)


@router.post("/rounds/{int:round_id}/close")
def close(request: Request, round_id: int, body: NoBody | None = None) -> dict[str, Any]:
    """The organiser closes a round that has what its rule needs."""
    if not visible_to(request.auth, Round).filter(pk=round_id).exists():
        raise Refused("round.unknown", round=round_id)
    return {"id": round_id, **close_round(round_id, by=request.auth, key=key_of(request))}


@router.get("/ballots")
def ballots(request: Request, paging: PageOf, round: int | None = None) -> dict[str, Any]:
    """One's own votes, and nobody else's."""
    rows = visible_to(request.auth, Ballot).select_related("case__unit", "task")
    return page(narrowed(rows, task__process=round), paging, ballot_told)


def ballot_told(row: Ballot) -> dict[str, Any]:
    return {
        "id": row.pk,
        "task": row.task_id,
        "round": row.task.process_id,
        "case": row.case_id,
        "unit": row.case.unit.name,
        "choice": row.choice,
        "reason": row.reason,
        "cast_at": row.cast_at,
    }
