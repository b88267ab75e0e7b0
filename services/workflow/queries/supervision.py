"""Standing supervision over many honours: how many stand where, what falls due in a month, what is to follow up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import last_day
from services.workflow.domain.stages import ENDED_HONOUR, HonourStatus, RectificationStatus
from services.workflow.models import Honour, LedgerEntry, ProgrammeVersion, Rectification, ReReview
from services.workflow.queries.rights import visible_to

DUTIES = (HonourStatus.REVOCATION_PROPOSED, HonourStatus.RECTIFYING, HonourStatus.WARNED)
CAUSES = {
    HonourStatus.REVOCATION_PROPOSED: "propose_revocation",
    HonourStatus.RECTIFYING: "order_rectification",
    HonourStatus.WARNED: "warn",
}
OPEN_RECTIFICATION = (RectificationStatus.ORDERED, RectificationStatus.PLANNED, RectificationStatus.REPORTED)
COMING_DAYS = 92
COMING_MOST = 50
EVENTS_MOST = 2000
# What it is that falls due for a title that waits; of one that ended, its plaque.
WAITING = {
    str(HonourStatus.UNDER_REVIEW): "review_ends",
    str(HonourStatus.REVOCATION_PROPOSED): "revocation",
    **dict.fromkeys(map(str, ENDED_HONOUR), "plaque"),
}


@dataclass(frozen=True)
class Event:
    """Something that falls on a day: rereview, review_ends, rectification, revocation or plaque."""

    on: date
    what: str
    unit: str
    address_kind: str
    address_id: int


@dataclass(frozen=True)
class Duty:
    """A card: the gravest first. `cause` is the reason that was given."""

    honour: Honour
    since: Any
    cause: str
    rectification: Rectification | None


def totals(actor: Actor, year: int) -> dict[str, int]:
    """{status: how many}, of those revoked only this year's."""
    rows = visible_to(actor, Honour)
    counted: dict[str, int] = dict(
        rows.exclude(status="revoked")
        .values_list("status")
        .annotate(n=Count("pk"))
        .values_list("status", "n")
    )
    counted["revoked"] = rows.filter(status="revoked", revoked_on__year=year).count()
    return counted


def events(actor: Actor, first: date, last: date) -> list[Event]:
    """What falls on the days from first to last."""
    rows = visible_to(actor, Honour).select_related("unit")
    due = rows.filter(
        status__in=[str(HonourStatus.HELD), str(HonourStatus.WARNED)], next_rereview_on__range=(first, last)
    )
    found = [Event(h.next_rereview_on, "rereview", h.unit.name, "honour", h.pk) for h in due[:EVENTS_MOST]]
    waiting = rows.filter(status__in=WAITING, due_at__isnull=False)
    for honour in waiting[:EVENTS_MOST]:
        what = WAITING[str(honour.status)]
        found.append(Event(last_day(honour.due_at), what, honour.unit.name, "honour", honour.pk))
    mending = visible_to(actor, Rectification).filter(
        status__in=[str(s) for s in OPEN_RECTIFICATION], deadline_on__range=(first, last)
    )
    for one in mending.select_related("unit")[:EVENTS_MOST]:
        found.append(Event(one.deadline_on, "rectification", one.unit.name, "rectification", one.pk))
    return [event for event in found if first <= event.on <= last]


def duties(actor: Actor) -> list[Duty]:
    """What is to be followed up, the gravest first, then what has waited longest."""
    rows = list(
        visible_to(actor, Honour).filter(status__in=[str(s) for s in DUTIES]).select_related("unit__town")
    )
    causes = _causes(rows)
    mending: dict[int, Rectification] = {}
    for one in Rectification.objects.filter(honour__in=rows).order_by("pk"):
        mending[one.honour_id] = one
    found = [
        Duty(
            row,
            *causes.get(row.pk, (row.since, "")),
            mending.get(row.pk) if row.status == HonourStatus.RECTIFYING else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda duty: (DUTIES.index(HonourStatus(duty.honour.status)), duty.since))


def _causes(rows: list[Honour]) -> dict[int, tuple[Any, str]]:
    """{honour: (when, why)} of the step that brought it where it stands."""
    steps = {row.pk: CAUSES[HonourStatus(row.status)] for row in rows}
    entries = LedgerEntry.objects.filter(case_id__in=steps, step__in=set(steps.values())).select_related(
        "reason"
    )
    found: dict[int, tuple[Any, str]] = {}
    for entry in entries.order_by("case_id", "seq"):
        if entry.step == steps[entry.case_id]:
            text = getattr(entry, "reason", None)
            found[entry.case_id] = (entry.at, text.text if text else "")
    return found


@dataclass(frozen=True)
class Coming:
    """A title whose next re-review is near; `version` is the standard it was earned under, `newest` today's."""

    honour: Honour
    points: Any
    version: int
    newest: int


def coming(actor: Actor, today: date) -> list[Coming]:
    """Re-reviews that fall due within three months, the next first."""
    newest = ProgrammeVersion.objects.filter(programme=OuterRef("programme")).order_by("-number")
    reviewed = ReReview.objects.filter(honour=OuterRef("pk"), closed_at__isnull=False).order_by("-closed_at")
    rows = (
        visible_to(actor, Honour)
        .filter(
            status__in=[str(HonourStatus.HELD), str(HonourStatus.WARNED)],
            next_rereview_on__range=(today, today + timedelta(days=COMING_DAYS)),
        )
        .annotate(
            newest=Subquery(newest.values("number")[:1]), last_points=Subquery(reviewed.values("points")[:1])
        )
        .select_related("unit__town", "earned_under")
        .order_by("next_rereview_on", "pk")[:COMING_MOST]
    )
    return [
        Coming(
            row,
            row.last_points if row.last_points is not None else row.points,
            row.earned_under.number,
            row.newest,
        )
        for row in rows
    ]


def by_day(found: list[Event]) -> Mapping[date, list[Event]]:
    days: dict[date, list[Event]] = {}
    for event in found:
        days.setdefault(event.on, []).append(event)
    return days
