"""Units, who holds which office, vetoes, and the calendar."""

from typing import Annotated, Any

from ninja import Query, Router
from pydantic import BaseModel

from services.workflow.api.asking import key_of
from services.workflow.api.auth import Request
from services.workflow.api.cases import narrowed
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes_work import HeadIn
from services.workflow.commands.heads import name_head
from services.workflow.commands.people import close_account, reopen_account
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.models import CalendarDay, CalendarYear, Office, Unit, Veto
from services.workflow.queries.clock import now
from services.workflow.queries.rights import visible_to

router = Router(tags=["units"])


@router.get("/units")
def units(
    request: Request, paging: PageOf, kind: str | None = None, town: int | None = None
) -> dict[str, Any]:
    rows = visible_to(request.auth, Unit).select_related("parent", "town")
    return page(narrowed(rows, kind=kind, town=town), paging, unit_row, oldest_first=True)


def unit_row(row: Unit) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "category": row.category,
        "parent": row.parent.name if row.parent else "",
        "parent_id": row.parent_id,
        "town": row.town.name if row.town else "",
        "town_id": row.town_id,
    }


@router.get("/units/{int:unit_id}")
def unit(request: Request, unit_id: int) -> dict[str, Any]:
    row = visible_to(request.auth, Unit).select_related("parent", "town").filter(pk=unit_id).first()
    if row is None:
        raise Refused("unit.not_found", unit=unit_id)
    return unit_row(row)


@router.get("/people")
def people(
    request: Request, paging: PageOf, role: str | None = None, unit: int | None = None
) -> dict[str, Any]:
    """Offices held now, by name and unit; nothing private."""
    rows = visible_to(request.auth, Office).select_related("member", "unit")
    return page(narrowed(rows, role=role, unit=unit), paging, office_row, oldest_first=True)


def office_row(row: Office) -> dict[str, Any]:
    return {
        "id": row.pk,
        "member": row.member_id,
        "name": row.member.name,
        "office": row.name,
        "role": row.role,
        "head": row.is_head,
        "unit": row.unit.name,
        "unit_id": row.unit_id,
        "since": row.since,
    }


class AccountIn(BaseModel):
    """Whether somebody may log in, and why that changes."""

    active: bool
    reason: str


@router.post("/people/{int:member}/account")
def account(request: Request, member: int, given: AccountIn) -> dict[str, Any]:
    """Close or open an account, by the security administrator; every log-in of a closed one ends at once."""
    act = reopen_account if given.active else close_account
    return act(member, {"reason": given.reason}, by=request.auth, key=key_of(request))


@router.post("/people/{int:office_id}/head")
def head(request: Request, office_id: int, body: HeadIn) -> dict[str, Any]:
    """Mark an office as its body's head: whoever is told of what its people leave undone past the day."""
    return name_head(office_id, body.head, by=request.auth, key=key_of(request))


@router.get("/vetoes")
def vetoes(
    request: Request, paging: PageOf, case: int | None = None, open: bool | None = None
) -> dict[str, Any]:
    """Vetoes on cases in this office's scope, lifted ones too."""
    rows = visible_to(request.auth, Veto).select_related("raised_by__unit", "lifted_by__unit")
    if open is not None:
        rows = rows.filter(lifted_at__isnull=open)
    return page(narrowed(rows, case_id=case), paging, veto_row)


def veto_row(row: Veto) -> dict[str, Any]:
    return {
        "id": row.pk,
        "case": row.case_id,
        "ground": row.ground,
        "basis": row.basis,
        "event_on": row.event_on,
        "note": row.note,
        "raised_by": row.raised_by.unit.name,
        "raised_at": row.raised_at,
        "lifted_by": row.lifted_by.unit.name if row.lifted_by else "",
        "lifted_at": row.lifted_at,
        "lift_reason": row.lift_reason,
    }


@router.get("/vetoes/{int:veto_id}")
def veto(request: Request, veto_id: int) -> dict[str, Any]:
    row = (
        visible_to(request.auth, Veto)
        .select_related("raised_by__unit", "lifted_by__unit")
        .filter(pk=veto_id)
        .first()
    )
    if row is None:
        raise Refused("veto.not_found", veto=veto_id)
    return veto_row(row)


@router.get("/calendar")
def calendar(request: Request, year: Annotated[int | None, Query(ge=2000, le=2200)] = None) -> dict[str, Any]:
    """Today by the product's clock, with a year's holidays and make-up working days; `known` once it is published."""
    today = shanghai_date(now())
    year = year or today.year
    known = CalendarYear.objects.filter(year=year).first()
    days = CalendarDay.objects.filter(date__year=year).order_by("date")
    return {
        "today": today,
        "year": year,
        "known": known is not None,
        "source": known.source if known else "",
        "items": [{"date": day.date, "working": day.working, "name": day.name} for day in days],
        "next": None,
    }
