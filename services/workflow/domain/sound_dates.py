"""Whether the days of a route fit into the programme's windows, counted by the calendar.

Whoever files on the first day must be able to keep every window: else nobody is. Whoever files on the last one
and cannot is a warning.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from services.workflow.domain.calendar import ONE_DAY, Calendar
from services.workflow.domain.flaws import Flaw, way_to
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.stages import Stage
from services.workflow.domain.windows import EditionPeriods, edition_periods


@dataclass(frozen=True, slots=True)
class LegDays:
    """A leg with the last day that it may take, when every leg takes all of its days."""

    leg: Leg
    index: int
    ends: dt.date


def working_days(definition: Definition, leg: Leg) -> int:
    """How many working days a leg may take."""
    return definition.notice_rule(leg).working_days if leg.stage is Stage.NOTICE else leg.due_days or 0


def schedule(definition: Definition, filed: dt.date, year: int, calendar: Calendar) -> tuple[LegDays, ...]:
    """The last day of each leg after filing on a day; a leg waits for the window of its stage to open."""
    periods = edition_periods(definition, year)
    day, found = filed, []
    for index, leg in enumerate(definition.legs[1:], start=1):
        opens = _period(leg, periods)[0]
        if opens and day < opens:
            day = opens - ONE_DAY  # so that the opening day is the first one counted
        days = working_days(definition, leg)
        day = calendar.add_working_days(day, days, start_counts=False).date if days else day
        found.append(LegDays(leg, index, day))
    return tuple(found)


def _period(leg: Leg, periods: EditionPeriods) -> tuple[dt.date | None, dt.date | None]:
    if leg.stage is Stage.EVALUATION:
        return periods.evaluating.opens, periods.evaluating.closes
    if leg.stage is Stage.NAMING:
        return periods.naming.opens, periods.naming.closes
    return None, None


def date_flaws(definition: Definition, year: int, calendar: Calendar, track: str = "") -> Iterator[Flaw]:
    """Windows that the route's days cannot keep, with the leg that is the first to overrun."""
    declaring = edition_periods(definition, year).declaring
    first = declaring.opens or dt.date(year, 1, 1)
    late = _overrun(definition, first, year, calendar)
    if late:
        yield _flaw("dates.cannot_be_kept", definition, first, late, track)
        return
    last = declaring.closes
    late = _overrun(definition, last, year, calendar) if last else None
    if last and late:
        yield _flaw("dates.tight_for_the_last", definition, last, late, track, bars=False)


def _overrun(
    definition: Definition, filed: dt.date, year: int, calendar: Calendar
) -> tuple[LegDays, dt.date] | None:
    periods = edition_periods(definition, year)
    for days in schedule(definition, filed, year, calendar):
        closes = _period(days.leg, periods)[1]
        if closes and days.ends > closes:
            return days, closes
    return None


def _flaw(
    code: str,
    definition: Definition,
    filed: dt.date,
    late: tuple[LegDays, dt.date],
    track: str,
    *,
    bars: bool = True,
) -> Flaw:
    days, closes = late
    params = {"filed": filed.isoformat(), "ends": days.ends.isoformat(), "closes": closes.isoformat()}
    return Flaw(code, params, way_to(definition.legs, days.index), track, bars)
