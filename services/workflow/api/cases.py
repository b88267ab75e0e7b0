"""What the collections of cases share: the row in the actor's scope, the steps open, the record."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router

from services.workflow.api.asking import tag
from services.workflow.api.auth import Request
from services.workflow.api.pages import MOST, PageOf, number_of, page
from services.workflow.domain.actor import Actor
from services.workflow.domain.keepable import unkeepable
from services.workflow.domain.refused import Refused
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.clock import now
from services.workflow.queries.facts import gather
from services.workflow.queries.history import Entry, history_of, is_sealed
from services.workflow.queries.rights import visible_to

Told = Callable[[Any], dict[str, Any]]


def the_case(actor: Actor, model: type[Any], case_id: int, related: tuple[str, ...] = ()) -> Any:
    """A case that the actor may see; any other does not exist for them."""
    row = visible_to(actor, model).select_related(*related).filter(pk=case_id).first()
    if row is None:
        raise Refused("case.not_found", case=case_id)
    return row


def open_to(actor: Actor, row: Any) -> list[str]:
    """The steps this actor could take on it now."""
    gather([row], at=now(), member_id=actor.member_id)
    return list(steps_open(row, actor))


def narrowed(rows: Any, **wanted: Any) -> Any:
    """Only the rows that match what was asked for; None asks for nothing."""
    if unkeepable(wanted):
        return rows.none()
    return rows.filter(**{name: value for name, value in wanted.items() if value not in {None, ""}})


def entry_told(entry: Entry) -> dict[str, Any]:
    """An entry with all that its hash is made of: docs/events.md, Ledger hash."""
    return {**vars(entry), "at": entry.at.isoformat(timespec="microseconds")}


def sealed_told(entry: Entry) -> dict[str, Any]:
    """An entry whose moment is kept from whoever asks: its hash still links the record, and cannot be recomputed.

    The digest goes too: it is drawn by lot for such a step, so that nobody finds the moment by trying.
    """
    return {**vars(entry), "at": None, "at_us": None, "reason_digest": None, "sealed": True}


def history_page(row: Any, after: str | None, limit: int, by: Actor) -> dict[str, Any]:
    """A page of a case's record, oldest first, with the row it must agree with."""
    entries = history_of(row, after=number_of(after) or 0, limit=limit + 1)
    kept = entries[:limit]
    return {
        "case": row.pk,
        "kind": row.KIND,
        "version": row.version,
        "place": row.place,
        "leg": row.leg,
        "items": [sealed_told(e) if is_sealed(row, e, by) else entry_told(e) for e in kept],
        "next": str(kept[-1].seq) if len(entries) > limit else None,
    }


def add_collection(
    router: Router,
    model: type[Any],
    told: Told,
    related: tuple[str, ...],
    *,
    detail: Callable[[Any, Actor], dict[str, Any]] | None = None,
) -> None:
    """The detail of a kind of case with the steps open to whoever asks, and its record."""
    kind = model.KIND

    @router.get("/{int:case_id}", summary=f"One {kind}", operation_id=f"{kind}_detail")
    def read(request: Request, case_id: int, response: HttpResponse) -> dict[str, Any]:
        row = the_case(request.auth, model, case_id, related)
        tag(response, row)
        steps = open_to(request.auth, row)  # gathers the facts that the detail reads
        more = detail(row, request.auth) if detail else {}
        return {**told(row), **more, "steps": steps}

    @router.get("/{int:case_id}/history", summary=f"The record of one {kind}", operation_id=f"{kind}_history")
    def history(
        request: Request,
        case_id: int,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
    ) -> dict[str, Any]:
        return history_page(the_case(request.auth, model, case_id), after, limit, request.auth)


__all__ = ["PageOf", "add_collection", "narrowed", "open_to", "page", "the_case"]
