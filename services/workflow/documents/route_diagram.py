"""The route of a programme as a drawing: its legs from top to bottom, each with stage, body and term."""

from bisect import bisect_right
from itertools import accumulate
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import PARENT, SUBJECT, Body
from services.workflow.domain.stages import ROUND_MODES
from services.workflow.wording.labels import mode_label, stage_label

WIDTH, BOX, GAP, EDGE = 272, 76, 28, 2
LETTERS = 15  # so many Chinese characters of 16 px stand on one line
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="route" viewBox="0 0 {width} {height}" role="img"'
    ' aria-label="{label}" font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif">'
)
ARROW = (
    '<defs><marker id="route-head" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8Z" class="route-arrow" fill="#55636F"/></marker></defs>'
)


def route_svg(definition: Definition, legs: tuple[Leg, ...] | None = None) -> str:
    """One drawing of the route, or of a track's; without legs it is an empty one."""
    route = definition.legs if legs is None else legs
    height = len(route) * (BOX + GAP) - GAP + 2 * EDGE if route else 2 * EDGE
    label = escape(_("Route of %(name)s") % {"name": definition.name}, {'"': "&quot;"})
    boxes = "".join(_leg(definition, leg, at) for at, leg in enumerate(route))
    lines = "".join(_line(at) for at in range(len(route) - 1))
    return f"{HEAD.format(width=WIDTH, height=height, label=label)}{ARROW}{lines}{boxes}</svg>"


def _leg(definition: Definition, leg: Leg, at: int) -> str:
    top = EDGE + at * (BOX + GAP)
    joint = leg.mode in ROUND_MODES
    who = "、".join(dict.fromkeys(_body(definition, body) for body in (leg.bodies or (leg.body,))))
    if leg.sample_percent is not None:  # before the body, which may be long
        who = f"{_('%(n)d %% drawn') % {'n': leg.sample_percent}} · {who}"
    return (
        f'<g class="route-leg{" joint" if joint else ""}"><rect x="{EDGE}" y="{top}" width="{WIDTH - 2 * EDGE}"'
        f' height="{BOX}" rx="6" fill="#FFFFFF" stroke="#76838E" stroke-width="{2 if joint else 1}"/>'
        f"{_text(f'{at + 1}　{leg.name}', top + 24, 16, weight=600)}"
        f"{_text(who, top + 45, 14)}"
        f"{_text(' · '.join(_meta(leg)), top + 65, 14, second=True)}</g>"
    )


def _meta(leg: Leg) -> list[str]:
    words = [stage_label(leg.stage), mode_label(leg.mode)]
    if leg.due_days:
        words.append(ngettext("%(n)d working day", "%(n)d working days", leg.due_days) % {"n": leg.due_days})
    return words


def _body(definition: Definition, body: Body) -> str:
    relative = {
        SUBJECT: _("the declaring unit itself"),
        PARENT: _("the unit directly above the declarant"),
        "subject.town": _("the town of the declaring unit"),
        "subject.district": _("the district of the declaring unit"),
    }
    return relative.get(body.unit) or definition.unit_name(body.unit)


def _text(words: str, y: int, size: int, *, weight: int = 400, second: bool = False) -> str:
    shown = _cut(words, 2 * (LETTERS + (2 if size < 15 else 0)))
    kind, fill = ("route-second", "#55636F") if second else ("route-text", "#16212B")
    return (
        f'<text x="{EDGE + 14}" y="{y}" font-size="{size}" font-weight="{weight}" class="{kind}" fill="{fill}">'
        f"{escape(shown)}</text>"
    )


def _cut(words: str, most: int) -> str:
    """As much as stands on a line of so many half characters: a Chinese one takes two of them, a digit one."""
    widths = list(accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in words))
    if not widths or widths[-1] <= most:
        return words
    return words[: bisect_right(widths, most - 2)] + "…"


def _line(at: int) -> str:
    top = EDGE + at * (BOX + GAP) + BOX
    return (
        f'<line x1="{WIDTH // 2}" y1="{top}" x2="{WIDTH // 2}" y2="{top + GAP - 4}" class="route-line" stroke="#55636F"'
        ' stroke-width="1.5" marker-end="url(#route-head)"/>'
    )
