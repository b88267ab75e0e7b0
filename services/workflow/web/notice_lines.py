"""The list of a notice, page by page: one of 1,300 units stays readable on a phone and without script."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from services.workflow.web.pages import Context

LINES = 100
QUERY_MOST = 40


@dataclass(frozen=True)
class Wanted:
    """Which part of the list is asked for; `whole` for paper and preview."""

    page: int = 1
    query: str = ""
    whole: bool = False


WHOLE = Wanted(whole=True)


def wanted(request: HttpRequest) -> Wanted:
    """From an address: ?page=2, ?q=name of a unit or town; to be printed, the list is whole."""
    given = request.GET.get("page", "")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    return Wanted(max(page, 1), request.GET.get("q", "").strip()[:QUERY_MOST], "print" in request.GET)


def lines_shown(shown: Sequence[Context], part: Wanted) -> Context:
    """Two columns of one page, the addresses of the pages beside it, and whether the list can be searched."""
    found = [line for line in shown if part.query in line["unit"] or part.query in line["town"]]
    last = max(1, -(-len(found) // LINES))
    page = min(part.page, last)
    kept = found if part.whole else found[(page - 1) * LINES : page * LINES]
    for before, line in zip([None, *kept], kept, strict=False):
        line["opens_town"] = line["town"] if before is None or before["town"] != line["town"] else ""
    half = (len(kept) + 1) // 2
    return {
        "columns": [column for column in (kept[:half], kept[half:]) if column],
        "long": len(shown) > LINES and not part.whole,
        "search": part.query,
        "previous_address": _address(page - 1, part) if page > 1 and not part.whole else "",
        "next_address": _address(page + 1, part) if page < last and not part.whole else "",
        "total_words": _("Page %(page)d of %(last)d, %(n)d units")
        % {"page": page, "last": last, "n": len(found)},
    }


def _address(page: int, part: Wanted) -> str:
    asked = {"page": str(page)} | ({"q": part.query} if part.query else {})
    return f"?{urlencode(asked)}#list"
