"""Versions of a programme: those in the making, and how the published ones differ."""

from typing import Any

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel

from services.workflow.api.asking import CREATED, key_of, seen
from services.workflow.api.auth import Request
from services.workflow.api.cases import the_case
from services.workflow.api.pages import PageOf, page
from services.workflow.api.told import definition_told
from services.workflow.commands.drafts import begin_draft, discard_draft, publish_draft, save_draft
from services.workflow.domain.definition_codec import to_dict
from services.workflow.domain.differences import differences
from services.workflow.domain.refused import Refused
from services.workflow.models import Programme, ProgrammeDraft, ProgrammeVersion
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.drafts import check, one_draft
from services.workflow.queries.rights import visible_to
from services.workflow.wording.faults import fault_sentence

drafts = Router(tags=["programmes"])
versions = Router(tags=["programmes"])


class DraftIn(BaseModel):
    """A new programme by its `name` or its whole `definition`, or the next version of a `programme`."""

    name: str = ""
    definition: dict[str, Any] | None = None
    programme: int | None = None


class PartsIn(BaseModel):
    """Parts of a definition by their keys, as in its file; null takes one out."""

    parts: dict[str, Any]
    revision: int | None = None


class RevisionIn(BaseModel):
    revision: int | None = None


@drafts.get("")
def list_drafts(request: Request, paging: PageOf) -> dict[str, Any]:
    return page(visible_to(request.auth, ProgrammeDraft).select_related("saved_by"), paging, draft_told)


def draft_told(draft: ProgrammeDraft) -> dict[str, Any]:
    return {
        "id": draft.pk,
        "programme": draft.programme_id,
        "name": str(draft),
        "revision": draft.revision,
        "saved_at": draft.saved_at,
        "saved_by": draft.saved_by.name,
    }


@drafts.post("", response=CREATED)
def begin(request: Request, body: DraftIn, response: HttpResponse) -> dict[str, Any]:
    """Begin a draft; values of a definition may still be faulty."""
    told = begin_draft(
        name=body.name,
        values=body.definition,
        programme=body.programme,
        by=request.auth,
        key=key_of(request),
    )
    response["Location"] = f"/api/v1/programmes/drafts/{told['draft']}"
    return {"id": told["draft"], **told}


@drafts.get("/{int:draft_id}")
def read(request: Request, draft_id: int, response: HttpResponse) -> dict[str, Any]:
    """A draft with the plain values of its definition."""
    draft = one_draft(draft_id, request.auth)
    response["ETag"] = f'"{draft.revision}"'
    return {**draft_told(draft), "definition": draft.definition}


@drafts.patch("/{int:draft_id}")
def save(request: Request, draft_id: int, body: PartsIn) -> dict[str, Any]:
    """Save some parts. A part that somebody saved since the revision given is refused as `overtaken`."""
    revision = _seen(request, body.revision)
    told = save_draft(draft_id, body.parts, revision=revision, by=request.auth, key=key_of(request))
    return {"id": draft_id, **told}


def _seen(request: Request, revision: int | None) -> int:
    """The revision that the client saw, from If-Match or the body."""
    given, _ = seen(request, revision)
    if given is None:
        raise Refused("field.missing", field="revision")
    return given


@drafts.delete("/{int:draft_id}")
def discard(request: Request, draft_id: int) -> dict[str, Any]:
    return discard_draft(draft_id, by=request.auth, key=key_of(request))


@drafts.get("/{int:draft_id}/check")
def check_one(request: Request, draft_id: int) -> dict[str, Any]:
    """Every fault at once, by the path of its key; gaps and warnings are none."""
    draft = one_draft(draft_id, request.auth)
    checked = check(draft.definition)
    faults = [
        {
            "key": fault.key,
            "path": list(at.path),
            "code": fault.code,
            "detail": fault_sentence(fault),
        }
        for at, fault in zip(checked.faults, checked.located, strict=True)
    ]
    definition = checked.definition
    return {
        "id": draft_id,
        "revision": draft.revision,
        "ok": not faults,
        "faults": faults,
        "gaps": list(definition.gaps),
        "warnings": list(definition.warnings),
    }


@drafts.post("/{int:draft_id}/publish")
def publish(request: Request, draft_id: int, body: RevisionIn) -> dict[str, Any]:
    """Freeze the draft as the next version; not by somebody who wrote in it."""
    revision = _seen(request, body.revision)
    return publish_draft(draft_id, revision=revision, by=request.auth, key=key_of(request))


@versions.get("/{int:programme_id}/versions")
def list_versions(request: Request, programme_id: int, paging: PageOf) -> dict[str, Any]:
    row = the_case(request.auth, Programme, programme_id)
    found = ProgrammeVersion.objects.filter(programme=row).select_related("published_by")
    return page(found, paging, version_told)


def version_told(version: ProgrammeVersion) -> dict[str, Any]:
    return {
        "id": version.pk,
        "number": version.number,
        "hash": version.content_hash,
        "published_at": version.published_at,
        "published_by": version.published_by.name if version.published_by else None,
    }


@versions.get("/{int:programme_id}/versions/{int:number}")
def version(request: Request, programme_id: int, number: int) -> dict[str, Any]:
    """One version with the whole of its definition, as its file has it."""
    found = _version(request, programme_id, number)
    definition = definition_of(found.pk)
    return {**version_told(found), **definition_told(definition), "definition": to_dict(definition)}


@versions.get("/{int:programme_id}/versions/{int:number}/difference")
def difference(request: Request, programme_id: int, number: int, before: int | None = None) -> dict[str, Any]:
    """What changed from version `before` (without it, the one before) to this one."""
    after = _version(request, programme_id, number)
    earlier = _version(request, programme_id, number - 1 if before is None else before)
    changes = differences(definition_of(earlier.pk), definition_of(after.pk))
    return {
        "programme": programme_id,
        "from": earlier.number,
        "to": after.number,
        "changes": [
            {"path": list(one.path), "change": str(one.change), "before": one.before, "after": one.after}
            for one in changes
        ],
    }


def _version(request: Request, programme_id: int, number: int) -> ProgrammeVersion:
    row = the_case(request.auth, Programme, programme_id)
    found = (
        ProgrammeVersion.objects.filter(programme=row, number=number).select_related("published_by").first()
    )
    if found is None:
        raise Refused("version.not_found", number=number)
    return found
