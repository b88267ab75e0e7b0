"""What a round's organiser does while it is open, its course, and its flow as a drawing."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.auth import Request
from services.workflow.api.shapes_rounds import CosignerIn, ExtendIn, LateIn, ReasonIn, RemindIn, StrikeIn
from services.workflow.commands import cosigners, organising
from services.workflow.domain.refused import Refused
from services.workflow.models import Round, RoundNote, RoundTask
from services.workflow.queries.rights import visible_to
from services.workflow.queries.round_notes import notes_of
from services.workflow.rounds.drawing import bpmn, svg

router = Router(tags=["rounds"])


def the_round(request: Request, round_id: int) -> Round:
    """A round that this office may see. Refused: round.unknown."""
    rows = visible_to(request.auth, Round).select_related("slate__edition__programme", "slate__tabled_by")
    row: Round | None = rows.filter(pk=round_id).first()
    if row is None:
        raise Refused("round.unknown", round=round_id)
    return row


def _the_task(request: Request, task_id: int) -> RoundTask:
    row: RoundTask | None = visible_to(request.auth, RoundTask).filter(pk=task_id).first()
    if row is None:
        raise Refused("task.unknown", task=task_id)
    return row


@router.post("/rounds/{int:round_id}/extend")
def extend(request: Request, round_id: int, body: ExtendIn) -> dict[str, Any]:
    """Move the due day of the round, and of what is open in it, to a later day."""
    the_round(request, round_id)
    told = organising.extend_round(
        round_id, due_on=body.due_on, reason=body.reason, by=request.auth, key=key_of(request)
    )
    return {"id": round_id, **told}


@router.post("/rounds/{int:round_id}/cancel")
def cancel(request: Request, round_id: int, body: ReasonIn) -> dict[str, Any]:
    """End the round without an outcome; its open tasks are closed and its cases free again."""
    the_round(request, round_id)
    told = organising.cancel_round(round_id, reason=body.reason, by=request.auth, key=key_of(request))
    return {"id": round_id, **told}


@router.post("/rounds/{int:round_id}/strike")
def strike(request: Request, round_id: int, body: StrikeIn) -> dict[str, Any]:
    """Take one case off the slate; the rest goes on."""
    the_round(request, round_id)
    told = organising.strike_line(
        round_id, body.case, reason=body.reason, by=request.auth, key=key_of(request)
    )
    return {"id": round_id, **told}


@router.post("/rounds/{int:round_id}/remind")
def remind(request: Request, round_id: int, body: RemindIn | None = None) -> dict[str, Any]:
    """Tell those who have not answered, all or some, that they are waited for; once a day each."""
    the_round(request, round_id)
    given = body or RemindIn()
    told = organising.remind(
        round_id, tasks=given.tasks, text=given.text, by=request.auth, key=key_of(request)
    )
    return {"id": round_id, **told}


@router.post("/rounds/{int:round_id}/participants", response=CREATED)
def add(request: Request, round_id: int, body: CosignerIn) -> dict[str, Any]:
    """Ask one body more while the round is open."""
    the_round(request, round_id)
    told = cosigners.add_cosigner(
        round_id, unit=body.unit, role=body.role, reason=body.reason, by=request.auth, key=key_of(request)
    )
    return {"id": round_id, **told}


@router.post("/tasks/{int:task_id}/remove")
def remove(request: Request, task_id: int, body: ReasonIn) -> dict[str, Any]:
    """Take a body out of the round that has not answered."""
    _the_task(request, task_id)
    told = cosigners.remove_cosigner(task_id, reason=body.reason, by=request.auth, key=key_of(request))
    return {"id": task_id, **told}


@router.post("/tasks/{int:task_id}/late", response=CREATED)
def late(request: Request, task_id: int, body: LateIn) -> dict[str, Any]:
    """An opinion that came too late: kept as a note, it moves nothing."""
    _the_task(request, task_id)
    told = organising.late_opinion(task_id, text=body.text, by=request.auth, key=key_of(request))
    return {"id": task_id, **told}


@router.get("/rounds/{int:round_id}/notes")
def notes(request: Request, round_id: int) -> dict[str, Any]:
    """What happened in the round beside its answers, oldest first."""
    row = the_round(request, round_id)
    return {"items": [note_told(note) for note in notes_of(row)]}


def note_told(note: RoundNote) -> dict[str, Any]:
    return {
        "id": note.pk,
        "kind": note.kind,
        "text": note.text,
        "task": note.task_id,
        "case": note.case_id,
        "by": note.office.name if note.office else "",
        "unit": note.office.unit.name if note.office else "",
        "at": note.at,
    }


@router.get("/rounds/{int:round_id}/flow.svg")
def flow_svg(request: Request, round_id: int) -> HttpResponse:
    """The round's flow, its nodes marked by state."""
    row = the_round(request, round_id)
    return HttpResponse(svg(row.flow_class, row), content_type="image/svg+xml")


@router.get("/rounds/{int:round_id}/flow.bpmn")
def flow_bpmn(request: Request, round_id: int) -> HttpResponse:
    """The round's flow in BPMN 2.0."""
    row = the_round(request, round_id)
    return HttpResponse(bpmn(row.flow_class, row), content_type="application/xml")
