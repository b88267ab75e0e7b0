"""Every part of the pages in every state, from literal samples, to be looked at; in demo mode only."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace as Sample

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from services.workflow.web.rail import RailScore
from services.workflow.web.shown import MARKS, Due

DAY = dt.date(2026, 9, 24)
MOMENT = dt.datetime(2026, 9, 24, 6, 3, 22, tzinfo=dt.UTC)
RESTING = {25, 26, 27}


def parts(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(request, "parts_page.html", samples())


def samples() -> dict[str, object]:
    return {
        "colours": COLOURS,
        "dues": DUES,
        "filling": ("not_begun", "under_way", "done", "to_correct", "recused", "scored"),
        "tags": [Sample(code=code, label=code.replace("_", " ")) for code in MARKS],
        "live_states": ("live", "reconnecting", "offline"),
        "saved_at": MOMENT,
        "now": MOMENT,
        "errors": [Sample(id="sample-field", words=_("Sample of an error"))],
        "overtaken": overtaken(),
        "steps": steps(),
        "scores": SCORES,
        "pass_mark": Decimal(90),
        "full": Decimal(100),
        "entries": entries(),
        "days": days(),
        "today": DAY,
        "last": dt.date(2026, 9, 30),
        "empty_link": Sample(address="#", words=_("Sample of a link")),
    }


COLOURS = (
    ("ink", "16.3"),
    ("ink-2", "9.2"),
    ("ink-3", "5.7"),
    ("brand", "8.6"),
    ("done", "6.1"),
    ("soon", "6.4"),
    ("late", "5.9"),
    ("mend", "5.1"),
    ("warn", "8.1"),
    ("veto", "11.0"),
    ("bar", "14.5"),
    ("head", "6.5"),
)
DUES = (
    Due(dt.date(2026, 9, 23), -1),
    Due(DAY, 0),
    Due(dt.date(2026, 9, 29), 2),
    Due(dt.date(2026, 10, 9), 6),
    Due(None, paused_since=dt.date(2026, 9, 14)),
    Due(DAY, 3, met=True),
    Due(dt.date(2027, 2, 8), 90, provisional=True),
    None,
)
SCORES = (
    RailScore("自评", Decimal("96.00")),
    RailScore("街镇", Decimal("93.50")),
    RailScore("部门", Decimal("91.25"), deciding=True),
)


def overtaken() -> Sample:
    rows = [Sample(label="1.1", typed="2.75", newer="2.50")]
    return Sample(who="顾南乔", at=MOMENT, what="", rows=rows, form_id="sample-form", use_newer="#")


def steps() -> list[Sample]:
    states = ("past", "past", "now", "ahead", "ahead")
    names = ("自我申报", "资格确认", "组织评选", "公示", "命名表彰")
    return [
        Sample(
            name=name,
            state=state,
            date=DAY if state == "past" else None,
            verb="",
            body="区文明办" if state != "ahead" else "",
            note="",
            due=Due(dt.date(2026, 9, 29), 3) if state == "now" else None,
        )
        for name, state in zip(names, states, strict=True)
    ]


def entries() -> list[Sample]:
    tones = ("", "back", "bad", "done", "warn", "mend", "ahead")
    icons = ("", "", "", "check-lg", "exclamation-lg", "wrench-adjustable", "clock")
    return [
        Sample(
            act=f"{tone or 'step'}",
            at=MOMENT,
            who="沈知行",
            office="松溪街道文明办",
            opinion="改动 3 处均已核对。",
            waited=number,
            tone=tone,
            icon=icon,
        )
        for number, (tone, icon) in enumerate(zip(tones, icons, strict=True), start=1)
    ]


def days() -> list[Sample]:
    """A notice issued on 22 September 2026, whose first day does not count, over a holiday."""
    numbered = 0
    strip = [Sample(date=dt.date(2026, 9, 22), number=None, kind="published")]
    for day in range(23, 31):
        rests = day in RESTING
        numbered += not rests
        strip.append(
            Sample(
                date=dt.date(2026, 9, day),
                number=None if rests else numbered,
                kind="rest" if rests else "counted",
            )
        )
    return strip
