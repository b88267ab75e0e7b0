"""Admission of a programme: put before the leading group, approved, on its project notice, asked for again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.admission import changed_parts
from services.workflow.domain.calendar import end_of_day, shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ProgrammeStatus
from services.workflow.models import Programme, ProgrammeVersion, Unit
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.definitions import definition_of


def propose(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Ask for admission with the newest version; what it says is what the leading group decides on."""

    def state(row: Any) -> None:
        row.proposed_version_id = newest(row.pk).pk

    return advance(tx, Programme, moves, "propose", reason=reason, adjust=state)


def admit(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Approve. A programme with a project notice goes on it first, from the next working day on.

    Refused: programme.cap_reached, programme.withdrawn_before. Two approvals of one government wait for each other, so
    that its yearly cap holds.
    """
    _lock_governments(moves)
    today = shanghai_date(tx.at)

    def approve(row: Any) -> None:
        row.admitted_at = row.admitted_at or tx.at
        if row.status == ProgrammeStatus.ON_NOTICE:
            days = row.facts.notice_working_days
            end = calendar_from(today.year).add_working_days(today, days, start_counts=False)
            row.notice_ends_at, row.due_provisional = end_of_day(end.date), end.provisional

    return advance(tx, Programme, moves, "admit", reason=reason, adjust=approve)


def _lock_governments(moves: Sequence[Move]) -> None:
    governments = Programme.objects.filter(pk__in=[move.case for move in moves]).values("district")
    list(Unit.objects.select_for_update().filter(pk__in=governments).order_by("pk"))


def refuse(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Not admitted; where it was on its project notice, it no longer counts against the yearly cap."""

    def take_back(row: Any) -> None:
        row.notice_ends_at = None
        if _never_admitted(row):
            row.admitted_at = None

    return advance(tx, Programme, moves, "refuse", reason=reason, adjust=take_back)


def _never_admitted(row: Any) -> bool:
    return not row.editions.exists()


def conclude(tx: Transaction, programme_id: int) -> None:
    """The project notice has run out without a refusal: the programme is admitted."""
    advance(replace(tx, by=SYSTEM), Programme, [Move(programme_id)], "conclude").only()


def newest(programme_id: int) -> ProgrammeVersion:
    """The version published last."""
    found = ProgrammeVersion.objects.filter(programme=programme_id).order_by("-number").first()
    assert found is not None, "a programme is made with its first version"
    return found


def reopen_where_changed(tx: Transaction, programme: Programme, version: ProgrammeVersion) -> tuple[str, ...]:
    """Ask for admission again where a version changes what it was asked for; returns the parts that did.

    Editions under way go on with the version that they opened with.
    """
    asked = programme.proposed_version_id
    if programme.status == ProgrammeStatus.WITHDRAWN:
        raise Refused("programme.withdrawn")
    if programme.status == ProgrammeStatus.DRAFT or asked is None:
        return ()
    changed = changed_parts(definition_of(asked), definition_of(version.pk))
    if changed:
        reason = ", ".join(changed)

        def begin_anew(row: Any) -> None:
            row.notice_ends_at = None

        moves = [Move(programme.pk)]
        system = replace(tx, by=SYSTEM)
        advance(system, Programme, moves, "reopen", reason=reason, adjust=begin_anew).only()
    return changed
