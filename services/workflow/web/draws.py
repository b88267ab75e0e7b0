"""抽查: who was drawn at a leg that a lower body handles in the upper body's place, and how to check the draw."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from services.workflow.domain.refused import Refused
from services.workflow.models import Edition
from services.workflow.queries.draws import PAGE, Drawing, draws_in, seed_told
from services.workflow.queries.rights import visible_to
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, show
from services.workflow.wording.addresses import page_of

DIGITS = 18


def draws(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The draw of an edition: its seed as far as it may be told, and every case with what came out."""
    by: Any = actor(request)
    edition = visible_to(by, Edition).select_related("programme").filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdecimal() and len(given) < DIGITS else 0
    rows = draws_in(edition, by, after=after)
    cases = {row.case for row in rows}
    context = {
        "crumbs": [{"words": edition.name, "address": page_of("edition", edition.pk)}],
        "edition": edition.name,
        "seed": seed_told(edition),
        "rows": [_row(row) for row in rows],
        "next": f"?after={max(cases)}" if len(cases) == PAGE else "",
    }
    return show(request, "draws.html", context)


def _row(row: Drawing) -> Context:
    words = {None: _("not told yet"), True: _("drawn"), False: _("not drawn")}
    return {
        "unit": row.unit,
        "town": row.town,
        "address": page_of("declaration", row.case),
        "case": row.case,
        "leg": row.name,
        "percent": row.percent,
        "state": {None: "not_begun", True: "to_correct", False: "done"}[row.drawn],
        "words": words[row.drawn],
        "number": row.number or "",
    }
