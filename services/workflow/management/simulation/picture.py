"""The flow of a run as SVG: places as boxes, an arrow for each way between them as broad as the cases on it."""

import math
from collections.abc import Iterator, Mapping
from html import escape

from services.workflow.management.simulation.counting import Counted

WIDTH, HEIGHT, BOX_W, BOX_H = 1180, 640, 104, 40
# place: (x, y, words); declarations above, honours below, each from left to right.
PLACES: Mapping[tuple[str, str], tuple[int, int, str]] = {
    ("declaration", "draft"): (30, 150, "填报"),
    ("declaration", "preliminary_review"): (200, 150, "街镇初评"),
    ("declaration", "eligibility"): (370, 150, "资格确认"),
    ("declaration", "evaluation"): (540, 150, "组织评选"),
    ("declaration", "notice"): (710, 150, "公示"),
    ("declaration", "naming"): (880, 150, "命名表彰"),
    ("declaration", "named"): (1050, 150, "已命名"),
    ("declaration", "returned"): (115, 40, "退回补正"),
    ("declaration", "declined"): (285, 250, "不予通过"),
    ("declaration", "not_selected"): (540, 250, "落选"),
    ("declaration", "disqualified"): (710, 250, "取消资格"),
    ("honour", "held"): (1050, 400, "保持"),
    ("honour", "under_review"): (830, 400, "复评中"),
    ("honour", "warned"): (830, 310, "警告"),
    ("honour", "rectifying"): (610, 470, "限期整改"),
    ("honour", "revocation_proposed"): (390, 540, "提请取消"),
    ("honour", "revoked"): (170, 540, "已取消"),
    ("honour", "lapsed"): (830, 570, "期满失效"),
    ("honour", "relinquished"): (1050, 570, "已放弃"),
}
STYLE = (
    "text{font:14px 'Noto Sans SC','Microsoft YaHei',sans-serif;fill:#1d2a35;text-anchor:middle}"
    ".n{font-size:12px;fill:#23527c;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".box{fill:#fff;stroke:#7a8b99}.way{fill:none;stroke:#4f86b8;stroke-opacity:.55}"
)


def picture(counted: Counted, title: str) -> str:
    """The drawing; ways that nobody took are left out."""
    ways = [*_ways(counted)]
    boxes = [_box(x, y, words) for x, y, words in PLACES.values()]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    defs = (
        '<defs><marker id="a" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="9" markerHeight="9"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 6 3 0 6z" fill="#4f86b8"/></marker></defs>'
    )
    words = f'<title>{escape(title)}</title><text x="{WIDTH // 2}" y="22">{escape(title)}</text>'
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    parts = [head, f"<style>{STYLE}</style>", defs, ground, words, *ways, *boxes, "</svg>"]
    return "\n".join(parts) + "\n"


def _ways(counted: Counted) -> Iterator[str]:
    found = dict(counted.flow)
    named = sum(year["named"] for year in counted.years.values())
    drawn = {
        (kind, source, target): n for (kind, source, target), n in found.items() if (kind, source) in PLACES
    }
    for (kind, source, target), number in sorted(drawn.items()):
        if (kind, target) in PLACES:
            yield _way(PLACES[kind, source], PLACES[kind, target], number)
    if named:
        yield _way(PLACES["declaration", "named"], PLACES["honour", "held"], named)


def _way(start: tuple[int, int, str], end: tuple[int, int, str], number: int) -> str:
    """A curve that bends to its right, so that the way back does not lie on the way there."""
    (x1, y1), (x2, y2) = _edge_points(start, end)
    dx, dy = x2 - x1, y2 - y1
    length = math.hypot(dx, dy) or 1
    bend = 0 if dy == 0 and 0 < dx < 100 else min(46, 14 + length / 12)
    mx, my = (x1 + x2) / 2 - dy / length * bend, (y1 + y2) / 2 + dx / length * bend
    broad = 1 + 1.6 * math.log10(number)
    path = f"M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}"
    at = f'x="{(x1 + 2 * mx + x2) / 4:.0f}" y="{(y1 + 2 * my + y2) / 4 - 4:.0f}"'
    return (
        f'<path class="way" d="{path}" stroke-width="{broad:.1f}" marker-end="url(#a)"/>'
        f'<text class="n" {at}>{number}</text>'
    )


def _edge_points(
    start: tuple[int, int, str], end: tuple[int, int, str]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the straight line between two boxes leaves the one and meets the other."""
    a, b = (start[0] + BOX_W / 2, start[1] + BOX_H / 2), (end[0] + BOX_W / 2, end[1] + BOX_H / 2)
    return _leaves(a, b), _leaves(b, a)


def _leaves(at: tuple[float, float], to: tuple[float, float]) -> tuple[float, float]:
    dx, dy = to[0] - at[0], to[1] - at[1]
    reach = min(
        BOX_W / 2 / abs(dx) if dx else math.inf,
        BOX_H / 2 / abs(dy) if dy else math.inf,
    )
    return at[0] + dx * reach, at[1] + dy * reach


def _box(x: int, y: int, words: str) -> str:
    return (
        f'<rect class="box" x="{x}" y="{y}" width="{BOX_W}" height="{BOX_H}" rx="6"/>'
        f'<text x="{x + BOX_W // 2}" y="{y + 26}">{words}</text>'
    )
