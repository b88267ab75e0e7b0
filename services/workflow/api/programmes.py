"""Programmes, their definitions, and the editions that run them."""

from dataclasses import asdict
from datetime import UTC
from typing import Any

from django.http import HttpResponse
from ninja import Router

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import add_collection, narrowed
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import EditionIn
from services.workflow.api.told import PROGRAMMES, definition_told, programme_told
from services.workflow.commands.programmes import open_edition
from services.workflow.domain.refused import Refused
from services.workflow.models import Edition, Programme
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.draws import draws_in, seed_told
from services.workflow.queries.rights import visible_to

programmes = Router(tags=["programmes"])
editions = Router(tags=["editions"])


@programmes.get("")
def list_programmes(request: Request, paging: PageOf, status: str | None = None) -> dict[str, Any]:
    rows = visible_to(request.auth, Programme).select_related(*PROGRAMMES)
    return page(narrowed(rows, status=status), paging, programme_told)


def _detail(row: Programme, actor: Any) -> dict[str, Any]:
    """The newest version with its route and standard."""
    version = row.versions.order_by("-number").first()
    assert version is not None, "a programme is made with its first version"
    return {
        "definition_version": version.number,
        "hash": version.content_hash,
        "published_at": version.published_at,
        **definition_told(definition_of(version.pk)),
    }


add_collection(programmes, Programme, programme_told, PROGRAMMES, detail=_detail)


@editions.get("")
def list_editions(
    request: Request, paging: PageOf, programme: int | None = None, year: int | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, Edition).select_related("programme", "definition_version")
    return page(narrowed(rows, programme=programme, year=year), paging, edition_told)


def edition_told(row: Edition) -> dict[str, Any]:
    return {
        "id": row.pk,
        "edition": row.name,
        "programme": row.programme.name,
        "programme_id": row.programme_id,
        "year": row.year,
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "definition_version": row.definition_version.number,
        "evaluation_opens_on": row.evaluation_opens_on,
        "evaluation_closes_on": row.evaluation_closes_on,
        "naming_opens_on": row.naming_opens_on,
        "naming_closes_on": row.naming_closes_on,
    }


@editions.get("/{int:edition_id}")
def edition(request: Request, edition_id: int) -> dict[str, Any]:
    """An edition with the definition it opened with, which never changes for it."""
    rows = visible_to(request.auth, Edition).select_related("programme", "definition_version")
    row = rows.filter(pk=edition_id).first()
    if row is None:
        raise Refused("edition.not_found", edition=edition_id)
    return {
        **edition_told(row),
        **seed_told(row),
        **definition_told(definition_of(row.definition_version_id)),
    }


@editions.get("/{int:edition_id}/draws")
def draws(request: Request, edition_id: int, after: int = 0) -> dict[str, Any]:
    """The draw of spot checks, case by case as far as it is told; with the seed anybody can recompute it."""
    row = visible_to(request.auth, Edition).select_related("programme").filter(pk=edition_id).first()
    if row is None:
        raise Refused("edition.not_found", edition=edition_id)
    found = draws_in(row, request.auth, after=after)
    return {"id": edition_id, **seed_told(row), "items": [asdict(one) for one in found]}


@editions.post("", response=CREATED)
def open_one(request: Request, body: EditionIn, response: HttpResponse) -> dict[str, Any]:
    """Open the yearly run of an admitted programme. Moments without an offset are UTC."""
    moments = {
        name: moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        for name, moment in (("opens_at", body.opens_at), ("closes_at", body.closes_at))
    }
    told = open_edition(body.programme, year=body.year, **moments, by=request.auth, key=key_of(request))
    response["Location"] = f"/api/v1/editions/{told['edition']}"
    return {"id": told["edition"], **told}
