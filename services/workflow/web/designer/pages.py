"""Programmes and their drafts: the list, beginning one, its overview, its faults, publishing it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from services.workflow.commands.drafts import begin_draft, discard_draft, publish_draft
from services.workflow.documents.route_diagram import route_svg
from services.workflow.domain.differences import differences
from services.workflow.domain.refused import Refused
from services.workflow.models import ProgrammeDraft
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.drafts import HOSTS, Checked, check, drafts_of, one_draft, programmes_for
from services.workflow.queries.editions import newest_version
from services.workflow.queries.soundness import proved
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.designer.differences_shown import changes_shown
from services.workflow.web.designer.finding import Found, found_in
from services.workflow.web.designer.parts import parts_of
from services.workflow.web.designer.reading import table_at
from services.workflow.web.designer.shown import anchor, shown
from services.workflow.web.designer.writing import choices_of
from services.workflow.web.forms import line, put, summary
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.wording.addresses import page_of
from services.workflow.wording.faults import FAULTS
from services.workflow.wording.labels import status_label
from services.workflow.wording.soundness import flaw_line
from services.workflow.wording.statuses import status_of


class NameForm(forms.Form):
    """A new programme; everything else is written part by part."""

    name = line(
        gettext_lazy("Name of the programme"), hint=gettext_lazy("At most 25 characters"), maxlength="40"
    )


def crumbs() -> list[Context]:
    return [{"words": _("Programmes"), "address": reverse("programmes")}]


def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes this office may see and how far their admission is; the drafts of its own."""
    by, on = actor(request), today()
    context = {
        "programmes": [
            {
                "name": row.name,
                "address": page_of("programme", row.pk),
                "host": row.host.name,
                "status": str(row.status),
                "status_label": status_label("programme", row.status),
                "due": on.of(row) if row.due_at else None,
            }
            for row in programmes_for(by)
        ],
        "drafts": [_draft_row(draft) for draft in drafts_of(by)],
        "may_draft": by.role in HOSTS,
    }
    return show(request, "designer/programmes.html", context)


def _draft_row(draft: ProgrammeDraft) -> Context:
    return {
        "name": str(draft),
        "address": reverse("draft", args=[draft.pk]),
        "what": _("next version") if draft.programme_id else _("new programme"),
        "who": draft.saved_by.name,
        "at": draft.saved_at,
    }


def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin a programme by its name, or by a file of one."""
    if actor(request).role not in HOSTS:
        raise Refused("step.not_yours", step="begin_draft")
    form = NameForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            told = begin_draft(name=form.data.get("name", ""), by=actor(request), key=key_of(request))
            return HttpResponseRedirect(reverse("draft_part", args=[told["draft"], "names"]))
        except Refused as refusal:
            put(form, refusal)
            status = status_of(refusal.code)
    context = {
        "crumbs": crumbs(),
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "key": new_key(),
        "import_address": reverse("draft_from_file"),
    }
    return show(request, "designer/new.html", context, status=status)


@require_POST
def draft_next(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Begin the next version of a programme with what its newest says."""
    told = begin_draft(programme=programme_id, by=actor(request), key=key_of(request))
    return HttpResponseRedirect(reverse("draft", args=[told["draft"]]))


def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The parts of a draft with what is left to do in each, its route as a drawing, and what can be done with it."""
    row = one_draft(draft_id, actor(request))
    checked = check(row.definition)
    found = found_in(row.definition, checked.faults)
    left: dict[str, int] = {}
    for one in found:
        left[one.part.place] = left.get(one.part.place, 0) + 1
    context = {
        **about(row, checked),
        "crumbs": crumbs(),
        "parts": [
            {
                "words": str(part.label),
                "address": reverse("draft_part", args=[draft_id, part.place]),
                "left": left.get(part.place, 0),
                "inner": bool(part.path),
            }
            for part in parts_of(row.definition)
        ],
        "faults": len(found),
        "diagram": mark_safe(route_svg(checked.definition)),
        "key": new_key(),
    }
    return show(request, "designer/draft.html", context)


def about(row: ProgrammeDraft, checked: Checked) -> Context:
    """What every page of a draft says of it."""
    standard = checked.definition.standard
    return {
        "draft": {
            "id": row.pk,
            "name": str(row),
            "what": _("next version") if row.programme_id else _("new programme"),
            "who": row.saved_by.name,
            "at": row.saved_at,
            "revision": row.revision,
        },
        "counts": _("%(legs)d legs, %(indicators)d indicators, %(criteria)d criteria")
        % {
            "legs": len(checked.definition.legs),
            "indicators": len(standard.indicators),
            "criteria": len(standard.criteria),
        },
        "gaps": "、".join(standard.gaps),
    }


def draft_check(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Every fault at once, each leading to its field."""
    row = one_draft(draft_id, actor(request))
    checked = check(row.definition)
    found = found_in(row.definition, checked.faults)
    sound = proved(checked.definition) if not found else None
    context = {
        **about(row, checked),
        "crumbs": [*crumbs(), {"words": str(row), "address": reverse("draft", args=[row.pk])}],
        "faults": _grouped(request, row, found),
        "number": len(found),
        "warnings": [str(FAULTS[code]) for code in checked.definition.warnings],
        "flaws": [flaw_line(flaw, checked.definition) for flaw in sound.flaws] if sound else [],
    }
    return show(request, "designer/check.html", context)


def _grouped(request: HttpRequest, row: ProgrammeDraft, found: list[Found]) -> list[Context]:
    """The faults part by part; each is called by its field, and by the row it stands in."""
    groups: dict[str, Context] = {}
    for one in found:
        part = one.part
        if part.place not in groups:
            offered = choices_of(request, row.definition, part)
            entries = shown(part, table_at(row.definition, part.path), offered, {})
            groups[part.place] = {"words": str(part.label), "rows": [], "labels": _labels(entries)}
        labels = groups[part.place]["labels"]
        at = next((n for n in range(len(one.path), 0, -1) if anchor(one.path[:n]) in labels), 0)
        target = anchor(one.path[:at]) if at else ""
        address = reverse("draft_part", args=[row.pk, part.place])
        groups[part.place]["rows"].append(
            {"address": f"{address}?check=1#{target}", "label": labels.get(target, ""), "words": one.words}
        )
    return list(groups.values())


def _labels(entries: list[Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for one in entries:
        words = f"{before}{one.label}"
        found[one.id] = words
        if not one.is_control:
            inner = f"{words} › " if one.kind == "row" else before
            found |= _labels(one.inner, inner)
    return found


def draft_publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What the version will say and change, looked through by a second person, who publishes it."""
    row = one_draft(draft_id, actor(request))
    if request.method == "POST":
        told = publish_draft(draft_id, revision=version_of(request), by=actor(request), key=key_of(request))
        words = _("Version %(n)d is published.") % {"n": told["number"]}
        if told["reopened"]:
            words = _("Version %(n)d is published; admission is to be asked for again.") % {
                "n": told["number"]
            }
        return done(request, page_of("programme", told["programme"]), words)
    checked = check(row.definition)
    if checked.faults or proved(checked.definition).flaws:
        return HttpResponseRedirect(reverse("draft_check", args=[draft_id]))
    before = definition_of(newest_version(row.programme_id).pk) if row.programme_id else None
    context = {
        **about(row, checked),
        "crumbs": [*crumbs(), {"words": str(row), "address": reverse("draft", args=[row.pk])}],
        "changes": changes_shown(differences(before, checked.definition)) if before else [],
        "is_new": before is None,
        "own_work": actor(request).member_id in row.editors,
        "diagram": mark_safe(route_svg(checked.definition)),
        "version": row.revision,
        "key": new_key(),
    }
    return show(request, "designer/publish.html", context)


@require_POST
def draft_discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    discard_draft(draft_id, by=actor(request), key=key_of(request))
    return done(request, reverse("programmes"), _("The draft is thrown away."))
