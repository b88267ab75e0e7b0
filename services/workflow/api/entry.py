"""Coming and going: log-in, who am I, tickets for the push, and the demo's clock."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from ninja import Router

from services.workflow.api.auth import Bearer, Request, Session
from services.workflow.api.shapes import ClockIn, LoginIn, TicketIn
from services.workflow.commands.access import TICKET_LIFE_S, end_login, grant_ticket, issue_token
from services.workflow.commands.clock import advance_clock
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.refused import Refused
from services.workflow.models import Member, Office
from services.workflow.queries.holders import offices_of
from services.workflow.wording.labels import role_label

router = Router(tags=["entry"])
ANY_OFFICE = [Bearer(any_office=True), Session(any_office=True)]
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@router.post("/login", auth=None)
def login(request: HttpRequest, body: LoginIn) -> dict[str, Any]:
    """A bearer token for 12 hours. Failed attempts are counted; too many lock the name from this address."""
    asked: Any = request
    member = authenticate(request, username=body.username, password=body.password)
    if getattr(asked, "axes_locked_out", False):
        asked.axes_locked_out = False  # else the middleware would put its own page in place of ours
        raise Refused("login.locked")
    if not isinstance(member, Member):
        raise Refused("login.failed")
    return {"token": issue_token(member)}


@router.post("/logout", auth=ANY_OFFICE)
def leave(request: Request) -> dict[str, Any]:
    """End this log-in: the token or session is gone, and its sockets close."""
    end_login(request.login_digest, by=request.auth)
    logout(request)
    return {}


@router.get("/me", auth=ANY_OFFICE)
def me(request: Request) -> dict[str, Any]:
    """Who is logged in, in which office this request acts, and all offices held."""
    member = request.member
    offices = offices_of(member)
    return {
        "id": member.pk,
        "username": member.username,
        "name": member.name,
        "office": next((_office(o) for o in offices if o.pk == request.auth.office_id), None),
        "offices": [_office(office) for office in offices],
    }


def _office(office: Office) -> dict[str, Any]:
    return {
        "id": office.pk,
        "role": office.role,
        "role_label": role_label(office.role),
        "name": office.name,
        "unit": office.unit.name,
        "unit_id": office.unit_id,
        "unit_code": office.unit.code,
        "kind": office.unit.kind,
    }


@router.post("/ticket")
def ticket(request: Request, body: TicketIn, response: HttpResponse) -> dict[str, Any]:
    """A ticket for those of the topics that this office may hear: for /ws/, /events and feed, once a node, 60 s."""
    text, topics = grant_ticket(body.topics, by=request.auth, session=request.login_digest)
    response.set_cookie(
        "laurel_ticket",
        text,
        max_age=TICKET_LIFE_S,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    response["Cache-Control"] = "no-store"
    return {"ticket": text, "topics": topics, **notify_address(request)}


def notify_address(request: HttpRequest) -> dict[str, str]:
    """Where notify serves, if it is a process with a port of its own."""
    if os.environ.get("SPLIT", "0") != "1":
        return {}
    host = (
        request.get_host().rpartition(":")[0]
        if request.get_port() in request.get_host()
        else request.get_host()
    )
    return {"notify": f"{request.scheme}://{host}:{os.environ['NOTIFY_PORT']}"}


@router.post("/demo/clock", auth=None)
def clock(request: HttpRequest, body: ClockIn) -> dict[str, Any]:
    """Move the demo's time ahead; from this machine, or by anybody who is logged in."""
    if not settings.DEMO:
        raise Refused("clock.not_demo")
    if request.META.get("REMOTE_ADDR") not in LOOPBACK and not any(check(request) for check in ANY_OFFICE):
        raise Refused("login.required")
    return advance_clock(body.advance_days, by=SYSTEM)
