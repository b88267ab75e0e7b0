"""Counting provisional dates again once their year is known: in `due`, in its copies, and on running notices.

Dates are few where rows are many, so each different one is counted once and the rows are moved by statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count

from services.workflow.commands.advance import Move, advance
from services.workflow.commands.signals import Told, tell_many
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import Calendar, end_of_day, last_day
from services.workflow.domain.calendar_rows import moved_day
from services.workflow.domain.placing import DueWork
from services.workflow.domain.reminding import REMINDER, reminder_of
from services.workflow.domain.stages import NoticeStatus
from services.workflow.models import (
    CalendarLoading,
    CalendarShift,
    Declaration,
    Due,
    Honour,
    Notice,
    Objection,
    Programme,
    Rectification,
    Round,
    RoundTask,
)

NOTICE_END, PROJECT_END = "notice_end", "project_notice_end"
CASES: tuple[type[Any], ...] = (Declaration, Honour, Objection, Rectification, Programme)
DATED: tuple[type[Any], ...] = (*CASES, Round, RoundTask)
COPIES = tuple(model._meta.db_table for model in DATED)
MAP = "unnest(%s::timestamptz[], %s::timestamptz[], %s::boolean[]) AS m (before, after, provisional)"
SHIFTED = f"""
INSERT INTO workflow_calendarshift (loading_id, kind, case_id, case_kind, task_id, before, after, provisional)
SELECT %s, d.kind, d.case_id, d.case_kind, d.task_id, d.at, m.after, m.provisional FROM {MAP}
  JOIN due d ON d.at = m.before
 WHERE d.provisional AND d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.kind NOT IN ('reminder', 'notice_end')
"""
MOVED = f"""
UPDATE due d SET at = m.after, provisional = m.provisional FROM {MAP}
 WHERE d.at = m.before AND d.provisional AND d.fired_at IS NULL AND d.cancelled_at IS NULL
   AND d.kind NOT IN ('reminder', 'notice_end')
"""
DEADLINES = f"""
UPDATE workflow_rectification c SET deadline_on = c.deadline_on + (m.after::date - m.before::date) FROM {MAP}
 WHERE c.due_provisional AND c.due_at = m.before AND c.status IN ('ordered', 'planned')
"""
PROJECTS = f"""
UPDATE workflow_programme c SET notice_ends_at = m.after FROM {MAP}
 WHERE c.due_provisional AND c.notice_ends_at = m.before AND c.status = 'on_notice'
"""
COPY = f"""
UPDATE {{table}} c SET due_at = m.after, due_provisional = m.provisional FROM {MAP}
 WHERE c.due_provisional AND c.due_at = m.before
"""


@dataclass(frozen=True)
class Recount:
    """The calendar that provisional dates were counted by, the one that holds now, and today."""

    old: Calendar
    new: Calendar
    today: date

    def moment(self, at: datetime) -> tuple[datetime, bool]:
        """A due moment counted again, and whether it is provisional still."""
        day, provisional = moved_day(last_day(at), self.old, self.new)
        return end_of_day(day), provisional


def _open() -> Any:
    return Due.objects.filter(provisional=True, fired_at__isnull=True, cancelled_at__isnull=True)


def shifts_in_view(again: Recount) -> list[dict[str, Any]]:
    """Each different date that is provisional now: what it becomes, and for how many pieces of work."""
    counted = _open().exclude(kind=REMINDER).values_list("at").annotate(n=Count("pk")).order_by("at")
    found = []
    for at, n in counted:
        after, provisional = again.moment(at)
        days = {"before": last_day(at).isoformat(), "after": last_day(after).isoformat()}
        found.append({**days, "provisional": provisional, "n": n})
    return found


def recount(tx: Transaction, loading: CalendarLoading, again: Recount) -> None:
    """Move what was provisional; the record of the loading names each date, and those concerned are told."""
    dates = _open().exclude(kind__in=[REMINDER, NOTICE_END]).values_list("at", flat=True).distinct()
    befores = sorted(dates)
    afters = [again.moment(at) for at in befores]
    columns = [befores, [after for after, _ in afters], [provisional for _, provisional in afters]]
    with connection.cursor() as cursor:
        cursor.execute(SHIFTED, [loading.pk, *columns])
        for statement in (MOVED, DEADLINES, PROJECTS):
            cursor.execute(statement, columns)
        for table in COPIES:
            cursor.execute(COPY.format(table=table), columns)
    _remind_anew(tx, again)
    _notices(tx, loading, again)
    _tell(tx, loading)


def _remind_anew(tx: Transaction, again: Recount) -> None:
    """The reminder before a date moves with it; one that the date has come too near for is not needed any more."""
    rows = _open().filter(kind=REMINDER)
    for text in set(rows.values_list("inputs__due", flat=True)):
        due = DueWork("leg", *again.moment(datetime.fromisoformat(text)))
        own, reminder = rows.filter(inputs__due=text), reminder_of(due, again.today, again.new)
        if reminder is None:
            own.update(cancelled_at=tx.at)
        else:
            own.update(at=reminder.at, inputs=reminder.inputs, provisional=due.provisional)


def _notices(tx: Transaction, loading: CalendarLoading, again: Recount) -> None:
    """A running notice takes a step, so that its ledger tells of its new end; a suspended one has no end to tell."""
    past = Notice.objects.filter(ends_on__gt=again.old.known_until)
    for notice in past.filter(status=NoticeStatus.SUSPENDED):
        if notice.ends_on is None:
            continue
        day, _ = moved_day(notice.ends_on, again.old, again.new)
        Notice.objects.filter(pk=notice.pk).update(ends_on=day, ends_at=end_of_day(day))
    running = list(past.filter(status=NoticeStatus.RELEASED, due_provisional=True).order_by("pk"))
    befores = {notice.pk: notice.ends_at or tx.at for notice in running}

    def count_anew(row: Any) -> None:
        row.ends_on, provisional = moved_day(row.ends_on, again.old, again.new)
        row.ends_at = end_of_day(row.ends_on)
        row.facts = replace(row.facts, end_is_provisional=provisional)

    if not running:
        return
    reason = f"{loading.document}（{loading.year}）"
    outcome = advance(
        replace(tx, by=SYSTEM),
        Notice,
        [Move(n.pk) for n in running],
        "recount",
        reason=reason,
        adjust=count_anew,
    )
    assert not outcome.refused, outcome.refused
    CalendarShift.objects.bulk_create(
        CalendarShift(
            loading=loading, kind=NOTICE_END, case_id=row.pk, case_kind=row.KIND,
            before=befores[row.pk], after=row.ends_at, provisional=row.due_provisional,
        )
        for row in outcome.moved
    )  # fmt: skip


def _tell(tx: Transaction, loading: CalendarLoading) -> None:
    """A signal for each case or task whose date moved; a notice's own step tells of it."""
    shifts = list(CalendarShift.objects.filter(loading=loading).exclude(kind=NOTICE_END).order_by("pk"))
    bodies = {shift.pk: _body(shift, loading) for shift in shifts}
    told = [
        Told(
            "due.moved",
            [f"unit:{shift.task.participant_unit_id}"],
            None,
            {**bodies[shift.pk], "round": shift.task.process_id},
        )
        for shift in CalendarShift.objects.filter(pk__in=bodies, task__isnull=False).select_related("task")
        if shift.task is not None
    ]
    for model in CASES:
        own = [shift for shift in shifts if shift.case_kind == model.KIND]
        rows = model._default_manager.in_bulk([shift.case_id for shift in own])
        told += [
            Told("due.moved", _topics(rows[shift.case_id]), shift.case_id, bodies[shift.pk])
            for shift in own
            if shift.case_id in rows
        ]
    tell_many(tx, told)


def _topics(case: Any) -> list[str]:
    units: Iterable[int | None] = (
        getattr(case, "unit_id", None), case.town_id, case.office_unit_id, case.waiting_unit_id,
    )  # fmt: skip
    return [f"case:{case.pk}", *sorted({f"unit:{unit}" for unit in units if unit is not None})]


def _body(shift: CalendarShift, loading: CalendarLoading) -> dict[str, Any]:
    return {
        "kind": shift.kind,
        "at": shift.after.isoformat(),
        "before": shift.before.isoformat(),
        "provisional": shift.provisional,
        "year": loading.year,
    }
