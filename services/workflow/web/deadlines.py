"""Deadlines of rows as the pages show them, counted from today in Shanghai."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.calendar import Calendar, last_day, shanghai_date
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now
from services.workflow.web.shown import Due


@dataclass(frozen=True)
class Today:
    """The moment a page is drawn at, with the calendar it counts by; asked once a page."""

    moment: dt.datetime
    calendar: Calendar

    @property
    def date(self) -> dt.date:
        return shanghai_date(self.moment)

    def until(self, due_at: dt.datetime | None, *, provisional: bool = False) -> Due | None:
        """The deadline that a moment ends, with the working days left to it."""
        if due_at is None:
            return None
        day = last_day(due_at)
        left = self.calendar.working_days_between(self.date, day)
        if left == 0 and self.moment >= due_at:
            left = -1  # over on the very day, or in a rest since: late all the same
        return Due(day, left, provisional=provisional, year=self.date.year)

    def of(self, row: Any) -> Due | None:
        """The deadline of a case or a task; a case under a veto has its clock stopped."""
        if getattr(row, "paused_days", None) is not None and row.since is not None:
            return Due(None, paused_since=shanghai_date(row.since))
        return self.until(row.due_at, provisional=bool(row.due_provisional))

    @staticmethod
    def day_of(moment: dt.datetime) -> dt.date:
        return shanghai_date(moment)

    def waited(self, since: dt.datetime, until: dt.datetime | None = None) -> int:
        """Working days between two moments."""
        return self.calendar.working_days_between(shanghai_date(since), shanghai_date(until or self.moment))


def today() -> Today:
    moment = now()
    return Today(moment, calendar_from(shanghai_date(moment).year))
