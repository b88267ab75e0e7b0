"""One part of a draft a page: read it, write in it, add and move its rows; it saves itself meanwhile."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from services.workflow.commands.drafts import save_draft
from services.workflow.domain.refused import Refused
from services.workflow.models import ProgrammeDraft
from services.workflow.queries.drafts import check, one_draft
from services.workflow.web.acting import actor
from services.workflow.web.designer.choices import Offered, offered
from services.workflow.web.designer.fields import Part
from services.workflow.web.designer.finding import found_in, one_part
from services.workflow.web.designer.parts import parts_of
from services.workflow.web.designer.reading import act_on, placed, table_at, values_from
from services.workflow.web.designer.shown import anchor, anchored, shown
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.web.shown import clock_time
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of


def part(request: HttpRequest, draft_id: int, place: str) -> HttpResponse:
    """The form of one part; a button of it may add, take out or move a row."""
    draft = one_draft(draft_id, actor(request))
    one = one_part(draft.definition, place)
    if request.method != "POST":
        return _page(request, draft, one, draft.definition)
    values = sent_values(request, draft, one)
    after = ""
    if act := request.POST.get("do", ""):
        values, after = act_on(one, values, act)
    try:
        _save(request, draft, one, values, key=key_of(request))
    except Refused as refusal:
        if refusal.code != "overtaken":
            raise
        return _overtaken(request, draft_id, one, values)
    return HttpResponseRedirect(_next(request, draft_id, one, values, after))


@require_POST
def save_part(request: HttpRequest, draft_id: int, place: str) -> HttpResponse:
    """The same save while somebody types; says the time, and the revision that the next save builds on."""
    draft = one_draft(draft_id, actor(request))
    one = one_part(draft.definition, place)
    try:
        told = _save(request, draft, one, sent_values(request, draft, one), key=None)
    except Refused as refusal:
        words = {"code": refusal.code, "words": refusal_text(refusal)}
        return JsonResponse(words, status=status_of(refusal.code))
    at = clock_time(datetime.fromisoformat(told["saved_at"]), seconds=True)
    return JsonResponse({"version": told["revision"], "saved_at": at})


def sent_values(request: HttpRequest, draft: ProgrammeDraft, one: Part) -> dict[str, Any]:
    """The whole draft with this part as it was sent."""
    table = values_from(one, request.POST, draft.definition)
    return placed(draft.definition, one.path, table)


def _save(
    request: HttpRequest, draft: ProgrammeDraft, one: Part, values: dict[str, Any], *, key: Any
) -> dict[str, Any]:
    """Only what differs is sent, so that somebody who looks on disturbs nobody."""
    names = [name for name in {*values, *draft.definition} if values.get(name) != draft.definition.get(name)]
    parts = {name: values.get(name) for name in names}
    return save_draft(draft.pk, parts, revision=version_of(request), by=actor(request), key=key)


def _next(request: HttpRequest, draft_id: int, one: Part, values: dict[str, Any], after: str) -> str:
    """The row that was added or moved; the next part where that was asked for; else the same page."""
    here = reverse("draft_part", args=[draft_id, one.place])
    if after:
        return f"{here}#{anchor(after.split('.'))}"
    if request.POST.get("go") == "next":
        following = neighbour(values, one)
        return reverse("draft_part", args=[draft_id, following.place]) if following else _draft(draft_id)
    if request.POST.get("go") == "list":
        return _draft(draft_id)
    return f"{here}?{urlencode({'check': 1})}"


def _draft(draft_id: int) -> str:
    return reverse("draft", args=[draft_id])


def neighbour(values: dict[str, Any], one: Part) -> Part | None:
    """The part after this one."""
    places = parts_of(values)
    at = next((n for n, other in enumerate(places) if other.place == one.place), len(places))
    return places[at + 1] if at + 1 < len(places) else None


def choices_of(request: HttpRequest, values: dict[str, Any], one: Part) -> Offered:
    track = table_at(values, one.path[:2]) if one.path[:1] == ("tracks",) else values
    return offered(actor(request), values, track.get("legs") or values.get("legs"))


def _overtaken(request: HttpRequest, draft_id: int, one: Part, values: dict[str, Any]) -> HttpResponse:
    """Somebody saved the same part first: it is said who, and what was typed stays in the form."""
    newer = one_draft(draft_id, actor(request))
    told = {
        "who": newer.saved_by.name,
        "at": newer.saved_at,
        "what": _("The same part was saved; sending yours again puts it in its place."),
        "form_id": "part",
        "use_newer": "?",
    }
    return _page(request, newer, one, values, overtaken=told, status=409)


def _page(  # a page has these parts
    request: HttpRequest,
    draft: ProgrammeDraft,
    one: Part,
    values: dict[str, Any],
    *,
    overtaken: Context | None = None,
    status: int = 200,
) -> HttpResponse:
    faults = {}
    if "check" in request.GET:
        found = found_in(values, check(values).faults)
        faults = {fault.path: fault.words for fault in found if fault.part.place == one.place}
    entries = shown(one, table_at(values, one.path), choices_of(request, values, one), faults)
    ids = anchored(entries)
    following = neighbour(values, one)
    context = {
        "crumbs": [
            {"words": _("Programmes"), "address": reverse("programmes")},
            {"words": str(draft), "address": _draft(draft.pk)},
        ],
        "title": str(one.label),
        "hint": str(one.hint),
        "entries": entries,
        "errors": [Error(_nearest(path, ids), words) for path, words in faults.items()],
        "version": draft.revision,
        "key": new_key(),
        "saved_at": draft.saved_at if draft.revision else None,
        "autosave_address": reverse("draft_save", args=[draft.pk, one.place]),
        "list_address": _draft(draft.pk),
        "next_words": str(following.label) if following else "",
        "overtaken": overtaken,
        "indicators": _indicator_links(draft.pk, values, one),
        "workbook_address": reverse("draft_workbook", args=[draft.pk]) if one.slug == "standard" else "",
    }
    return show(request, "designer/part.html", context, status=status)


def _nearest(path: tuple[str | int, ...], ids: set[str]) -> str:
    """The field of a fault, or what it lies in."""
    for length in range(len(path), 0, -1):
        if (found := anchor(path[:length])) in ids:
            return found
    return ""


def _indicator_links(draft_id: int, values: dict[str, Any], one: Part) -> list[Context]:
    """From the list of indicators to the page of each."""
    if not one.slug.endswith("standard"):
        return []
    slug = one.slug.replace("standard", "indicator")
    return [
        {"words": str(part.label), "address": reverse("draft_part", args=[draft_id, part.place])}
        for part in parts_of(values)
        if part.slug == slug and part.path[: len(one.path)] == one.path
    ]
