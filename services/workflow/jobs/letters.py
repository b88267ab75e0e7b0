"""From deliveries to letters: what may be said to this reader now, in their language, as text, HTML or one line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import Calendar, last_day, shanghai_date
from services.workflow.domain.messages import ESCALATED, REMINDER, TEST
from services.workflow.jobs.mail import Mail
from services.workflow.models import Delivery, RoundTask
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now
from services.workflow.queries.due_soon import DueSoon, due_soon
from services.workflow.queries.told import Subject, subject_of
from services.workflow.wording.addresses import page_of
from services.workflow.wording.messages import (
    Matter,
    brand,
    foot_words,
    log_in_words,
    many_title,
    more_words,
    open_words,
    particulars,
    settings_words,
    title,
    trial_title,
)

LISTED_MOST = 20
SETTINGS_PAGE = "/account/notifications"


@dataclass(frozen=True)
class Line:
    """One message in words."""

    title: str
    address: str
    particulars: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """The moment a letter is written at, with the calendar it counts by."""

    at: datetime
    calendar: Calendar


def day_of_writing() -> Day:
    at = now()
    return Day(at, calendar_from(shanghai_date(at).year))


@dataclass(frozen=True)
class Written:
    """What became of the deliveries of one letter: listed in lines, counted below them, or not to be read any more."""

    lines: list[Line]
    kept: list[Delivery]
    unread: list[Delivery]
    counted: int = 0


def written(letter: Sequence[Delivery], actors: Sequence[Actor], day: Day) -> Written:
    """Word as many as a letter lists. The rest is counted: of them the letter says nothing that could be read."""
    lines: list[Line] = []
    kept: list[Delivery] = []
    unread: list[Delivery] = []
    for number, delivery in enumerate(letter):
        if len(lines) >= LISTED_MOST:
            rest = letter[number:]
            return Written(lines, [*kept, *rest], unread, len(rest))
        said = _lines(delivery, actors, day)
        (kept if said else unread).append(delivery)
        lines += said
    return Written(lines, kept, unread)


def _lines(delivery: Delivery, actors: Sequence[Actor], day: Day) -> list[Line]:
    event = delivery.event
    if event["type"] == TEST:
        return [Line(trial_title(), origin() + SETTINGS_PAGE)]
    if event["type"] == REMINDER:
        soon = due_soon(day.at, day.calendar, member=delivery.member_id)
        return [line for one in soon.get(delivery.member_id or 0, ()) if (line := _due(one, actors, day))]
    subject = _public(event) if event["topic"].startswith("public:") else subject_of(event, actors)
    kind = ESCALATED if event["type"] == ESCALATED else delivery.kind
    return [] if subject is None else [_line(kind, subject, event, day)]


def may_read(delivery: Delivery, actors: Sequence[Actor]) -> bool:
    """Whether one of these offices may still see what an event is about; for receivers that get no words."""
    event = delivery.event
    if event["type"] == TEST or event["topic"].startswith("public:"):
        return True
    return subject_of(event, actors) is not None


def _public(event: dict[str, Any]) -> Subject:
    """Of a public event no more than its public payload."""
    told = event["data"]
    return Subject("notice", told["notice"], "", "", told["status"], "", None)


def _due(one: DueSoon, actors: Sequence[Actor], day: Day) -> Line | None:
    if one.kind == "round_task":
        task = RoundTask.objects.filter(pk=one.number).first()
        told = {"round": task.process_id} if task else {}
        event: dict[str, Any] = {"type": "round_task.due", "case": None, "kind": None, "data": told}
    else:
        event = {"type": "due.soon", "case": one.number, "kind": one.kind, "data": {}}
    subject = subject_of(event, actors)
    return None if subject is None else _line("due", subject, event, day)


def _line(kind: str, subject: Subject, event: dict[str, Any], day: Day) -> Line:
    due_on = last_day(subject.due_at) if subject.due_at else None
    left = day.calendar.working_days_between(shanghai_date(day.at), due_on) if due_on else None
    if left == 0 and subject.due_at is not None and day.at >= subject.due_at:
        left = -1
    matter = Matter(
        kind=subject.kind,
        unit=subject.unit,
        edition=subject.edition,
        place=subject.place,
        leg_name=subject.leg_name,
        mode=subject.mode,
        step=event["data"].get("step", ""),
        due_on=due_on,
        days_left=left,
    )
    return Line(title(kind, matter), origin() + page_of(subject.kind, subject.number), particulars(matter))


def origin() -> str:
    """The first of the addresses that people type."""
    return str(settings.PUBLIC_ORIGIN).split(",")[0].strip().rstrip("/")


def mail_of(lines: Sequence[Line], counted: int = 0) -> Mail:
    """Subject, text and HTML in the language in use."""
    words = _words(lines, counted)
    subject = f"{brand()} · {words['heading']}"
    context = {
        **words,
        "language": "zh-Hans" if translation.get_language() == "zh-hans" else "en",
        "open": open_words(),
        "foot": foot_words(),
        "settings": settings_words(),
        "settings_address": origin() + SETTINGS_PAGE,
    }
    return Mail(
        subject, render_to_string("letters/mail.txt", context), render_to_string("letters/mail.html", context)
    )


def group_text(lines: Sequence[Line], counted: int = 0) -> str:
    """For a robot's group: titles, particulars and addresses."""
    return render_to_string("letters/robot.txt", _words(lines, counted)).strip()


def short_text(lines: Sequence[Line], counted: int = 0) -> str:
    """For a telephone: one line without an address."""
    stop = "。" if translation.get_language() == "zh-hans" else ". "
    return f"{_words(lines, counted)['heading']}{stop}{log_in_words()}"


def _words(lines: Sequence[Line], counted: int) -> dict[str, Any]:
    total = len(lines) + counted
    more = total - LISTED_MOST
    return {
        "heading": lines[0].title if total == 1 else many_title(total),
        "alone": total == 1,
        "lines": lines[:LISTED_MOST],
        "more": more_words(more) if more > 0 else "",
    }
