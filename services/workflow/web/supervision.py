"""Standing supervision: how many honours stand where, the calendar of the month, what is to follow up."""

import calendar as months
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import HonourStatus, Role
from services.workflow.queries.at_risk import AtRisk, Risk, at_risk
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.supervision import Coming, Duty, Event, by_day, coming, duties, events, totals
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import Today, today
from services.workflow.web.pages import Context, show
from services.workflow.web.shown import day_month, long_date, weekday
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import status_label

STATES = ("held", "under_review", "warned", "rectifying", "revocation_proposed", "revoked")
TONES = {
    "rereview": "doing",
    "review_ends": "doing",
    "rectification": "mend",
    "revocation": "veto",
    "plaque": "mend",
}
ICONS = {
    "rereview": "arrow-repeat",
    "review_ends": "arrow-repeat",
    "rectification": "wrench-adjustable",
    "revocation": "x-circle",
    "plaque": "archive",
}
GRAVEST_FIRST = ("revocation", "rectification", "plaque", "review_ends", "rereview")
CARDS = {
    HonourStatus.REVOCATION_PROPOSED: ("veto", "x-circle-fill"),
    HonourStatus.RECTIFYING: ("mend", "wrench-adjustable"),
    HonourStatus.WARNED: ("warn", "exclamation-triangle-fill"),
}
BARRED = (Role.INVESTIGATOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def supervision(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if by.role in BARRED:
        raise Refused("step.not_yours", step="open_rereview")
    on = today()
    month = _month(request.GET.get("month", ""), on.date)
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    working = calendar_from(month.year)
    falling = by_day(events(by, weeks[0][0], weeks[-1][-1]))
    counted = totals(by, on.date.year)
    listed = request.GET.get("view") == "list"
    context = {
        "words": f"{by.unit_name}，{long_date(on.date)} {weekday(on.date)}",
        "totals": [
            {"n": counted.get(state, 0), "state": state, "label": _total_label(state)} for state in STATES
        ],
        "month": month,
        "month_words": _month_words(month, working),
        "listed": listed,
        "month_address": _address(month, listed=False),
        "list_address": _address(month, listed=True),
        "previous_address": _address(_other(month, -1), listed=listed),
        "today_address": "/supervision" + ("?view=list" if listed else ""),
        "next_address": _address(_other(month, 1), listed=listed),
        "weekdays": [weekday(day) for day in weeks[0]],
        "weeks": [[_day(day, month, on, working, falling.get(day, [])) for day in week] for week in weeks],
        "days": [_listed(day, falling[day], on) for day in sorted(falling) if day.month == month.month],
        "duties": [_duty(one, on) for one in duties(by)],
        "coming": _coming(coming(by, on.date)),
        "at_risk": [_at_risk(one) for one in at_risk(by, on.date)],
    }
    return show(request, "supervision.html", context)


def _month(given: str, today_: dt.date) -> dt.date:
    """The first day of the month asked for, as 2026-11."""
    try:
        return dt.date.fromisoformat(f"{given}-01")
    except ValueError:
        return today_.replace(day=1)


def _other(month: dt.date, step: int) -> dt.date:
    at = month.year * 12 + month.month - 1 + step
    return dt.date(min(max(at // 12, 2000), 2200), at % 12 + 1, 1)


def _address(month: dt.date, *, listed: bool) -> str:
    """A month as a grid or as a list; which of them is in the address, so that it can be kept and sent."""
    return f"?month={month:%Y-%m}" + ("&view=list" if listed else "")


def _total_label(state: str) -> str:
    return _("revoked this year") if state == "revoked" else status_label("honour", state)


def _month_words(month: dt.date, working: Calendar) -> str:
    last = months.monthrange(month.year, month.month)[1]
    n = sum(working.is_working_day(month.replace(day=day)) for day in range(1, last + 1))
    return ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}


def _day(day: dt.date, month: dt.date, on: Today, working: Calendar, falling: Sequence[Event]) -> Context:
    return {
        "date": day,
        "outside": day.month != month.month,
        "rest": not working.is_working_day(day),
        "today": day == on.date,
        "events": _events(falling),
    }


def _events(falling: Sequence[Event]) -> list[Context]:
    """Several of one sort on one day are one entry with their number."""
    words = {
        "rereview": _("re-reviews due %(n)d"),
        "review_ends": _("re-reviews to decide %(n)d"),
        "rectification": _("rectifications due %(n)d"),
        "revocation": _("revocations to decide %(n)d"),
        "plaque": _("plaques to come back %(n)d"),
    }
    shown = []
    for what in GRAVEST_FIRST:
        own = [event for event in falling if event.what == what]
        if own:
            alone = own[0].unit if len(own) == 1 else words[what] % {"n": len(own)}
            address = page_of(own[0].address_kind, own[0].address_id)
            shown.append({"tone": TONES[what], "icon": ICONS[what], "words": alone, "address": address})
    return shown


def _listed(day: dt.date, falling: Sequence[Event], on: Today) -> Context:
    """A day of the list: each thing that falls due on it by itself."""
    words = {
        "rereview": _("re-review falls due"),
        "review_ends": _("re-review to decide"),
        "rectification": _("rectification due"),
        "revocation": _("revocation to decide"),
        "plaque": _("plaque to come back"),
    }
    return {
        "date": day,
        "weekday": weekday(day),
        "today": day == on.date,
        "rows": [
            {
                "tone": TONES[one.what],
                "icon": ICONS[one.what],
                "words": words[one.what],
                "unit": one.unit,
                "address": page_of(one.address_kind, one.address_id),
            }
            for one in sorted(falling, key=lambda one: (GRAVEST_FIRST.index(one.what), one.unit))
        ],
    }


def _duty(one: Duty, on: Today) -> Context:
    row, status = one.honour, HonourStatus(one.honour.status)
    tone, icon = CARDS[status]
    since = {
        HonourStatus.REVOCATION_PROPOSED: _("proposed %(day)s"),
        HonourStatus.RECTIFYING: _("since %(day)s"),
        HonourStatus.WARNED: _("issued %(day)s"),
    }[status]
    mending = one.rectification
    address = page_of("rectification", mending.pk) if mending else page_of("honour", row.pk)
    return {
        "tone": tone,
        "icon": icon,
        "name": status_label("honour", row.status),
        "since_words": since % {"day": day_month(one.since)},
        "unit": row.unit.name,
        "town": row.unit.town.name if row.unit.town else "",
        "cause": one.cause,
        "state_words": status_label("rectification", mending.status) if mending else "",
        "due": on.of(mending) if mending and mending.due_at else on.of(row) if row.due_at else None,
        "due_words": _next_words(row) if status == HonourStatus.WARNED else "",
        "act": {"address": address, "words": _act_words(mending)},
    }


def _next_words(row: Any) -> str:
    if row.next_rereview_on is None:
        return _("no re-review set")
    return _("next re-review %(day)s") % {"day": long_date(row.next_rereview_on)}


def _act_words(mending: Any) -> str:
    return _("Inspect") if mending and mending.status == "reported" else _("See")


def _at_risk(one: AtRisk) -> Context:
    row = one.honour
    return {
        "address": page_of("honour", row.pk),
        "unit": row.unit.name,
        "town": row.unit.town.name if row.unit.town else "",
        "reasons": [_risk_words(risk) for risk in one.risks],
    }


def _risk_words(risk: Risk) -> str:
    if risk.what == "close":
        return _("last score %(points)s, close to the mark") % {"points": f"{risk.number:.2f}"}
    n = int(risk.number)
    words = {
        "veto": ngettext("%(n)d open veto", "%(n)d open vetoes", n),
        "incident": ngettext("%(n)d incident within a year", "%(n)d incidents within a year", n),
        "objections": ngettext("%(n)d sustained objection", "%(n)d sustained objections", n),
    }
    return words[risk.what] % {"n": n}


def _coming(rows: Sequence[Coming]) -> Context:
    words = ngettext("%(n)d, they open by themselves", "%(n)d, they open by themselves", len(rows))
    return {
        "title": _("Re-reviews due within three months"),
        "words": words % {"n": len(rows)} if rows else "",
        "rows": [
            {
                "address": page_of("honour", one.honour.pk),
                "unit": one.honour.unit.name,
                "town": one.honour.unit.town.name if one.honour.unit.town else "",
                "due_on": one.honour.next_rereview_on,
                "last_on": one.honour.last_reviewed_on or one.honour.conferred_on,
                "standard_words": _version_words(one),
                "points": one.points,
            }
            for one in rows
        ],
    }


def _version_words(one: Coming) -> str:
    if one.newest == one.version:
        return _("version %(n)d, unchanged") % {"n": one.version}
    return _("version %(n)d, now %(newest)d") % {"n": one.version, "newest": one.newest}
