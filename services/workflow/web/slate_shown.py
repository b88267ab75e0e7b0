"""A slate with its round as its page shows it: whose answer is open, what was said, what happened, what may be done."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.commands.organising import STRUCK
from services.workflow.domain.access import is_waiting_body
from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import FINDING, Mode
from services.workflow.models import Edition, RoundNote, RoundTask, SlateLine
from services.workflow.models.round import RoundStatus
from services.workflow.queries.joint_findings import Said, consultation_of
from services.workflow.queries.round_notes import notes_of
from services.workflow.queries.slate_page import SlatePage
from services.workflow.rounds.rule import RoundRule
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import Today, today
from services.workflow.web.pages import Context
from services.workflow.web.templatetags.laurel import points
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import note_label, round_status_label, stage_label, verdict_label

TASK_STATES = {"NEW": "not_begun", "DONE": "done", "CANCELED": "struck"}
OUTCOMES = {"carried": "done", "not_carried": "to_correct", "cancelled": "struck"}
NOTE_TONES = {"cancelled": "bad", "struck": "back", "late": "warn", "count_confirmed": "done"}
FLEXIBLE = (
    Mode.CLEARANCE,
    Mode.COUNTERSIGN,
    FINDING,
)  # rounds of opinions, in which bodies are added and taken out


def slate_context(request: HttpRequest, page: SlatePage) -> Context:
    """Everything of slate.html and of the part of it that follows."""
    on, open_ = today(), page.round.is_open
    objection = page.slate.objection
    secret = page.round.mode == Mode.VOTE and RoundRule.read(page.round.rule).vote.secret
    leads = open_ and is_organiser(page, actor(request))
    asked = sum(1 for line in page.lines if line.struck_at is None)
    return {
        "crumbs": crumbs(page.slate.edition, *([] if objection else [stage_label(page.leg.stage)])),
        "slate": {
            "name": _name(page),
            "leg": _("Tabled by %(who)s")
            % {"who": f"{page.slate.tabled_by.unit.name} {page.slate.tabled_by.name}"},
            "status": "under_way" if open_ else "closed",
            "status_label": round_status_label(page.round.status),
        },
        "tasks": [_task(task, page, asked, on, leads=leads) for task in page.tasks],
        "bodies": [_body(task) for task in page.tasks],
        "lines": [_line(line, page, leads=leads) for line in page.lines],
        "acts": _acts(page, actor(request), on_paper=secret),
        "joint": joint_context(page),
        "ranked": bool(page.places),
        "course": [_noted(note, page) for note in reversed(notes_of(page.round))],
        "leads": leads,
        "flow_address": f"/slates/{page.slate.pk}/flow.svg",
        "fragment_address": f"/slates/{page.slate.pk}/body",
        "now": on.moment,
    }


def joint_context(page: SlatePage) -> Context | None:
    """Of a question about an objection: the objection, what was asked, and what each body has found."""
    objection = page.slate.objection
    if objection is None:
        return None
    said = consultation_of(page.round).said
    return {
        "address": page_of("objection", objection.pk),
        "number": objection.receipt,
        "unit": objection.declaration.unit.name,
        "question": page.slate.question,
        "said": [finding_shown(one) for one in said],
    }


def finding_shown(one: Said) -> Context:
    """What one body found, or that it has not said anything."""
    silent = pgettext("of a round", "taken out") if one.removed else _("no answer")
    return {
        "unit": one.unit,
        "verdict": verdict_label(one.verdict) if one.verdict else silent,
        "words": one.text,
        "by": one.by,
        "at": one.at,
    }


def _name(page: SlatePage) -> str:
    if page.slate.objection is not None:
        return _("Joint finding on objection %(number)s") % {"number": page.slate.objection.receipt}
    words = {"n": page.slate.number, "leg": page.leg.name, "version": page.slate.version}
    if page.slate.version > 1:
        return _("Slate no. %(n)d (version %(version)d), %(leg)s") % words
    return _("Slate no. %(n)d, %(leg)s") % words


def is_organiser(page: SlatePage, by: Actor) -> bool:
    if page.slate.objection is not None:
        return is_waiting_body(page.slate.objection, by)
    tabled_by = page.slate.tabled_by
    return (by.role, by.unit_id) == (tabled_by.role, tabled_by.unit_id)


def _acts(page: SlatePage, by: Actor, *, on_paper: bool) -> list[Context]:
    """What may be done with the round as a whole: by its organiser, and of a vote by its members too."""
    leads, open_, mode = is_organiser(page, by), page.round.is_open, page.round.mode
    voter = any(task.assignee_id == by.member_id for task in page.tasks)
    acts: list[tuple[str, str, bool]] = []
    if open_ and leads:
        acts += [("remind", _("Remind"), True), ("extend", _("Extend"), True)]
        acts += [("add", _("Ask one body more"), mode in FLEXIBLE)]
    if mode == Mode.VOTE:
        acts += [
            ("count", _("Enter the count"), open_ and on_paper and (leads or voter)),
            ("confirm", _("Confirm the count"), open_ and on_paper and (leads or voter)),
            ("minutes", _("Minutes"), leads or voter),
        ]
    if open_ and leads:
        acts += [("close", _("Close the round"), not on_paper), ("cancel", _("Cancel the round"), True)]
    if page.round.status == RoundStatus.CANCELLED and leads and page.slate.objection is None:
        acts += [("again", _("Table it again"), True)]
    return [
        {"address": f"/slates/{page.slate.pk}/{name}", "words": words, "primary": False}
        for name, words, offered in acts
        if offered
    ]


def _noted(note: RoundNote, page: SlatePage) -> Context:
    """An entry of the round's course; whose task or which unit it was about stands before the reason."""
    unit = next((line.case.unit.name for line in page.lines if line.case_id == note.case_id), "")
    body = note.task.participant_unit.name if note.task and note.task.participant_unit else unit
    return {
        "act": note_label(note.kind),
        "at": note.at,
        "who": note.office.name if note.office else "",
        "office": note.office.unit.name if note.office else "",
        "opinion": _("%(who)s: %(what)s") % {"who": body, "what": note.text}
        if body and note.text
        else body or note.text,
        "tone": NOTE_TONES.get(note.kind, ""),
    }


def _body(task: RoundTask) -> str:
    return task.assignee.name if task.assignee else str(task.participant_unit)


def _task(task: RoundTask, page: SlatePage, asked: int, on: Today, *, leads: bool) -> Context:
    state = "recused" if task.verdict == "recused" else TASK_STATES[str(task.status)]
    answered = sum(1 for said in page.said.values() if task.pk in said)
    due = on.of(task) if task.is_open else None
    person = task.assignee.name if task.assignee else task.decided_by.name if task.decided_by else ""
    return {
        "body": task.participant_unit.name if task.participant_unit else "",
        "person": person,
        "state": state,
        "answered": min(answered, asked) if task.is_open else answered,
        "asked": asked,
        "due": due,
        "decided_at": task.decided_at,
        "remove_address": f"/slates/{page.slate.pk}/remove/{task.pk}"
        if leads and task.is_open and page.round.mode in FLEXIBLE
        else "",
    }


def _line(line: SlateLine, page: SlatePage, *, leads: bool) -> Context:
    unit = line.case.unit
    said = page.said.get(line.case_id, {})
    results = [_result(said.get(task.pk), page) for task in page.tasks]
    outcomes = {"carried": _("carried"), "not_carried": _("not carried"), "cancelled": _("round cancelled")}
    return {
        "number": line.position,
        "unit": unit.name,
        "town": unit.town.name if unit.town else "",
        "address": page_of("declaration", line.case_id),
        **_place(line, page),
        "results": results,
        "struck": _("Struck: %(why)s") % {"why": struck_words(line)} if line.struck_at else "",
        "outcome": OUTCOMES.get(line.outcome, ""),
        "outcome_label": outcomes.get(line.outcome, ""),
        "strike_address": f"/slates/{page.slate.pk}/strike/{line.case_id}" if leads and line.open else "",
    }


def _place(line: SlateLine, page: SlatePage) -> Context:
    """The place in the ranking and the line that told a tie apart, where there is a ranking."""
    place = page.places.get(line.case_id)
    if place is None:
        return {"place": None, "points": None}
    lowest = max(one.place for one in page.places.values())
    reason = _("by %(line)s") % {"line": place.tie_broken_by} if place.tie_broken_by else ""
    return {
        "place": place.place,
        "points": place.points,
        "place_words": _("shared") if place.shared else reason,
        "last": 1 < place.place == lowest,
    }


def struck_words(line: SlateLine) -> str:
    from_step = {
        "raise_veto": _("veto"),
        "return": _("returned for correction"),
        "withdraw": _("withdrawn"),
        STRUCK: _("taken off by the organiser"),
    }
    return str(from_step.get(line.struck_reason, _("disqualified")))


def _result(said: Any, page: SlatePage) -> str:
    if said is None:
        return ""
    if page.round.mode == Mode.SCORING:
        return points(said)
    verdict, note = said
    word = verdict_label(verdict)
    return _("%(word)s: %(note)s") % {"word": word, "note": note} if note else word


def slate_title(page: SlatePage) -> Context:
    context_due = today().until(page.round.due_at, provisional=page.round.due_provisional)
    return {
        "title": _name(page),
        "stage": "under_way",
        "stage_label": round_status_label(page.round.status),
        "due": context_due,
    }


def crumbs(edition: Edition, *words: str) -> list[Context]:
    return [
        {"words": edition.name, "address": page_of("edition", edition.pk)},
        *({"words": one} for one in words),
    ]
