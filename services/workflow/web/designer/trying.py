"""Trying a draft: a specimen goes through every outcome, in memory, before anything is published."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from services.workflow.domain.programme import Definition
from services.workflow.queries.drafts import check, one_draft
from services.workflow.queries.soundness import proved
from services.workflow.queries.try_out import FAVOURABLE, TriedStep, tried_out
from services.workflow.web.acting import actor
from services.workflow.web.designer.pages import about, crumbs
from services.workflow.web.pages import Context, show
from services.workflow.wording.labels import stage_label
from services.workflow.wording.soundness import flaw_line
from services.workflow.wording.try_out import tried_cells


def draft_try(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Every step of every leg: who takes it, where it leads, what stands against it. Faults come first."""
    row = one_draft(draft_id, actor(request))
    checked = check(row.definition)
    if checked.faults:
        return HttpResponseRedirect(reverse("draft_check", args=[draft_id]))
    definition, every = checked.definition, "all" in request.GET
    tried, sound = tried_out(definition), proved(definition)
    shown = [one for one in tried.steps if every or one.situation == FAVOURABLE]
    context = {
        **about(row, checked),
        "crumbs": [*crumbs(), {"words": str(row), "address": reverse("draft", args=[row.pk])}],
        "flaws": [flaw_line(flaw, definition) for flaw in sound.flaws],
        "warnings": [flaw_line(flaw, definition) for flaw in sound.warnings],
        "ends": "、".join(map(stage_label, sorted(set().union(*tried.ends.values())))),
        "unnamed": [_variant(variant, definition) for variant in tried.unnamed],
        "tables": _tables(shown, definition),
        "every": every,
        "number": len(tried.steps),
    }
    return show(request, "designer/try.html", context)


def _variant(variant: tuple[str, str], definition: Definition) -> str:
    names = {track.key: track.name for track in definition.tracks}
    names |= {category.code: category.name for category in definition.categories}
    return " ".join(names.get(one, one) for one in variant if one) or definition.name


def _tables(steps: list[TriedStep], definition: Definition) -> list[Context]:
    """One table for each track and category."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for one in steps:
        variant, where, situation, step, who, came = tried_cells(one, definition)
        row = {"where": where, "situation": situation, "step": step, "who": who, "came": came}
        tables.setdefault(variant or _("Every subject"), []).append({**row, "taken": bool(one.to)})
    return [{"words": words, "rows": rows} for words, rows in tables.items()]
