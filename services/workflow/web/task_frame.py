"""What the pages of all kinds of tasks share: their head, what they follow, and what went wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.answers import decide_task
from services.workflow.domain.refused import Refused
from services.workflow.models import SlateLine
from services.workflow.queries.task_page import TaskPage, task_page
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.web.round_acts import may_ask
from services.workflow.web.slate_shown import struck_words
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import stage_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of

Findings = Sequence[Mapping[str, Any]]


def frame(page: TaskPage, heading: str) -> Context:
    """The head of a task's page, its hidden fields, and whether it may still be answered."""
    on, slate = today(), page.round.slate
    asked = len(page.asked)
    return {
        "crumbs": [
            {"words": slate.edition.name, "address": page_of("edition", slate.edition_id)},
            {"words": stage_label(page.leg.stage)},
            {"words": _("Slate no. %(n)d") % {"n": slate.number}},
        ],
        "heading": heading,
        "due": on.of(page.task) if page.may_answer else None,
        "answered": len(page.said),
        "asked": asked,
        "open": asked - len(page.said),
        "version": page.task.version,
        "key": new_key(),
        "read_only": not page.may_answer,
        **standing_of(page),
    }


def standing_of(page: TaskPage) -> Context:
    """Whether the task is answered, over, or open; told again when something happens in the round."""
    task = page.task
    words, tone = "", ""
    if page.may_change:
        tone = "done"
        words = _(
            "Your ballot is cast. Until the round is closed you can vote anew; your last ballot counts."
        )
    elif task.decided_at is not None:
        tone = "done"
        words = _("Filed by %(who)s. Nothing can be changed any more.") % {"who": task.decided_by}
    elif not page.may_answer:
        tone, words = "late", _("The round is closed; nothing can be answered any more.")
    return {
        "standing_words": words,
        "standing_tone": tone,
        "standing_at": task.decided_at or page.round.closed_at,
        "standing_address": f"/tasks/{task.pk}/standing",
        "cosign_address": f"/tasks/{task.pk}/add" if may_ask(page) else "",
        "late_address": "" if page.round.is_open else f"/tasks/{task.pk}/late",
    }


def row_of(line: SlateLine) -> Context:
    """One line of the slate, before anything is said of it."""
    unit = line.case.unit
    return {
        "line_id": line.pk,
        "number": line.position,
        "unit": unit.name,
        "town": unit.town.name if unit.town else "",
        "address": page_of("declaration", line.case_id),
        "struck": _("Struck: %(why)s") % {"why": struck_words(line)} if line.struck_at else "",
    }


def file_answer(request: HttpRequest, page: TaskPage, findings: Findings) -> HttpResponse | Refused:
    """Answer the task; back to the inbox, or the refusal for the page to show."""
    try:
        answer = decide_task(
            page.task.pk,
            verdict="",
            findings=findings,
            version=version_of(request),
            by=actor(request),
            key=key_of(request),
        )
    except Refused as refusal:
        return refusal
    if answer["round_open"]:
        return done(request, page_of("round_task", page.task.pk), _("Filed. The others are still asked."))
    words = ngettext(
        "Filed. The round is closed, %(n)d unit goes on.",
        "Filed. The round is closed, %(n)d units go on.",
        len(answer["moved"]),
    )
    return done(request, page_of("round_task", page.task.pk), words % {"n": len(answer["moved"])})


def refused_page(
    request: HttpRequest, page: TaskPage, template: str, context: Context, refusal: Refused, rows: Any = ()
) -> HttpResponse:
    """The page again with what was typed; where somebody was first, with what they said beside it."""
    if refusal.code in {"overtaken", "round.closed", "task.removed"}:
        fresh = task_page(page.task.pk, actor(request))
        context |= {**standing_of(fresh), "read_only": not fresh.may_answer, "version": fresh.task.version}
        if fresh.task.decided_by is not None:
            who = f"{fresh.task.decided_by.unit.name} {fresh.task.decided_by.name}"
            context["overtaken"] = {
                "who": who, "at": fresh.task.decided_at, "rows": rows, "use_newer": page_of("round_task", page.task.pk)
            }  # fmt: skip
            return show(request, template, context, status=409)
    context["errors"] = [*context.get("errors", []), Error("", refusal_text(refusal))]
    return show(request, template, context, status=status_of(refusal.code))
