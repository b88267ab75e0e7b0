"""What is done about work without moving it: claimed, passed on, urged, copied; deputies; views and phrases."""

from typing import Any

from ninja import Router

from services.workflow.api.asking import CREATED, Request, key_of
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes_work import (
    CopyIn,
    DeputyIn,
    PhraseIn,
    ReassignIn,
    RecuseIn,
    RelationIn,
    UrgeIn,
    ViewIn,
)
from services.workflow.commands import claiming, conflicts, cosigning, deputies, keepsakes, urging
from services.workflow.models import Copy, Deputy, Phrase, RefusedAct, Relation, SavedView
from services.workflow.queries.conflicts import refused_acts

router = Router(tags=["work"])
Told = dict[str, Any]


@router.post("/side-acts/{str:kind}/{int:number}/claim")
def claim(request: Request, kind: str, number: int) -> Told:
    """Take pool work; `kind` and `id` are those of the inbox item."""
    return claiming.claim(kind, number, by=request.auth, key=key_of(request))


@router.post("/side-acts/{str:kind}/{int:number}/release")
def release(request: Request, kind: str, number: int) -> Told:
    """Give claimed work back to the pool."""
    return claiming.release(kind, number, by=request.auth, key=key_of(request))


@router.post("/side-acts/{str:kind}/{int:number}/reassign")
def reassign(request: Request, kind: str, number: int, body: ReassignIn) -> Told:
    """Hand work to a colleague of the same office, with a reason."""
    return claiming.reassign(
        kind, number, to=body.to, reason=body.reason, by=request.auth, key=key_of(request)
    )


@router.post("/side-acts/{str:kind}/{int:number}/urge")
def urge(request: Request, kind: str, number: int, body: UrgeIn) -> Told:
    """Ask whoever has it to get on with it; once a day."""
    return urging.urge(kind, number, text=body.text, by=request.auth, key=key_of(request))


@router.post("/side-acts/{str:kind}/{int:number}/copy")
def copy(request: Request, kind: str, number: int, body: CopyIn) -> Told:
    """Lay a case before people who may see it anyway."""
    return urging.copy(kind, number, to=body.to, note=body.note, by=request.auth, key=key_of(request))


@router.post("/side-acts/{str:kind}/{int:number}/cosign")
def cosign(request: Request, kind: str, number: int, body: ReassignIn) -> Told:
    """Ask a person who may see the case for an opinion; the case stays where it is."""
    return cosigning.ask(kind, number, to=body.to, reason=body.reason, by=request.auth, key=key_of(request))


@router.post("/side-acts/{str:kind}/{int:number}/opinion")
def opinion(request: Request, kind: str, number: int, body: UrgeIn) -> Told:
    """Say what one was asked for."""
    return cosigning.give_opinion(kind, number, text=body.text, by=request.auth, key=key_of(request))


@router.post("/side-acts/{str:kind}/{int:number}/recuse")
def recuse(request: Request, kind: str, number: int, body: RecuseIn) -> Told:
    """Keep one's hands off a case for good; somebody else has it then."""
    return conflicts.recuse(
        kind, number, reason=body.reason, to=body.to, by=request.auth, key=key_of(request)
    )


@router.get("/relations")
def relations(request: Request, paging: PageOf) -> Told:
    """What this person has declared, ended relations too."""
    rows = Relation.objects.filter(member=request.auth.member_id)
    return page(rows, paging, _relation_told)


def _relation_told(row: Relation) -> Told:
    return {
        "id": row.pk,
        "unit": row.unit_id,
        "person": row.person_id,
        "nature": row.nature,
        "note": row.note,
        "declared_at": row.declared_at,
        "ended_at": row.ended_at,
    }


@router.post("/relations", response=CREATED)
def declare(request: Request, body: RelationIn) -> Told:
    """Declare a relation to a unit or a person; from now on it bars decisions about them."""
    return conflicts.declare_relation(body.model_dump(), by=request.auth, key=key_of(request))


@router.post("/relations/{int:relation_id}/end")
def end(request: Request, relation_id: int) -> Told:
    """It holds no longer."""
    return conflicts.end_relation(relation_id, by=request.auth, key=key_of(request))


@router.get("/refused-acts")
def refused(request: Request, paging: PageOf) -> Told:
    """What separation of duty refused in the district; for the audit administrator, for others empty."""
    return page(refused_acts(request.auth), paging, _refused_told)


def _refused_told(row: RefusedAct) -> Told:
    return {
        "id": row.pk,
        "member": row.member_id,
        "office": row.office_id,
        "step": row.step,
        "case": row.case_id,
        "task": row.task_id,
        "code": row.code,
        "at": row.at,
    }


@router.get("/copies")
def copies(request: Request, paging: PageOf) -> Told:
    """What was copied to this person."""
    rows = Copy.objects.filter(member=request.auth.member_id).select_related("sent_by__unit")
    return page(rows, paging, _copy_told)


def _copy_told(row: Copy) -> Told:
    return {
        "id": row.pk,
        "case": row.case_id,
        "kind": row.case_kind,
        "from": row.sent_by.name,
        "unit": row.sent_by.unit.name,
        "note": row.note,
        "at": row.at,
        "seen_at": row.seen_at,
    }


@router.post("/copies/{int:copy_id}/seen")
def seen(request: Request, copy_id: int) -> Told:
    """It has been read."""
    return _copy_told(urging.see_copy(copy_id, by=request.auth))


@router.get("/deputies")
def list_deputies(request: Request, paging: PageOf) -> Told:
    """Who stands in for this person, and when; ended ones too."""
    rows = Deputy.objects.filter(principal=request.auth.member_id).select_related("deputy")
    return page(rows, paging, _deputy_told)


def _deputy_told(row: Deputy) -> Told:
    return {
        "id": row.pk,
        "deputy": row.deputy_id,
        "name": row.deputy.name,
        "begins_at": row.begins_at,
        "ends_at": row.ends_at,
        "reason": row.reason,
        "revoked_at": row.revoked_at,
    }


@router.post("/deputies", response=CREATED)
def appoint(request: Request, body: DeputyIn) -> Told:
    """Everything of mine goes to a colleague of my unit for some days."""
    given = body.model_dump()
    return deputies.appoint(**given, by=request.auth, key=key_of(request))


@router.post("/deputies/{int:deputy_id}/revoke")
def revoke(request: Request, deputy_id: int) -> Told:
    """From now on nobody stands in."""
    return deputies.revoke_deputy(deputy_id, by=request.auth, key=key_of(request))


@router.get("/views")
def views(request: Request, paging: PageOf) -> Told:
    """The inbox views this person has kept."""
    rows = SavedView.objects.filter(member=request.auth.member_id)
    return page(rows, paging, lambda row: {"id": row.pk, "name": row.name, "query": row.query})


@router.post("/views", response=CREATED)
def save_view(request: Request, body: ViewIn) -> Told:
    """Keep what the inbox is narrowed to."""
    return keepsakes.save_view(body.name, body.query, by=request.auth, key=key_of(request))


@router.delete("/views/{int:view_id}")
def delete_view(request: Request, view_id: int) -> Told:
    """Forget a view."""
    return keepsakes.delete_view(view_id, by=request.auth, key=key_of(request))


@router.get("/phrases")
def phrases(request: Request, paging: PageOf) -> Told:
    """What this person often writes."""
    rows = Phrase.objects.filter(member=request.auth.member_id)
    return page(rows, paging, lambda row: {"id": row.pk, "text": row.text})


@router.post("/phrases", response=CREATED)
def keep_phrase(request: Request, body: PhraseIn) -> Told:
    """Keep a phrase for opinions to come."""
    return keepsakes.keep_phrase(body.text, by=request.auth, key=key_of(request))


@router.delete("/phrases/{int:phrase_id}")
def drop_phrase(request: Request, phrase_id: int) -> Told:
    """Forget a phrase."""
    return keepsakes.drop_phrase(phrase_id, by=request.auth, key=key_of(request))
