"""What a page shows of a due date and of a state: words first, then an icon, then a tone (its colour)."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

SOON_DAYS = 2


@dataclass(frozen=True)
class Due:
    """A deadline as it stands today; `days_left` are working days, below zero it is late by so many.

    `year` is the present one: a deadline in another year says its own.
    """

    on: dt.date | None
    days_left: int | None = None
    provisional: bool = False
    paused_since: dt.date | None = None
    met: bool = False
    year: int | None = field(default=None, compare=False)


class Shown(NamedTuple):
    """What stands on the page for a deadline."""

    tone: str
    icon: str
    words: str
    until: str


class Mark(NamedTuple):
    """How a state looks: the tone, the icon, and a word where no label is given."""

    tone: str
    icon: str
    word: Promise | str = ""


MARKS = {
    # filling in
    "not_begun": Mark("none", "circle", _("Not begun")),
    "under_way": Mark("doing", "circle-half", _("Under way")),
    "done": Mark("done", "check-circle-fill", _("Done")),
    "to_correct": Mark("fix", "exclamation-circle-fill", _("To correct")),
    "recused": Mark("none", "person-slash", _("Recused")),
    "scored_by_other": Mark("none", "dash-circle", _("Scored by someone else")),
    "struck": Mark("none", "dash-circle", _("Struck from the slate")),
    "scored": Mark("done", "check-circle-fill", _("Scored")),
    "scoring": Mark("doing", "circle-half", _("Being entered")),
    # declarations
    "draft": Mark("none", "pencil"),
    "returned": Mark("soon", "arrow-return-left"),
    "preliminary_review": Mark("doing", "circle-half"),
    "eligibility": Mark("doing", "circle-half"),
    "evaluation": Mark("doing", "circle-half"),
    "notice": Mark("doing", "megaphone"),
    "naming": Mark("doing", "award"),
    "named": Mark("done", "patch-check-fill"),
    "withdrawn": Mark("over", "archive"),
    "declined": Mark("over", "dash-circle"),
    "not_selected": Mark("over", "dash-circle"),
    "disqualified": Mark("veto", "ban"),
    "vetoed": Mark("veto", "ban", pgettext_lazy("state", "Veto")),
    # honours
    "held": Mark("done", "patch-check-fill"),
    "under_review": Mark("doing", "arrow-repeat"),
    "warned": Mark("warn", "exclamation-triangle-fill"),
    "rectifying": Mark("mend", "wrench-adjustable"),
    "revocation_proposed": Mark("veto", "x-circle-fill"),
    "revoked": Mark("over", "archive"),
    "lapsed": Mark("over", "archive"),
    "relinquished": Mark("over", "archive"),
    # programmes
    "proposed": Mark("doing", "circle-half"),
    "on_notice": Mark("doing", "megaphone"),
    "admitted": Mark("done", "check-circle-fill"),
    "refused": Mark("over", "x-circle"),
    # objections, rectifications, notices
    "lodged": Mark("none", "envelope"),
    "received": Mark("doing", "inbox"),
    "investigating": Mark("doing", "search"),
    "found": Mark("doing", "journal-text"),
    "sustained": Mark("soon", "flag"),
    "dismissed": Mark("done", "check-circle-fill"),
    "replied": Mark("done", "check-circle-fill"),
    "on_hold": Mark("soon", "pause-circle", _("This unit is on hold")),
    "ordered": Mark("mend", "wrench-adjustable"),
    "planned": Mark("mend", "clipboard-check"),
    "reported": Mark("doing", "circle-half"),
    "accepted": Mark("done", "check-circle-fill"),
    "rejected": Mark("late", "x-circle-fill"),
    "prepared": Mark("doing", "circle-half"),
    "released": Mark("doing", "megaphone"),
    "suspended": Mark("soon", "pause-circle"),
    "closed": Mark("done", "check-circle-fill"),
    "taken_down": Mark("over", "archive"),
}
PLAIN = Mark("none", "circle")


def mark(code: str) -> Mark:
    return MARKS.get(code, PLAIN)


def _here(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _format(value: dt.date, pattern: str) -> str:
    return format_date(_here(value), pattern)


def day(value: dt.date) -> dt.date:
    """The day that a date or a moment falls on here."""
    here = _here(value)
    return here.date() if isinstance(here, dt.datetime) else here


def long_date(value: dt.date) -> str:
    return _format(value, pgettext("format of a date with its year", "j F Y"))


def day_month(value: dt.date) -> str:
    return _format(value, pgettext("format of a date without its year", "j F"))


def month_year(value: dt.date) -> str:
    return _format(value, pgettext("format of a month with its year", "F Y"))


def clock_time(value: dt.datetime, *, seconds: bool = False) -> str:
    return _format(value, "H:i:s" if seconds else "H:i")


def moment(value: dt.datetime) -> str:
    return f"{day_month(value)} {clock_time(value)}"


def weekday(value: dt.date) -> str:
    return _format(value, "l")


def weekday_letter(value: dt.date) -> str:
    letters = (
        pgettext("one letter of a weekday", "Mo"),
        pgettext("one letter of a weekday", "Tu"),
        pgettext("one letter of a weekday", "We"),
        pgettext("one letter of a weekday", "Th"),
        pgettext("one letter of a weekday", "Fr"),
        pgettext("one letter of a weekday", "Sa"),
        pgettext("one letter of a weekday", "Su"),
    )
    return letters[value.weekday()]


def due_shown(due: Due | None) -> Shown:
    """The words for a deadline; where several hold, paused goes before met, and both before the count."""
    if due is None or (due.on is None and due.paused_since is None):
        return Shown("undated", "dash-circle", gettext("No deadline"), "")
    until = gettext("until %(date)s") % {"date": _day(due.on, due.year)} if due.on else ""
    if due.paused_since is not None:
        since = gettext("clock stopped since %(date)s") % {"date": day_month(due.paused_since)}
        return Shown("paused", "pause-circle", gettext("Paused"), since)
    if due.met:
        return Shown("met", "check-circle-fill", gettext("Finished in time"), "")
    if due.provisional:
        words = gettext("Provisional, the holidays of that year are not yet published")
        return Shown("provisional", "question-circle", words, until)
    return _counted(due.days_left or 0, until)


def _day(on: dt.date, year: int | None) -> str:
    return day_month(on) if year in {None, on.year} else long_date(on)


def _counted(left: int, until: str) -> Shown:
    if left < 0:
        words = ngettext("%(n)d working day overdue", "%(n)d working days overdue", -left) % {"n": -left}
        return Shown("late", "exclamation-triangle-fill", words, until)
    if left == 0:
        return Shown("soon", "clock-fill", gettext("Due today"), until)
    words = ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
    return Shown(*(("soon", "clock-fill") if left <= SOON_DAYS else ("later", "clock")), words, until)
