"""The other lists of the inbox: what one has handled, and what one has set going."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.models import (
    Declaration,
    LedgerEntry,
    Notice,
    Programme,
    Rectification,
    RoundTask,
    Slate,
    Veto,
)
from services.workflow.queries.history import CASES
from services.workflow.queries.inbox import RELATED, edition_of, unit_name

LIST_MOST = 100
COUNT_MOST = 999
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
        .select_related("process__slate__edition", "process__slate__objection__declaration__unit")
        .order_by("-decided_at")[:limit]
    )
    return [
        Piece(
            "round_task",
            task.pk,
            unit_name("round_task", task),
            task.process.slate.edition.name,
            str(task.process.mode),
            task.decided_at or task.process.opened_at,
            str(task.verdict),
            str(task.process.slate.number or ""),
        )
        for task in tasks
    ]


# Those who set nothing going: they administer, or look into what others lodged.
NOTHING_OF_THEIRS = (Role.INVESTIGATOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def _begun(actor: Actor) -> dict[str, QuerySet[Any]]:
    """By kind: a unit's declarations; of a body its slates, notices, rectifications ordered and programmes."""
    if actor.role == Role.DECLARANT:
        return {"declaration": Declaration.objects.filter(unit=actor.unit_id)}
    if actor.role in NOTHING_OF_THEIRS:
        return {}
    ours = {"office_unit": actor.unit_id, "office_role": actor.role}
    return {
        "slate": Slate.objects.filter(tabled_by__unit=actor.unit_id, tabled_by__role=actor.role),
        "notice": Notice.objects.filter(**ours),
        "rectification": Rectification.objects.filter(**ours),
        "programme": Programme.objects.filter(host=actor.unit_id, office_role=actor.role),
    }


def _vetoes(actor: Actor) -> QuerySet[Veto]:
    """Those that the actor's department raised, lifted ones too."""
    return Veto.objects.filter(raised_by__unit=actor.unit_id, raised_by__role=actor.role)


def begun_by(actor: Actor, *, limit: int = LIST_MOST) -> list[Piece]:
    """What this office set going, newest first: see _begun; a department also the vetoes that it raised."""
    pieces: list[Piece] = []
    for kind, rows in _begun(actor).items():
        related = ("edition",) if kind == "slate" else RELATED[kind]
        pieces += [_own(kind, row) for row in rows.select_related(*related).order_by("-pk")[:limit]]
    if actor.role == Role.DEPARTMENT:
        raised = {veto.case_id: veto.raised_at for veto in _vetoes(actor).order_by("pk")}
        last = dict(sorted(raised.items(), key=lambda one: one[1])[-limit:])
        cases = pieces_of(
            {(kind, case): at for case, at in last.items() for kind in ("declaration", "honour")}
        )
        pieces += [replace(piece, step="raise_veto") for piece in cases.values()]
    return sorted(pieces, key=lambda piece: piece.at, reverse=True)[:limit]


def _own(kind: str, row: Any) -> Piece:
    if kind == "slate":
        return Piece("slate", row.pk, "", row.edition.name, str(row.mode), row.tabled_at, "", str(row.number))
    edition = edition_of(kind, row)
    began = getattr(row, "filed_at", None) or row.since or (edition.opens_at if edition else None)
    return _piece(kind, row, at=began or EPOCH, step="")


def count_begun(actor: Actor) -> int | None:
    """None where this office sets nothing going of its own."""
    if actor.role in NOTHING_OF_THEIRS:
        return None
    rows: list[QuerySet[Any]] = [found.order_by().values("pk") for found in _begun(actor).values()]
    if actor.role == Role.DEPARTMENT:
        rows.append(_vetoes(actor).order_by().values("case_id").distinct())
    first, *others = (found[:COUNT_MOST] for found in rows)
    return min(first.union(*others, all=True).count(), COUNT_MOST)
