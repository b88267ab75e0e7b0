"""Rectifications: planned and reported by the unit, inspected again by the office."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.honours import retain
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.models import Honour, Rectification
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.facts import gather


def plan(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """How the unit will put things right. Field: plan."""
    text = f.text(given, "plan")
    return advance(tx, Rectification, [_with(m, plan_text=text) for m in moves], "plan", reason=reason)


def report(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """What the unit did. Field: report."""
    text = f.text(given, "report")
    return advance(tx, Rectification, [_with(m, report_text=text) for m in moves], "report", reason=reason)


def extend(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """A later deadline. Field: working_days."""
    days = f.whole(given, "working_days", least=1, most=250)

    def later(row: Any) -> None:
        calendar = calendar_from(row.deadline_on.year)
        row.deadline_on = calendar.add_working_days(row.deadline_on, days, start_counts=False).date

    return advance(tx, Rectification, moves, "extend", reason=reason, adjust=later)


def accept(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """In order again: the title is held as before."""
    outcome = advance(
        tx, Rectification, [_with(m, result_text=reason) for m in moves], "accept", reason=reason
    )
    if outcome.moved:
        retain(replace(tx, by=SYSTEM), [Move(row.honour_id) for row in outcome.moved], reason, {})
    return outcome


def reject(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Still short: the honour lies with whoever may propose to revoke it."""
    outcome = advance(
        tx, Rectification, [_with(m, result_text=reason) for m in moves], "reject", reason=reason
    )
    honours: list[Any] = list(Honour.objects.filter(pk__in=[row.honour_id for row in outcome.moved]))
    gather(honours, at=tx.at)
    for honour in honours:
        proposer = honour.facts.proposer
        Honour.objects.filter(pk=honour.pk).update(
            waiting_role=proposer.role, waiting_unit_id=proposer.unit_id, since=tx.at
        )
    return outcome


def _with(move: Move, **values: object) -> Move:
    return replace(move, values={**move.values, **values})
