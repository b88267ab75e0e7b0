"""Whom a case waits for at its new place, and what falls due there. Pure; the calendar is passed in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from services.workflow.domain.actor import Seat
from services.workflow.domain.calendar import Calendar, end_of_day, shanghai_date, start_of_day
from services.workflow.domain.stages import (
    ENDED,
    ENDED_HONOUR,
    HonourStatus,
    Kind,
    NoticeStatus,
    ObjectionStatus,
    ProgrammeStatus,
    RectificationStatus,
    Role,
    Stage,
)

IN_ROUND = "round"
TAKE_DOWN = "take_down"
# Working days for acts whose term no programme sets: the office's own rules of procedure.
OBJECTION_DAYS = {"lodged": 2, "received": 2, "investigating": 10, "found": 5, "sustained": 5, "dismissed": 5}
INSPECTION_DAYS = 10
ADMISSION_DAYS = 10
REVOCATION_DAYS = 20
PLAQUE_DAYS = 10


@dataclass(frozen=True)
class DueWork:
    """Something that falls due once; `n` counts repetitions of a kind (a second reminder is 2)."""

    kind: str
    at: datetime
    provisional: bool = False
    n: int = 1
    inputs: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a case waits: the role and unit whose inbox it lies in, and the due work of that wait."""

    role: str = ""
    unit_id: int | None = None
    due: DueWork | None = None


def _at(seat: Seat, due: DueWork | None = None) -> Place:
    return Place(seat.role, seat.unit_id, due)


def place_of(case: Any, *, moved: bool, calendar: Calendar) -> Place:
    """The place of a case after a step; `moved` says that stage, status or leg changed with it.

    Facts were gathered before the step: what they say of the old leg (its round) no longer holds after a move.
    """
    return PLACES[Kind(case.KIND)](case, moved, calendar)


def _within(case: Any, working_days: int, calendar: Calendar, *, kind: str = "leg") -> DueWork:
    return _due_within(case.facts.now, working_days, calendar, kind)


@lru_cache(maxsize=256)  # cases that move together have one day
def _due_within(now: datetime, working_days: int, calendar: Calendar, kind: str) -> DueWork:
    today = shanghai_date(now)
    end = calendar.add_working_days(today, working_days, start_counts=False)
    return DueWork(
        kind,
        end_of_day(end.date),
        end.provisional,
        inputs={"from": today.isoformat(), "working_days": working_days},
    )


def _declaration(case: Any, moved: bool, calendar: Calendar) -> Place:
    facts = case.facts
    if case.stage in ENDED:
        return Place()
    if facts.open_vetoes:
        return _at(facts.decider)
    if case.stage in {Stage.DRAFT, Stage.RETURNED}:
        return Place(Role.DECLARANT, case.unit_id, _correction(case, calendar))
    role, unit_id = _declaration_body(case, moved)
    leg = facts.legs[case.leg]
    days = case.paused_days if case.paused_days is not None else leg.due_days
    due = _within(case, days, calendar) if days is not None and case.stage != Stage.NOTICE else None
    return Place(role, unit_id, due)


def _correction(case: Any, calendar: Calendar) -> DueWork | None:
    """What the leg that asked gives the unit for its correction; a draft has no day but the window's."""
    if case.stage != Stage.RETURNED or case.return_leg is None:
        return None
    days = case.paused_days if case.paused_days is not None else case.facts.legs[case.return_leg].correct_days
    return None if days is None else _within(case, days, calendar)


def _declaration_body(case: Any, moved: bool) -> tuple[str, int | None]:
    facts = case.facts
    leg = facts.legs[case.leg]
    if facts.in_round_leg(case.leg):
        in_round = not moved and facts.round == "open"
        organiser = facts.organiser_at(case.leg)
        return (IN_ROUND, None) if in_round else (organiser.role, organiser.unit_id)
    if case.stage == Stage.NOTICE and not moved:
        if facts.sustained_objections:
            return facts.decider.role, facts.decider.unit_id
        if facts.notice in {
            NoticeStatus.RELEASED,
            NoticeStatus.SUSPENDED,
            NoticeStatus.PREPARED,
            NoticeStatus.CLOSED,
        }:
            return "", None
    return str(leg.body.role), facts.bodies.get(case.leg)


def _honour(case: Any, moved: bool, calendar: Calendar) -> Place:
    facts = case.facts
    supervision = facts.definition.supervision
    status = HonourStatus(case.status)
    if status in {HonourStatus.HELD, HonourStatus.WARNED} and case.next_rereview_on is not None:
        due = _next_of_honour(case)
        return _at(facts.reviewer, due) if status == HonourStatus.WARNED else Place(due=due)
    if status == HonourStatus.UNDER_REVIEW:
        return _at(facts.reviewer, _within(case, supervision.rereview_working_days, calendar))
    if status == HonourStatus.RECTIFYING and facts.rectification == "rejected":
        return _at(facts.proposer, _within(case, INSPECTION_DAYS, calendar))
    if status == HonourStatus.REVOCATION_PROPOSED:
        return _at(facts.decider, _within(case, REVOCATION_DAYS, calendar))
    if status in ENDED_HONOUR and case.plaque_returned_on is None:
        return _at(facts.reviewer, _within(case, PLAQUE_DAYS, calendar))
    return Place()


def _next_of_honour(case: Any) -> DueWork:
    """The next re-review; the end of the term where that comes first."""
    ends = case.facts.term_ends_on
    if ends is not None and ends < case.next_rereview_on:
        return DueWork("term_end", start_of_day(ends))
    return DueWork("rereview", start_of_day(case.next_rereview_on))


def _notice(case: Any, moved: bool, calendar: Calendar) -> Place:
    status = NoticeStatus(case.status)
    if status in {NoticeStatus.DRAFT, NoticeStatus.PREPARED, NoticeStatus.SUSPENDED}:
        return Place(case.office_role, case.office_unit_id)
    if status == NoticeStatus.RELEASED and case.ends_at is not None:
        return Place("", None, DueWork("notice_end", case.ends_at, case.facts.end_is_provisional))
    if status == NoticeStatus.CLOSED and case.shown_days is not None:
        last = shanghai_date(case.facts.now) + timedelta(days=case.shown_days)
        return Place("", None, DueWork(TAKE_DOWN, end_of_day(last), inputs={"shown_days": case.shown_days}))
    return Place()


def _objection(case: Any, moved: bool, calendar: Calendar) -> Place:
    if case.status == ObjectionStatus.REPLIED:
        return Place()
    due = _within(case, OBJECTION_DAYS[case.status], calendar)
    if case.status == ObjectionStatus.INVESTIGATING:
        return Place(Role.INVESTIGATOR, case.investigator_unit_id, due)
    return Place(case.office_role, case.office_unit_id, due)


def _rectification(case: Any, moved: bool, calendar: Calendar) -> Place:
    if case.status in {RectificationStatus.ORDERED, RectificationStatus.PLANNED}:
        provisional = case.deadline_on > calendar.known_until
        due = DueWork("deadline", end_of_day(case.deadline_on), provisional)
        return Place(Role.DECLARANT, case.unit_id, due)
    if case.status == RectificationStatus.REPORTED:
        return Place(case.office_role, case.office_unit_id, _within(case, INSPECTION_DAYS, calendar))
    return Place()


def _programme(case: Any, moved: bool, calendar: Calendar) -> Place:
    if case.status == ProgrammeStatus.PROPOSED:
        return Place(Role.LEADING_GROUP, case.admitting_unit_id, _within(case, ADMISSION_DAYS, calendar))
    if case.status == ProgrammeStatus.DRAFT:
        return Place(case.office_role, case.host_id)
    if case.status == ProgrammeStatus.ON_NOTICE and case.notice_ends_at is not None:
        return Place("", None, DueWork("project_notice_end", case.notice_ends_at, case.due_provisional))
    return Place()


PLACES = {
    Kind.DECLARATION: _declaration,
    Kind.HONOUR: _honour,
    Kind.NOTICE: _notice,
    Kind.OBJECTION: _objection,
    Kind.RECTIFICATION: _rectification,
    Kind.PROGRAMME: _programme,
}
REARMING = frozenset({"raise_veto", "lift_veto", "extend", "recount", "move_rereview", "return_plaque"})


def rearms(step: str, *, moved: bool) -> bool:
    """Whether a step closes the case's open due work and opens its new one; other steps in place leave it be."""
    return moved or step in REARMING
