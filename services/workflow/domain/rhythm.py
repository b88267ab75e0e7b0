"""When a person may be disturbed: quiet hours, rest days, and the hour of the digest; Shanghai's clock."""

import datetime as dt
from dataclasses import dataclass

from services.workflow.domain.calendar import SHANGHAI, Calendar
from services.workflow.domain.messages import How

DIGEST_AT = dt.time(8, 30)
REMIND_DAYS = 2
REMIND_DAYS_MOST = 10
# Reminders are written from this hour of a working day on.
REMIND_FROM = dt.time(8)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Quiet from one hour until another (over midnight too); on rest days where the person wants it so."""

    quiet_from: dt.time | None = None
    quiet_until: dt.time | None = None
    rest_days_quiet: bool = False
    digest_at: dt.time = DIGEST_AT

    def is_quiet(self, hour: dt.time) -> bool:
        begins, ends = self.quiet_from, self.quiet_until
        if begins is None or ends is None or begins == ends:
            return False
        if begins < ends:
            return begins <= hour < ends
        return hour >= begins or hour < ends


def moment_to_send(at: dt.datetime, how: How, rhythm: Rhythm, calendar: Calendar) -> dt.datetime:
    """The first moment from `at` on at which a message of this choice may arrive; in UTC.

    A digest comes at the next digest hour of a working day. Whatever falls into quiet hours, or on a rest day that
    the person keeps quiet, waits for their end.
    """
    local = at.astimezone(SHANGHAI)
    if how == How.DIGEST:
        local = _next_digest(local, rhythm.digest_at, calendar)
    return _out_of_quiet(local, rhythm, calendar).astimezone(dt.UTC)


def _next_digest(local: dt.datetime, hour: dt.time, calendar: Calendar) -> dt.datetime:
    day = local.date() if local.time() < hour else local.date() + dt.timedelta(days=1)
    while not calendar.is_working_day(day):
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, hour, SHANGHAI)


def _out_of_quiet(local: dt.datetime, rhythm: Rhythm, calendar: Calendar) -> dt.datetime:
    while True:
        if rhythm.rest_days_quiet and not calendar.is_working_day(local.date()):
            local = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), SHANGHAI)
        elif rhythm.is_quiet(local.time()):
            local = _end_of_quiet(local, rhythm)
        else:
            return local


def _end_of_quiet(local: dt.datetime, rhythm: Rhythm) -> dt.datetime:
    assert rhythm.quiet_until is not None
    day = local.date() if local.time() < rhythm.quiet_until else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, rhythm.quiet_until, SHANGHAI)
