"""Periods of a programme as dates: an edition's windows, look-back periods, and what bars a unit by them."""

import datetime as dt
from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Outside, Window
from services.workflow.domain.stages import Stage

WINDOWS: dict[str, str] = {Stage.EVALUATION: "evaluating", Stage.NAMING: "naming"}


@dataclass(frozen=True, slots=True)
class Period:
    """From day to day, both included; None where it is not bounded."""

    opens: dt.date | None = None
    closes: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.opens is None or self.opens <= day) and (self.closes is None or day <= self.closes)


@dataclass(frozen=True, slots=True)
class EditionPeriods:
    """The periods that a programme proposes for one edition."""

    declaring: Period
    evaluating: Period
    naming: Period


@dataclass(frozen=True, slots=True)
class OutsideWindow:
    """That today lies outside the window of a stage, and what the programme says of acting all the same."""

    window: str  # evaluating or naming
    rule: Outside
    period: Period

    @property
    def code(self) -> str:
        return f"edition.outside_{self.window}"


def outside_window(definition: Definition, stage: str, period: Period, day: dt.date) -> OutsideWindow | None:
    """Whether a day lies outside the window that the stage of a case has in its edition; None where it has none."""
    name = WINDOWS.get(stage)
    if name is None or period.holds(day):
        return None
    window: Window = getattr(definition, name)
    return OutsideWindow(name, window.outside, period)


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the negative list as it happened."""

    code: str
    on: dt.date


def edition_periods(definition: Definition, year: int) -> EditionPeriods:
    """The windows of an edition; one that lies earlier in the year than the one before is in the next year."""
    declaring = period(definition.declaring, dt.date(year, 1, 1))
    evaluating = period(definition.evaluating, declaring.opens or dt.date(year, 1, 1))
    naming = period(definition.naming, evaluating.opens or declaring.opens or dt.date(year, 1, 1))
    return EditionPeriods(declaring, evaluating, naming)


def period(window: Window, not_before: dt.date) -> Period:
    """The first occurrence of a window that begins on that day or later; it may run over the new year."""
    opens = _day_from(window.opens, not_before) if window.opens else None
    closes = _day_from(window.closes, opens or not_before) if window.closes else None
    return Period(opens, closes)


def _day_from(text: str, not_before: dt.date) -> dt.date:
    day = _day_in(text, not_before.year)
    return day if day >= not_before else _day_in(text, not_before.year + 1)


def _day_in(text: str, year: int) -> dt.date:
    """A month and day of a year; the 29th of February is the 28th where there is none."""
    month, day = int(text[:2]), int(text[3:])
    return dt.date(year, month, min(day, monthrange(year, month)[1]))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months ago; the last day of that month where it is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def looks_back_to(happened: dt.date, months: int, on: dt.date) -> bool:
    """Whether something lies within the look-back window that ends on a day; both its ends count."""
    return months_before(on, months) <= happened <= on


def negative_entries(definition: Definition, events: Iterable[Happened], on: dt.date) -> tuple[str, ...]:
    """Codes of the negative list that bar a unit on a day, in the list's order."""
    happened = list(events)
    return tuple(
        rule.code
        for rule in definition.negative_list
        if any(
            event.code == rule.code and looks_back_to(event.on, rule.look_back_months, on)
            for event in happened
        )
    )


def ladder_unmet(definition: Definition, held: Collection[str]) -> tuple[str, ...]:
    """Codes of the programmes whose title is asked for first and is not held."""
    return tuple(code for code in definition.ladder if code not in held)
