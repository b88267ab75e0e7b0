"""Template tags of every page; built in, no page has to load them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import segno
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from services.workflow.web import rail, shown

register = template.Library()

NONE = "—"
MINUS = "−"
CENT = Decimal("0.01")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing beside words; never the only sign, so it is hidden from readers."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" i-{size}" if size else "",
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def laurel_mark() -> SafeString:
    return format_html(
        '<svg class="mark" aria-hidden="true"><use href="{}#laurel"/></svg>',
        static("laurel/mark.svg"),
    )


def _time(value: dt.date, text: str) -> SafeString:
    if isinstance(value, dt.datetime):
        value = value.replace(microsecond=0)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


def _day(value: dt.date, text: str) -> SafeString:
    """The day that the words tell, of a moment the day here."""
    return _time(shown.day(value), text)


@register.filter
def date_zh(value: dt.date | None) -> str:
    """A date with its year, unbroken; a dash for none."""
    return _day(value, shown.long_date(value)) if value else NONE


@register.filter
def short_date(value: dt.date | None) -> str:
    return _day(value, shown.day_month(value)) if value else NONE


@register.filter
def month_zh(value: dt.date | None) -> str:
    return shown.month_year(value) if value else NONE


@register.filter
def moment_zh(value: dt.datetime | None) -> str:
    """Day, hour and minute."""
    return _time(value, shown.moment(value)) if value else NONE


@register.filter
def full_moment(value: dt.datetime | None) -> str:
    return _time(value, f"{shown.long_date(value)} {shown.clock_time(value)}") if value else NONE


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    return shown.clock_time(value, seconds=True) if value else NONE


@register.filter
def at_fields(errors: Sequence[Any]) -> bool:
    """Whether places on the page can be named that are to be put right."""
    return any(error["id"] if isinstance(error, dict) else error.id for error in errors)


@register.filter
def weekday(value: dt.date | None) -> str:
    return shown.weekday(value) if value else ""


@register.filter
def weekday_letter(value: dt.date) -> str:
    return shown.weekday_letter(value)


@register.filter
def points(value: Decimal | None) -> str:
    """Two decimals; a dash where nothing was scored, which is not zero."""
    return NONE if value is None else f"{value.quantize(CENT)}".replace("-", MINUS)


@register.filter
def difference(value: Decimal | None) -> str:
    """Signed, two decimals, with the true minus."""
    return NONE if value is None else f"{value.quantize(CENT):+}".replace("-", MINUS) if value else "0.00"


@register.filter
def whole(value: Decimal | None) -> str:
    """Points without decimals that say nothing: 18, 2.5."""
    return NONE if value is None else f"{value.normalize():f}"


@register.inclusion_tag("parts/due.html")
def due(value: shown.Due | None, inline: bool = False) -> dict[str, object]:
    """A deadline, words first; inline puts the day on the same line."""
    return {"due": shown.due_shown(value), "inline": inline}


@register.inclusion_tag("parts/status.html")
def status(code: str, label: str = "", tag: bool = False, big: bool = False) -> dict[str, object]:
    """A state with icon, word and colour; as a tag where it belongs to a title."""
    mark = shown.mark(code)
    return {"tone": mark.tone, "icon": mark.icon, "word": label or mark.word, "tag": tag, "big": big}


@register.inclusion_tag("parts/bar.html")
def bar(
    value: Decimal | int, of: Decimal | int, mark: Decimal | int | None = None, tone: str = ""
) -> dict[str, object]:
    """A bar for the eye; the figures stand beside it in words."""
    return {"width": percent(value, of), "mark": None if mark is None else percent(mark, of), "tone": tone}


def percent(value: Decimal | int, of: Decimal | int) -> str:
    share = Decimal(value) / Decimal(of) * 100 if of else Decimal(0)
    return f"{min(max(share, Decimal(0)), Decimal(100)).quantize(CENT)}"


@register.inclusion_tag("parts/pips.html")
def pips(used: int, of: int, ok: bool = False) -> dict[str, object]:
    """Countable places, filled and free."""
    return {"used": range(used), "free": range(max(of - used, 0)), "ok": ok}


@register.inclusion_tag("parts/score_rail.html")
def score_rail(scores: Sequence[rail.RailScore], pass_mark: Decimal, high: Decimal) -> dict[str, object]:
    return {"rail": rail.place(scores, pass_mark=pass_mark, high=high)}


@register.simple_tag
def qr(address: str, big: bool = False) -> SafeString:
    """The address as a QR code, drawn in the page, black on white in either scheme."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=1, omitsize=True)
    return format_html('<span class="qr{}">{}</span>', " big" if big else "", mark_safe(drawing))
