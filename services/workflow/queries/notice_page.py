"""A public notice with its period counted day by day, its lines, and what stands against them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from services.workflow.domain.actor import Actor, Seat
from services.workflow.domain.calendar import (
    Calendar,
    DueDate,
    StripDay,
    day_strip,
    notice_ends,
    shanghai_date,
)
from services.workflow.domain.stages import NoticeStatus, NoticeSubject, ObjectionStatus, Stage
from services.workflow.models import CalendarDay, Notice, NoticeLine, Objection, Veto
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now

ONE_DAY = timedelta(days=1)
CODE_LENGTH = 12
CONCLUDED = (ObjectionStatus.DISMISSED, ObjectionStatus.REPLIED)


@dataclass(frozen=True)
class Period:
    """The days of a notice. `rests` names the holidays in it: (name, first day, last day)."""

    today: date
    opened_on: date
    first_day: date
    ends_on: date
    working_days: int
    provisional: bool
    days: tuple[StripDay, ...]
    rests: tuple[tuple[str, date, date], ...]
    opening_day_counts: bool


def period_of(notice: Any) -> Period:
    """The period of a notice; of one that is not released yet, the one it would have if it were released today."""
    today = shanghai_date(now())
    return period_from(
        notice.opened_on or today,
        notice.ends_on if notice.opened_on else None,
        working_days=notice.working_days,
        opening_day_counts=notice.opening_day_counts,
        today=today,
    )


def period_from(
    opened: date, ends: date | None, *, working_days: int, opening_day_counts: bool, today: date
) -> Period:
    """Counted by the rule, or where the end is settled (it may have been extended), up to that day."""
    calendar = calendar_from(opened.year)
    due = (
        notice_ends(opened, working_days, opening_day_counts=opening_day_counts, calendar=calendar)
        if ends is None
        else _settled(opened, ends, opening_day_counts=opening_day_counts, calendar=calendar)
    )
    return Period(
        today,
        opened,
        due.counted[0] if due.counted else opened,
        due.date,
        len(due.counted),
        due.provisional,
        day_strip(opened, due, calendar),
        tuple(_rests(opened, due.date)),
        opening_day_counts,
    )


def _settled(opened: date, ends: date, *, opening_day_counts: bool, calendar: Calendar) -> DueDate:
    first = opened if opening_day_counts else opened + ONE_DAY
    days = (first + ONE_DAY * n for n in range((ends - first).days + 1))
    return DueDate(ends, ends > calendar.known_until, tuple(filter(calendar.is_working_day, days)))


def _rests(first: date, last: date) -> list[tuple[str, date, date]]:
    """Named holidays within the period, days of one name that follow each other as one stretch, weekends included."""
    rows = CalendarDay.objects.filter(date__range=(first, last), working=False).order_by("date")
    stretches: list[tuple[str, date, date]] = []
    for day, name in rows.values_list("date", "name"):
        if stretches and stretches[-1][0] == name and (day - stretches[-1][2]).days <= 3:
            stretches[-1] = (name, stretches[-1][1], day)
        else:
            stretches.append((name, day, day))
    return stretches


@dataclass(frozen=True)
class Standing:
    """What is open against a line: how many objections, and whether a veto."""

    objections: int = 0
    vetoed: bool = False


def is_of_office(notice: Any, actor: Actor) -> bool:
    """Whether this actor works in the office that issues the notice; others read the public page."""
    return Seat(notice.office_role, notice.office_unit_id).is_held_by(actor)


def may_enter_objections(notice: Any, actor: Actor) -> bool:
    """Whoever issued the notice, and the host of its programme, take in what comes by paper or telephone."""
    programme = notice.edition.programme
    return is_of_office(notice, actor) or Seat(programme.office_role, programme.host_id).is_held_by(actor)


class Line(NamedTuple):
    """One unit as the notice shows it, and the stage its declaration has come to since."""

    position: int
    unit_name: str
    town_name: str
    points: Decimal | None
    result: str
    declaration_id: int
    stage: str


def lines_of(notice: Notice) -> list[Line]:
    """All lines, in their order; as plain rows, for a page of thousands is drawn anew every few seconds."""
    rows = NoticeLine.objects.filter(notice=notice).order_by("position")
    return [Line(*row) for row in rows.values_list(*Line._fields[:-1], "declaration__stage")]


def standing_of(lines: Sequence[Line]) -> dict[int, Standing]:
    """{declaration: what is open against it}, for the office; the public is never told of a running objection."""
    ids = [line.declaration_id for line in lines]
    vetoed = set(
        Veto.objects.filter(case_id__in=ids, lifted_at__isnull=True).values_list("case_id", flat=True)
    )
    counts: dict[int, int] = {}
    rows = Objection.objects.filter(declaration__in=ids).exclude(
        status__in=[str(s) for s in CONCLUDED], outcome__in=["", "dismissed"]
    )
    for one in rows.filter(settled_at__isnull=True):
        if one.counts:
            counts[one.declaration_id] = counts.get(one.declaration_id, 0) + 1
    return {pk: Standing(counts.get(pk, 0), pk in vetoed) for pk in ids}


def objections_to(notice: Notice) -> list[Objection]:
    rows = Objection.objects.filter(notice=notice).select_related("declaration__unit")
    return list(rows.order_by("-lodged_at"))


def code_of(notice: Notice, lines: Sequence[Line]) -> str:
    """The code of verification: the notice's key and a digest of all that was published."""
    told = [notice.number, notice.title, notice.text, str(notice.ends_on)]
    told += [f"{line.position}|{line.unit_name}|{line.town_name}|{line.points}" for line in lines]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest().upper()[:CODE_LENGTH]
    text = f"{notice.pk:04X}{digest}"
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def notice_by_code(code: str) -> Notice | None:
    """The public notice that a code of verification was printed on, where the code fits what is published."""
    plain = code.upper().replace("-", "").replace(" ", "")
    if len(plain) < CODE_LENGTH + 4 or len(plain) > CODE_LENGTH + 8:
        return None
    try:
        number = int(plain[:-CODE_LENGTH], 16)
    except ValueError:
        return None
    notice = Notice.objects.filter(pk=number, opened_on__isnull=False, withheld=False).first()
    if notice is None or code_of(notice, lines_of(notice)).replace("-", "") != plain:
        return None
    return notice


def outcome_of(line: Line, notice: Notice) -> str:
    """What became of a unit once its notice had closed: "", "held", "disqualified", or "passed"."""
    if notice.status != NoticeStatus.CLOSED or notice.subject != NoticeSubject.CANDIDATES:
        return ""
    if line.stage == Stage.DISQUALIFIED:
        return "disqualified"
    return "held" if line.stage == Stage.NOTICE else "passed"
