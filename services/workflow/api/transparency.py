"""The transparency log for everybody: checkpoint, entries, proofs. What it holds stands in docs/transparency.md."""

import json
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from services.workflow.api.pages import number_of
from services.workflow.commands.log_keys import log_keys
from services.workflow.domain import merkle
from services.workflow.domain.checkpoint import read_note
from services.workflow.models import LogLeaf
from services.workflow.queries import transparency as log

router = Router(tags=["public"], auth=None)
CACHED = "public, s-maxage=5, stale-while-revalidate=60"
FOR_EVER = "public, max-age=31536000, immutable"
MOST = 1_000
HEADS_MOST = 200
NUMBERS = 2**62
Number = Annotated[int, Query(ge=0, lt=NUMBERS)]


@router.get("/log/checkpoint")
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed note as C2SP writes it; its parts as JSON where JSON is asked for."""
    row = log.last_checkpoint()
    if "application/json" not in request.headers.get("Accept", ""):
        response = HttpResponse(row.note, content_type="text/plain; charset=utf-8")
    else:
        told, _ = read_note(row.note)
        parts = {"origin": told.origin, "size": told.size, "root": told.root.hex(), "at": _moment(row.at)}
        text = json.dumps({**parts, "note": row.note, **_keys()}, ensure_ascii=False)
        response = HttpResponse(text, content_type="application/json")
    response["Cache-Control"], response["Vary"], response["ETag"] = CACHED, "Accept", f'"{row.size}"'
    return response


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _keys() -> dict[str, Any]:
    return {"hash": settings.LOG_HASH, "keys": [key.told for key in log_keys()]}


@router.get("/log/keys")
def keys(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """The log's name, its hash, and its public keys as verifier keys; the first one signs now."""
    response["Cache-Control"] = CACHED
    return {"origin": settings.LOG_ORIGIN, **_keys()}


def leaf_told(leaf: LogLeaf) -> dict[str, Any]:
    """`entry` and `body` are texts: their very bytes are hashed."""
    content = leaf.entry.encode()
    return {
        "index": leaf.index,
        "entry": leaf.entry,
        "leaf_hash": merkle.leaf_hash(content, log.digest()).hex(),
        "body": getattr(leaf, "shown", None),
    }


@router.get("/log/entries")
def entries(
    request: HttpRequest,
    response: HttpResponse,
    after: str | None = None,
    start: Number = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> dict[str, Any]:
    """Entries in their order from `start` on; `after` is the `next` of the page before."""
    cursor = number_of(after)
    first = start if cursor is None else cursor + 1
    found = log.leaves_from(first, limit + 1)
    response["Cache-Control"] = CACHED
    return {
        "items": [leaf_told(leaf) for leaf in found[:limit]],
        "next": str(found[limit - 1].index) if len(found) > limit else None,
    }


@router.get("/log/inclusion")
def inclusion(request: HttpRequest, index: Number, size: Number, response: HttpResponse) -> dict[str, Any]:
    """The path from one leaf to the root of the tree of `size` leaves."""
    path = log.inclusion_path(index, size)
    response["Cache-Control"] = FOR_EVER
    return {"index": index, "size": size, "path": [step.hex() for step in path]}


@router.get("/log/consistency")
def consistency(
    request: HttpRequest, first: Number, second: Number, response: HttpResponse
) -> dict[str, Any]:
    """The path that shows that the tree of `second` leaves begins with that of `first`."""
    path = log.consistency_path(first, second)
    response["Cache-Control"] = FOR_EVER
    return {"first": first, "second": second, "path": [step.hex() for step in path]}


@router.get("/log/ledger")
def ledger(
    request: HttpRequest,
    response: HttpResponse,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=HEADS_MOST)] = HEADS_MOST,
) -> dict[str, Any]:
    """The digests of the ledger heads, computed anew from the ledgers as they stand: they must be the entries' own."""
    cursor = number_of(after)
    found = log.heads_again(-1 if cursor is None else cursor, limit + 1)
    response["Cache-Control"] = CACHED
    return {
        "items": [{"index": index, "digest": digest} for index, digest in found[:limit]],
        "next": str(found[limit - 1][0]) if len(found) > limit else None,
    }


def proof_of(subject: str) -> dict[str, Any]:
    """The newest entry about one thing, its body, and its path to the newest checkpoint that holds it."""
    leaf = log.newest_leaf(subject)
    row = log.last_checkpoint()
    path = log.inclusion_path(leaf.index, row.size)
    return {
        **leaf_told(leaf),
        "size": row.size,
        "path": [step.hex() for step in path],
        "checkpoint": row.note,
        "origin": settings.LOG_ORIGIN,
        **_keys(),
    }


@router.get("/notices/{int:notice_id}/proof")
def notice_proof(request: HttpRequest, notice_id: int, response: HttpResponse) -> dict[str, Any]:
    """The proof that this notice stands in the log as it was last published."""
    response["Cache-Control"] = CACHED
    return proof_of(f"notices/{notice_id}")


@router.get("/project-notices/{int:programme_id}/proof")
def project_proof(request: HttpRequest, programme_id: int, response: HttpResponse) -> dict[str, Any]:
    """The proof that this project notice stands in the log as it was last published."""
    response["Cache-Control"] = CACHED
    return proof_of(f"project-notices/{programme_id}")


@router.get("/honours/{number}/proof")
def honour_proof(request: HttpRequest, number: str, response: HttpResponse) -> dict[str, Any]:
    """The proof that this entry of the register stands in the log."""
    response["Cache-Control"] = CACHED
    return proof_of(f"honours/{number.strip().upper()}")


@router.get("/documents/{int:document_id}/proof")
def document_proof(request: HttpRequest, document_id: int, response: HttpResponse) -> dict[str, Any]:
    """The proof that this decision stands in the log, with the digest of its file."""
    response["Cache-Control"] = CACHED
    return proof_of(f"documents/{document_id}")
