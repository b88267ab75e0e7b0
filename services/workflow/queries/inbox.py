"""What waits for one office: one statement over every kind of open work, merged by due date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import Calendar, last_day, shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.models import (
    Declaration,
    Honour,
    Notice,
    Objection,
    Programme,
    Rectification,
    RoundTask,
)
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.facts import gather
from services.workflow.queries.inbox_narrowing import EVERYTHING, Narrowing

PAGE = 50
COUNT_MOST = 999
CASES = {
    "declaration": Declaration,
    "honour": Honour,
    "objection": Objection,
    "rectification": Rectification,
    "programme": Programme,
    "notice": Notice,
}


# By kind, the conditions of its branches.
Seeks = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class InboxItem:
    """One piece of work. `place` is the stage or status, `working_days_left` counts from today in Shanghai."""

    kind: str
    id: int
    version: int
    programme: str
    edition: str
    edition_id: int | None
    unit: str
    place: str
    leg: int | None
    leg_name: str
    since: datetime | None
    due_at: datetime | None
    due_provisional: bool
    working_days_left: int | None
    overdue: bool
    paused: bool
    detail: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    assignee: int | None = None


@dataclass(frozen=True)
class InboxPage:
    """Items, overdue first and then by due day; `next` is the cursor of the page after, None on the last."""

    items: tuple[InboxItem, ...]
    next: str | None


def _branches(actor: Actor, narrowed: Narrowing, seeks: Seeks) -> tuple[str, dict[str, Any]]:
    """A branch for each kind of work and each part of its index that the page may lie in."""
    cases = [
        f"(SELECT '{kind}' AS kind, id, due_at FROM {model._meta.db_table}"
        " WHERE waiting_role = %(role)s AND waiting_unit_id = %(unit)s"
        f" AND (assignee_id IS NULL OR assignee_id IN (%(member)s, %(holder)s)) {narrowed.condition(kind)}"
        f" {seek} ORDER BY due_at, id LIMIT %(limit)s)"
        for kind, model in CASES.items()
        for seek in seeks[kind]
    ]
    tasks = [
        "(SELECT 'round_task' AS kind, id, due_at FROM workflow_roundtask"
        " WHERE participant_role = %(role)s AND participant_unit_id = %(unit)s AND status = 'NEW'"
        f" AND (assignee_id IS NULL OR assignee_id IN (%(member)s, %(holder)s)) {narrowed.condition('round_task')}"
        f" {seek} ORDER BY due_at, id LIMIT %(limit)s)"
        for seek in seeks["round_task"]
    ]
    return " UNION ALL ".join([*cases, *tasks]), {
        "role": actor.role,
        "unit": actor.unit_id,
        "member": actor.member_id,
        "holder": actor.holder,
        **narrowed.values,
    }


def _seek(cursor: str | None) -> tuple[Seeks, dict[str, Any]]:
    """Keyset, for each kind its condition: after (due_at, id, kind); work without a due day comes last.

    Cases and round tasks are numbered apart, so two kinds may share a number and a due day.
    """
    kinds = (*CASES, "round_task")
    if not cursor:
        return dict.fromkeys(kinds, ("",)), {}
    try:
        due, number, last_kind = cursor.split("_", 2)
        moment, after = None if due == "none" else datetime.fromisoformat(due), int(number)
    except ValueError:
        raise Refused("request.cursor_malformed") from None
    place = {"due": moment, "after": after}
    seeks: Seeks = {}
    for kind in kinds:
        later = ">=" if kind > last_kind else ">"
        if moment is None:
            seeks[kind] = (f"AND due_at IS NULL AND id {later} %(after)s",)
        else:
            # Two branches: with OR between them the index would be read from its beginning.
            seeks[kind] = (f"AND (due_at, id) {later} (%(due)s, %(after)s)", "AND due_at IS NULL")
    return seeks, place


def waiting_for(
    actor: Actor,
    *,
    after: str | None = None,
    limit: int = PAGE,
    with_steps: bool = False,
    narrowed: Narrowing = EVERYTHING,
) -> InboxPage:
    """One page of this office's open work. `after` is a page's `next`; `with_steps` lists what is open to the actor."""
    seeks, place = _seek(after)
    union, values = _branches(actor, narrowed, seeks)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, id, due_at FROM ({union}) AS work"
            ' ORDER BY due_at NULLS LAST, id, kind COLLATE "C" LIMIT %(limit)s',
            {**values, **place, "limit": limit + 1},
        )
        found = cursor.fetchall()
    page = found[:limit]
    moment = now()
    items = _items(actor, page, moment, with_steps=with_steps)
    last = page[-1] if len(found) > limit else None
    return InboxPage(
        items, f"{last[2].isoformat() if last[2] else 'none'}_{last[1]}_{last[0]}" if last else None
    )


def count_waiting(actor: Actor, narrowed: Narrowing = EVERYTHING) -> int:
    """How much waits for this office, counted up to 999."""
    everything, _ = _seek(None)
    union, values = _branches(actor, narrowed, everything)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({union}) AS work", {**values, "limit": COUNT_MOST})
        counted: int = cursor.fetchone()[0]
    return min(counted, COUNT_MOST)


def _items(
    actor: Actor, page: Sequence[tuple[str, int, datetime | None]], moment: datetime, *, with_steps: bool
) -> tuple[InboxItem, ...]:
    calendar = calendar_from(shanghai_date(moment).year)
    rows: dict[tuple[str, int], Any] = {}
    for kind in sorted({kind for kind, _, _ in page}):
        ids = [number for k, number, _ in page if k == kind]
        for row in _load(kind, ids, actor, moment, with_steps=with_steps):
            rows[kind, row.pk] = row
    return tuple(
        _item(actor, kind, rows[kind, number], moment, calendar, with_steps=with_steps)
        for kind, number, _ in page
        if (kind, number) in rows
    )


RELATED = {
    "declaration": ("unit", "edition__programme"),
    "honour": ("unit", "edition__programme"),
    "objection": ("declaration__unit", "notice__edition__programme"),
    "rectification": ("unit", "honour__edition__programme"),
    "programme": ("host",),
    "notice": ("edition__programme", "prepared_by"),
}


def _load(kind: str, ids: list[int], actor: Actor, moment: datetime, *, with_steps: bool) -> list[Any]:
    if kind == "round_task":
        return list(
            RoundTask.objects.filter(pk__in=ids).select_related(
                "process__slate__edition__programme",
                "process__slate__objection__declaration__unit",
                "participant_unit",
            )
        )
    rows = list(CASES[kind]._default_manager.filter(pk__in=ids).select_related(*RELATED[kind]))
    if with_steps:
        gather(rows, at=moment, member_id=actor.member_id)
    return rows


def _item(
    actor: Actor, kind: str, row: Any, moment: datetime, calendar: Calendar, *, with_steps: bool
) -> InboxItem:
    edition = edition_of(kind, row)
    left = None
    if row.due_at is not None:
        left = calendar.working_days_between(shanghai_date(moment), last_day(row.due_at))
    is_case = kind != "round_task"
    leg = row.leg if is_case else row.process.slate.leg
    return InboxItem(
        kind=kind,
        id=row.pk,
        version=row.version,
        programme=edition.programme.name if edition else str(row) if kind == "programme" else "",
        edition=edition.name if edition else "",
        edition_id=edition.pk if edition else None,
        unit=unit_name(kind, row),
        place=row.place if is_case else str(row.process.mode),
        leg=leg,
        leg_name=leg_name(edition, leg),
        since=row.since if is_case else row.process.opened_at,
        due_at=row.due_at,
        due_provisional=bool(row.due_provisional),
        working_days_left=left,
        overdue=row.due_at is not None and moment >= row.due_at,
        paused=bool(is_case and row.paused_days is not None),
        detail=_detail(kind, row),
        steps=(steps_open(row, actor) if is_case else ("decide",)) if with_steps else (),
        assignee=row.assignee_id,
    )


def leg_name(edition: Any, leg: int | None) -> str:
    """What the programme calls the leg; nothing where a kind of case has no legs."""
    if edition is None or leg is None:
        return ""
    legs = definition_of(edition.definition_version_id).legs
    return legs[leg].name if leg < len(legs) else ""


def edition_of(kind: str, row: Any) -> Any:
    """The edition a piece of work belongs to; a programme has none."""
    match kind:
        case "round_task":
            return row.process.slate.edition
        case "objection":
            return row.notice.edition
        case "rectification":
            return row.honour.edition
        case "programme":
            return None
    return row.edition


def unit_name(kind: str, row: Any) -> str:
    """The subject's name; a slate, a notice and a programme concern several."""
    match kind:
        case "declaration" | "honour" | "rectification":
            return str(row.unit.name)
        case "objection":
            return str(row.declaration.unit.name)
        case "round_task" if row.process.slate.objection_id:
            return str(row.process.slate.objection.declaration.unit.name)
    return ""


def _detail(kind: str, row: Any) -> dict[str, Any]:
    """The one fact that decides, as values; the page words it."""
    match kind:
        case "declaration":
            return {
                "number": row.number,
                "rank": row.rank,
                "points": row.result_points,
                "last_leg": row.return_leg,
            }
        case "objection":
            return {"receipt": row.receipt}
        case "round_task":
            return {"slate": row.process.slate.number, "mode": row.process.mode, "round": row.process_id}
        case "notice":
            return {"title": row.title}
        case "honour":
            return {"number": row.number}
    return {}
