"""The only writer of a case's stage or status, of its leg and its version."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from services.workflow.commands.transaction import Answer, Busy, Transaction
from services.workflow.commands.writing import Entry, write
from services.workflow.domain.calendar import Calendar, last_day, shanghai_date
from services.workflow.domain.entry_hash import entry_hash, reason_digest
from services.workflow.domain.placing import IN_ROUND, DueWork, place_of, rearms
from services.workflow.domain.refused import Refused
from services.workflow.domain.reminding import reminder_of
from services.workflow.domain.topics import SEALED_STEPS, public_payload, topics_of
from services.workflow.models import Edition
from services.workflow.models.case import Case
from services.workflow.models.lifecycle.steps import take
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.facts import gather
from services.workflow.queries.opening import locked_cases, open_case
from services.workflow.queries.prepared import fetch

BIRTH = "create"
EDITIONS = "SELECT DISTINCT edition_id FROM workflow_declaration WHERE id = ANY(%(ids)s::bigint[])"
REASON_LIMIT = 2000


@dataclass(frozen=True)
class Move:
    """One case to move: the version that the caller saw (None: whatever it is), and values to set with the step."""

    case: int
    version: int | None = None
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Turns:
    """Rows that bear on each other: `ready` is called on each before it is asked, in the order of `order`.

    `hold` is told the cases' editions before facts are gathered, to lock what other commands share with them.
    """

    ready: Callable[[Any], None]
    order: Callable[[Any], int] = field(default=lambda row: row.pk)
    hold: Callable[[Collection[Edition]], None] | None = None


@dataclass(frozen=True)
class Rejection:
    case: int
    refusal: Refused


@dataclass(frozen=True)
class Outcome:
    """What became of each case: rows that moved, and those refused with the reason."""

    moved: tuple[Any, ...]
    refused: tuple[Rejection, ...]

    def only(self) -> Any:
        """The one row that was asked for, or the refusal that kept it."""
        if self.refused:
            raise self.refused[0].refusal
        return self.moved[0]


def advance(
    tx: Transaction,
    model: type[Any],
    moves: Sequence[Move],
    step: str,
    *,
    reason: str = "",
    adjust: Callable[[Any], None] | None = None,
    turns: Turns | None = None,
) -> Outcome:
    """Move cases one step; those that may not move come back with the reason.

    1. Read them with their facts; many are locked, in primary-key order, a single one is guarded by its version.
    2. Ask each: is the step open, and is it theirs to take?
    3. Write stage, ledger, due work and answer in one statement, or nothing.

    `adjust` sets what the step changes on the row beyond its machine, in memory. Where a step on one row changes what
    the next may do, `turns` says who comes first and brings each row's facts up to that.
    Raises Refused("overtaken") inside
    a rejection, Busy where a later transaction wrote the row first.
    """
    if len(reason) > REASON_LIMIT:
        raise Refused("reason.too_long", limit=REASON_LIMIT)
    rows, revision = _load(tx, model, moves, turns.hold if turns else None)
    gather(list(rows.values()), at=tx.at, member_id=tx.by.member_id)
    calendar = calendar_from(tx.at.year, revision=revision)
    entries: list[Entry] = []
    refused: list[Rejection] = []
    for move in _in_order(moves, rows, turns):
        try:
            if turns is not None and move.case in rows:
                turns.ready(rows[move.case])
            entries.append(_step_one(tx, rows.get(move.case), move, step, reason, adjust, calendar))
        except Refused as refusal:
            refused.append(Rejection(move.case, refusal))
    outcome = Outcome(tuple(e.case for e in entries), tuple(refused))
    if entries:
        _write(tx, model, entries, step, tx.answer(outcome) if tx.answer and not tx.logged else None)
    return outcome


def _in_order(moves: Sequence[Move], rows: dict[int, Any], turns: Turns | None) -> list[Move]:
    """By key, or by their turns; the ledger keeps that order, the locks are taken by key in any case."""
    last = max(rows, default=0) + 1

    def key(move: Move) -> Any:
        turn = turns.order(rows[move.case]) if turns and move.case in rows else last
        return (turn, move.case)

    return sorted(moves, key=key)


def found(tx: Transaction, cases: Sequence[Any], *, reason: str = "") -> None:
    """Bring cases into being: insert the rows at version 1 with the first entry of their ledgers."""
    if not cases:
        return
    model = type(cases[0])
    for case, number in zip(cases, _next_ids(len(cases)), strict=True):
        case.pk, case.version, case.since = number, 1, tx.at
    gather(cases, at=tx.at, member_id=tx.by.member_id)
    calendar = calendar_from(tx.at.year)
    entries = []
    for case in cases:
        _place(case, moved=True, step=BIRTH, calendar=calendar, at=tx.at)
        waited = getattr(case, "unit_id", None)
        entries.append(_entry(tx, case, "", None, BIRTH, reason, waited_before=waited))
    model.objects.bulk_create(cases)
    written = write(model, entries, BIRTH, log=None, by=(tx.by.member_id, tx.by.office_id, tx.at), birth=True)
    assert written.entries == len(entries)


def _next_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_id_seq') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def _load(
    tx: Transaction,
    model: type[Case],
    moves: Sequence[Move],
    hold: Callable[[Collection[Edition]], None] | None,
) -> tuple[dict[int, Any], int | None]:
    """What the actor may see of the cases asked for, the rest does not exist for them; and the calendar's revision.

    Editions are locked before cases; a single case is not locked, so its edition may be held once it is known.
    """
    if len(moves) == 1:
        row = open_case(tx.by, model, moves[0].case)
        if row is None:
            return {}, None
        if hold is not None:
            hold([row.opened.edition])
        return {row.pk: row}, row.opened.calendar_revision
    ids = [move.case for move in moves]
    if hold is not None:
        editions = [number for (number,) in fetch(EDITIONS, {"ids": ids})]
        hold(list(Edition.objects.filter(pk__in=editions)))
    return {row.pk: row for row in locked_cases(tx.by, model, ids)}, None


def _step_one(  # one row's share of what advance was given
    tx: Transaction,
    case: Any,
    move: Move,
    step: str,
    reason: str,
    adjust: Callable[[Any], None] | None,
    calendar: Calendar,
) -> Entry:
    if case is None:
        raise Refused("case.not_found", case=move.case)
    if move.version is not None and move.version != case.version:
        raise Refused("overtaken", case=case.pk, version=case.version, place=case.place)
    source, source_leg, waited, held_by = case.place, case.leg, case.waiting_unit_id, case.assignee_id
    for name, value in move.values.items():
        setattr(case, name, value)
    take(case, step, tx.by)
    if adjust is not None:
        adjust(case)
    moved = (case.place, case.leg) != (source, source_leg)
    case.version += 1
    _place(case, moved=moved, step=step, calendar=calendar, at=tx.at)
    entry = _entry(tx, case, source, source_leg, step, reason, waited_before=waited)
    entry.rearmed, entry.held_by, entry.recusals = rearms(step, moved=moved), held_by, case.recusals
    return entry


def _place(case: Any, *, moved: bool, step: str, calendar: Calendar, at: Any) -> None:
    """Where the case waits now. A pause keeps the working days left, the end of the pause uses them up."""
    if step == "raise_veto" and case.due_at is not None:
        left = calendar.working_days_between(shanghai_date(at), last_day(case.due_at))
        case.paused_days = max(left, 0) if case.paused_days is None else case.paused_days
    if moved:
        case.paused_days = None
    place = place_of(case, moved=moved, calendar=calendar)
    if moved or (place.role, place.unit_id) != (case.waiting_role, case.waiting_unit_id):
        case.since = at
        case.assignee_id = getattr(case, "assigned_to", None)
    case.waiting_role, case.waiting_unit_id = str(place.role), place.unit_id
    if rearms(step, moved=moved) or step == BIRTH:
        case.due_at = place.due.at if place.due else None
        case.due_provisional = bool(place.due and place.due.provisional)
        case.opened_due = _falling_due(place.due, calendar, at)
    if step == "lift_veto" and not case.facts.open_vetoes:
        case.paused_days = None


def _falling_due(due: DueWork | None, calendar: Calendar, at: Any) -> tuple[DueWork, ...]:
    """What is written with the change: the day itself, and the reminder before it."""
    if due is None:
        return ()
    reminder = reminder_of(due, shanghai_date(at), calendar)
    return (due,) if reminder is None else (due, reminder)


def _entry(  # an entry has these parts
    tx: Transaction,
    case: Any,
    source: str,
    source_leg: int | None,
    step: str,
    reason: str,
    *,
    waited_before: int | None,
) -> Entry:
    previous = case.head_hash
    salt = secrets.token_hex(16) if reason else ""
    # Without it the moment, which is kept from some, could be found by trying: all else in the hash they know.
    digest = secrets.token_hex(32) if step in SEALED_STEPS and not reason else reason_digest(reason, salt)
    text = entry_hash(
        case=case.pk, seq=case.version, source=source, target=case.place, leg=case.leg, step=step,
        actor=tx.by.member_id, office=tx.by.office_id, at=tx.at, reason=digest, previous=previous,
    )  # fmt: skip
    due = getattr(case, "opened_due", ())
    case.opened_due = ()
    return Entry(
        case=case, seq=case.version, source=source, source_leg=source_leg, target=case.place, hash=text,
        previous=previous, reason_digest=digest, salt=salt, text=reason,
        topics=topics_of(case, waited_before=waited_before, acting=tx.by.unit_id, step=step),
        public=public_payload(case), due=due,
    )  # fmt: skip


def _write(tx: Transaction, model: type[Any], entries: list[Entry], step: str, answer: Answer | None) -> None:
    log = None
    if answer is not None and tx.key is not None:
        log = {"key": tx.key, "hash": tx.request_hash, "answer": answer}
    written = write(model, entries, step, log=log, by=(tx.by.member_id, tx.by.office_id, tx.at))
    if written.moved == written.entries == len(entries):
        tx.logged = tx.logged or log is not None
        return
    for entry in entries if len(entries) == 1 else ():
        now = model._default_manager.filter(pk=entry.case.pk).values("version", model.FIELD).first()
        if now is not None and now["version"] != entry.seq - 1:
            raise Refused("overtaken", case=entry.case.pk, version=now["version"], place=now[model.FIELD])
    raise Busy


__all__ = ["BIRTH", "IN_ROUND", "Answer", "Move", "Outcome", "Rejection", "advance", "found"]
