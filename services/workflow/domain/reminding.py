"""When people are reminded of a day that comes near, and who hears of one that has passed; pure."""

import datetime as dt
from functools import lru_cache

from services.workflow.domain.calendar import ONE_DAY, Calendar, end_of_day, last_day, start_of_day
from services.workflow.domain.placing import DueWork

REMINDER, ESCALATION = "reminder", "escalation"
# Work that somebody has to do by a day; the end of a notice or of a term is nobody's task.
REMINDED = frozenset({"leg", "deadline", "task"})
REMIND_BEFORE = 2  # working days that are left when the reminder comes
ESCALATE_AFTER = 1  # working days that the work has been late when its head is told
FROM_HOUR = dt.timedelta(hours=8)


def reminder_of(due: DueWork, today: dt.date, calendar: Calendar) -> DueWork | None:
    """The reminder that goes with due work; none where the day is so near that the work itself says it."""
    return _reminder(due.at, due.provisional, today, calendar) if due.kind in REMINDED else None


@lru_cache(maxsize=256)  # cases that move together are reminded together
def _reminder(at: dt.datetime, provisional: bool, today: dt.date, calendar: Calendar) -> DueWork | None:
    day = last_day(at)
    while calendar.working_days_between(day, last_day(at)) < REMIND_BEFORE:
        day -= ONE_DAY
    if day <= today:
        return None
    inputs: dict[str, object] = {"due": at.isoformat(), "working_days_left": REMIND_BEFORE}
    return DueWork(REMINDER, start_of_day(day) + FROM_HOUR, provisional, inputs=inputs)


def escalation_of(kind: str, due_at: dt.datetime, calendar: Calendar) -> DueWork | None:
    """What follows once the day has passed: told to the head when it has been late for a whole working day."""
    if kind not in REMINDED:
        return None
    at, provisional = _escalation(last_day(due_at), calendar)
    return DueWork(ESCALATION, at, provisional, inputs={"due": due_at.isoformat()})


@lru_cache(maxsize=256)  # what was due on one day is escalated on one day
def _escalation(day: dt.date, calendar: Calendar) -> tuple[dt.datetime, bool]:
    end = calendar.add_working_days(day, ESCALATE_AFTER, start_counts=False)
    return end_of_day(end.date), end.provisional
