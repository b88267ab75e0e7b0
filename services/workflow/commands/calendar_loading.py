"""Loading the calendar of a year: all of it or nothing, and every date that was provisional counted again."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import connection

from services.workflow.commands import fields as f
from services.workflow.commands.recounting import Recount, recount, shifts_in_view
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.calendar_rows import (
    DayRow,
    SpecialDay,
    calendar_faults,
    changes_of,
    special_days,
    with_year,
)
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import CalendarDay, CalendarLoading, CalendarYear
from services.workflow.queries.calendar import calendar_from

DOCUMENT_LIMIT = 80
# Whoever is about to write a date by the old calendar is waited for, and whoever comes after has to begin anew.
HOLD = "LOCK TABLE due IN SHARE ROW EXCLUSIVE MODE"


def load_calendar(
    year: int,
    document: str,
    rows: Sequence[DayRow],
    *,
    by: Actor,
    key: UUID | None,
    seen: int | None = None,
    dry_run: bool = False,
) -> Answer:
    """Take over the holidays and make-up working days of a year: the next one, or a known one anew.

    `document` is the number of the notice they rest on. `seen` is the loading that the dry run came after; another
    since then is refused. A dry run writes nothing. Dates already settled stay; those that were provisional move,
    a running notice's by a step of its own.
    Returns {"year", "changes": [{"date", "before", "after", "name"}], "moved": [{"before", "after", "provisional",
    "n"}], "seen", "dry_run"}. Refused: step.not_yours, calendar.year_not_next, calendar.overtaken, workbook.faulty,
    field.*.
    """
    request = [year, document, [asdict(row) for row in rows], seen, dry_run]
    work = _Loading(year, document, tuple(rows), seen, dry_run)
    return run(work, name="load_calendar", by=by, key=key, request=request)


class _Loading:
    """One loading: checked, compared, written."""

    def __init__(
        self, year: int, document: str, rows: Sequence[DayRow], seen: int | None, dry_run: bool
    ) -> None:
        self.year, self.rows, self.seen, self.dry_run = year, rows, seen, dry_run
        self.document = document

    def __call__(self, tx: Transaction) -> Answer:
        if not (tx.by.is_system or tx.by.role == Role.SYSTEM_ADMIN):
            raise Refused("step.not_yours", step="load_calendar")
        document = f.text({"document": self.document}, "document", limit=DOCUMENT_LIMIT)
        if not self.dry_run:
            with connection.cursor() as cursor:
                cursor.execute(HOLD)
        last = self._check(tx)
        today = shanghai_date(tx.at)
        days = special_days(self.rows)
        old = calendar_from(min(today.year, self.year))
        new = with_year(old, self.year, days)
        kept = dict(CalendarDay.objects.filter(date__year=self.year).values_list("date", "working"))
        changes = [{**asdict(one), "date": one.date.isoformat()} for one in changes_of(kept, days)]
        again = Recount(old, new, today)
        moved = shifts_in_view(again)
        if not self.dry_run:
            loading = self._write(tx, document, days, changes)
            recount(tx, loading, again)
            last = loading.pk
        return {
            "year": self.year, "changes": changes, "moved": moved, "seen": last, "dry_run": self.dry_run,
        }  # fmt: skip

    def _check(self, tx: Transaction) -> int:
        """The last loading; the year asked for is the one after the known years, or a known one not yet over."""
        known = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
        this_year = shanghai_date(tx.at).year
        most = (known or this_year) + 1
        if not this_year <= self.year <= most:
            raise Refused("calendar.year_not_next", least=this_year, most=most)
        last = CalendarLoading.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if self.seen is not None and self.seen != last:
            raise Refused("calendar.overtaken")
        if faults := calendar_faults(self.rows, self.year):
            raise Refused("workbook.faulty", faults=faults)
        return last

    def _write(
        self, tx: Transaction, document: str, days: Sequence[SpecialDay], changes: list[dict[str, Any]]
    ) -> CalendarLoading:
        CalendarDay.objects.filter(date__year=self.year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(date=day.date, working=day.working, name=day.name, source=document) for day in days
        )
        CalendarYear.objects.update_or_create(year=self.year, defaults={"source": document})
        return CalendarLoading.objects.create(
            year=self.year, document=document, changes=changes, by_id=tx.by.office_id, at=tx.at
        )
