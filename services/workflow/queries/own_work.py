"""The other lists of the inbox: what one has handled, and what one has set going."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.models import Declaration, LedgerEntry, Notice, RoundTask, Slate
from services.workflow.queries.history import CASES
from services.workflow.queries.inbox import RELATED, edition_of, unit_name

LIST_MOST = 100
COUNT_MOST = 999


@dataclass(frozen=True)
class Piece:
    """A case, task or slate with the moment one touched it. `place` is where it stands now."""

    kind: str
    id: int
    title: str
    edition: str
    place: str
    at: datetime
    step: str = ""
    number: str = ""


def handled_by(actor: Actor, *, limit: int = LIST_MOST) -> list[Piece]:
    """What this person acted on, newest first, once a case; answered tasks of rounds among it."""
    entries = (
        LedgerEntry.objects.filter(actor_id=actor.member_id)
        .values("case_id", "kind")
        .annotate(last=Max("id"))
        .order_by("-last")[:limit]
    )
    last = {entry["last"]: (entry["kind"], entry["case_id"]) for entry in entries}
    steps = {e.pk: e for e in LedgerEntry.objects.filter(pk__in=last)}
    rows = _rows(last.values())
    pieces = [
        _piece(kind, rows[kind, number], at=steps[pk].at, step=steps[pk].step)
        for pk, (kind, number) in last.items()
        if (kind, number) in rows
    ]
    return sorted([*pieces, *_answered(actor, limit)], key=lambda piece: piece.at, reverse=True)[:limit]


def count_handled(actor: Actor) -> int:
    cases = LedgerEntry.objects.filter(actor_id=actor.member_id).values("case_id").distinct()[:COUNT_MOST]
    tasks = RoundTask.objects.filter(decided_by__member=actor.member_id)[:COUNT_MOST]
    return min(cases.count() + tasks.count(), COUNT_MOST)


def _rows(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    by_kind: dict[str, list[int]] = {}
    for kind, number in wanted:
        by_kind.setdefault(kind, []).append(number)
    found: dict[tuple[str, int], Any] = {}
    for kind, ids in sorted(by_kind.items()):
        rows = CASES[kind]._default_manager.filter(pk__in=ids).select_related(*RELATED[kind])  # type: ignore[index]  # a StrEnum
        found.update({(kind, row.pk): row for row in rows})
    return found


def pieces_of(wanted: Mapping[tuple[str, int], datetime]) -> dict[tuple[str, int], Piece]:
    """Cases by kind and id, each with the moment given."""
    rows = _rows(wanted)
    return {key: _piece(key[0], row, at=wanted[key], step="") for key, row in rows.items()}


def _piece(kind: str, row: Any, *, at: datetime, step: str) -> Piece:
    edition = edition_of(kind, row)
    title = unit_name(kind, row) or str(getattr(row, "title", "") or getattr(row, "name", ""))
    number = str(getattr(row, "number", "") or getattr(row, "receipt", ""))
    return Piece(kind, row.pk, title, edition.name if edition else "", row.place, at, step, number)


def _answered(actor: Actor, limit: int) -> list[Piece]:
    tasks = (
        RoundTask.objects.filter(decided_by__member=actor.member_id)
        .select_related("process__slate__edition")
        .order_by("-decided_at")[:limit]
    )
    return [
        Piece(
            "round_task",
            task.pk,
            "",
            task.process.slate.edition.name,
            str(task.process.mode),
            task.decided_at or task.process.opened_at,
            str(task.verdict),
            str(task.process.slate.number),
        )
        for task in tasks
    ]


def begun_by(actor: Actor, *, limit: int = LIST_MOST) -> list[Piece]:
    """What this office set going: a unit's declarations; the slates and notices an office tabled or drew up."""
    if actor.role == Role.DECLARANT:
        rows = Declaration.objects.filter(unit=actor.unit_id).select_related(*RELATED["declaration"])
        return [
            _piece("declaration", row, at=row.filed_at or row.since or row.edition.opens_at, step="")
            for row in rows.order_by("-pk")[:limit]
        ]
    if actor.role != Role.OFFICE:
        return []
    slates = Slate.objects.filter(tabled_by__unit=actor.unit_id).select_related("edition").order_by("-pk")
    notices = Notice.objects.filter(office_unit=actor.unit_id).select_related("edition").order_by("-pk")
    pieces = [
        Piece("slate", s.pk, "", s.edition.name, str(s.mode), s.tabled_at, "", str(s.number))
        for s in slates[:limit]
    ]
    pieces += [_piece("notice", n, at=n.since or n.edition.opens_at, step="") for n in notices[:limit]]
    return sorted(pieces, key=lambda piece: piece.at, reverse=True)[:limit]


def count_begun(actor: Actor) -> int | None:
    """None where this office sets nothing going of its own."""
    if actor.role == Role.DECLARANT:
        return Declaration.objects.filter(unit=actor.unit_id)[:COUNT_MOST].count()
    if actor.role != Role.OFFICE:
        return None
    slates = Slate.objects.filter(tabled_by__unit=actor.unit_id)[:COUNT_MOST].count()
    return slates + Notice.objects.filter(office_unit=actor.unit_id)[:COUNT_MOST].count()
