"""What every working page shows beside its own: who acts, how much waits, and what it follows."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from services.workflow.queries.feed import cursor
from services.workflow.queries.inbox import count_waiting
from services.workflow.web.acting import actor

Context = dict[str, Any]


def follow(request: HttpRequest, *topics: str) -> Context:
    """What live.js follows; called before anything is read, so that no change falls between page and push."""
    by = actor(request)
    own = [f"user:{by.member_id}", f"unit:{by.unit_id}"]
    if by.stands_for is not None:
        own.append(f"user:{by.stands_for}")
    return {"live_topics": " ".join([*own, *topics]), "live_since": cursor()}


def show(request: HttpRequest, template: str, context: Context, *, status: int = 200) -> HttpResponse:
    """A page behind the log-in."""
    asked: Any = request
    frame = {
        "actor": asked.actor,
        "offices": asked.offices,
        "inbox_count": count_waiting(asked.actor),
        "place": place_of(request),
    }
    return render(request, template, {**frame, **context}, status=status)


def part(request: HttpRequest, template: str, context: Context) -> HttpResponse:
    """A part of a page, fetched alone after a push; the badge comes along."""
    return render(request, template, {"actor": actor(request), "is_fragment": True, **context})


def place_of(request: HttpRequest) -> str:
    """The district the office lies in, as the brand names it."""
    asked: Any = request
    district = asked.office.unit.district
    return str(district.name) if district else ""


def done(request: HttpRequest, address: str, words: str) -> HttpResponse:
    """After an act: the words once, on the page it leads to."""
    messages.success(request, words)
    return HttpResponseRedirect(address)


def new_key() -> str:
    """The idempotency key of one form, made when it is drawn."""
    return str(uuid4())
