"""Refusals in words: what is wrong and what to do, for people who are not programmers."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.workflow.domain.refused import Refused
from services.workflow.wording.faults import FAULTS
from services.workflow.wording.labels import kind_label, mode_label, place_label, role_label, verdict_label
from services.workflow.wording.refusals_accounts import ACCOUNTS
from services.workflow.wording.refusals_cases import CASES
from services.workflow.wording.refusals_delivery import DELIVERY
from services.workflow.wording.refusals_input import INPUT
from services.workflow.wording.refusals_notices import NOTICES, exposed_label, where_label
from services.workflow.wording.refusals_work import WORK
from services.workflow.wording.steps import step_label

# A whole workbook can be refused like one fault in it, and is told in the same words.
WORKBOOKS = {code: FAULTS[code] for code in FAULTS if code.startswith("workbook.")}
SENTENCES: dict[str, Promise] = {**INPUT, **CASES, **DELIVERY, **ACCOUNTS, **WORKBOOKS, **WORK, **NOTICES}
# The heading of a refusal, by the first part of its code.
TITLES: dict[str, Promise] = {
    "login": _("You are not logged in"),
    "office": _("This office cannot act here"),
    "request": _("The request could not be taken"),
    "server": _("The system failed"),
    "busy": _("Too much at once"),
    "key_reused": _("The request was sent before"),
    "overtaken": _("Somebody was first"),
    "case": _("The case cannot be found"),
    "step": _("The step cannot be taken"),
    "steps": _("The steps cannot be taken"),
    "conflict": _("You must leave this to others"),
    "reason": _("A reason is needed"),
    "field": _("A field is not right"),
    "declaration": _("The declaration cannot go on"),
    "leg": _("The case cannot leave this point"),
    "measure": _("The figure cannot be taken"),
    "incident": _("The incident cannot be reported"),
    "score": _("The points cannot be taken"),
    "evidence": _("The evidence cannot be taken"),
    "file": _("The file cannot be taken"),
    "template": _("The template cannot be taken"),
    "slate": _("The slate cannot be tabled"),
    "round": _("The round cannot go on"),
    "task": _("The task cannot be answered"),
    "vote": _("The vote cannot go on"),
    "finding": _("The answer is not complete"),
    "veto": _("The veto cannot be handled"),
    "edition": _("The edition cannot be used"),
    "programme": _("The programme cannot be used"),
    "draft": _("The draft cannot be taken"),
    "return": _("The case cannot be sent back like this"),
    "version": _("This version cannot be used"),
    "unit": _("The unit cannot be found"),
    "person": _("The person cannot be found"),
    "account": _("The account cannot be changed"),
    "notice": _("The notice cannot go on"),
    "log": _("The transparency log cannot tell this"),
    "objection": _("The objection cannot be handled"),
    "identity": _("The identity stays sealed"),
    "honour": _("The honour cannot be handled"),
    "rectification": _("The rectification cannot go on"),
    "document": _("The document cannot be made"),
    "calendar": _("The calendar cannot be loaded"),
    "clock": _("Time cannot be moved"),
    "ticket": _("No ticket can be given"),
    "workbook": _("The workbook cannot be read"),
    "first_admin": _("The link cannot be used"),
    "reach": _("You cannot be reached this way"),
    "rhythm": _("The hours cannot be taken"),
    "endpoint": _("The endpoint cannot be used"),
    "delivery": _("The delivery cannot be handled"),
    "work": _("This cannot be taken or passed on"),
    "reassign": _("The work cannot be handed over"),
    "urge": _("It cannot be urged now"),
    "copy": _("No copy can be sent"),
    "deputy": _("No deputy can be appointed so"),
    "view": _("The view cannot be kept"),
    "phrase": _("The phrase cannot be kept"),
    "recuse": _("The recusal cannot be taken"),
    "cosign": _("The opinion cannot be asked or given"),
    "relation": _("The relation cannot be declared"),
    "hand_over": _("The declaration cannot be handed over"),
}
FIELDS: dict[str, Promise] = {
    "reason": pgettext_lazy("field", "reason"),
    "points": pgettext_lazy("field", "points"),
    "statement": pgettext_lazy("field", "statement"),
    "figures": pgettext_lazy("field", "figures"),
    "scores": pgettext_lazy("field", "scores"),
    "text": pgettext_lazy("field", "text"),
    "title": pgettext_lazy("field", "title"),
    "name": pgettext_lazy("field", "name"),
    "contact": pgettext_lazy("field", "contact"),
    "kind": pgettext_lazy("field", "kind"),
    "channel": pgettext_lazy("field", "channel"),
    "unit": pgettext_lazy("field", "unit"),
    "rank": pgettext_lazy("field", "rank"),
    "basis": pgettext_lazy("field", "basis"),
    "event_on": pgettext_lazy("field", "day of the event"),
    "ground": pgettext_lazy("field", "ground of the veto"),
    "working_days": pgettext_lazy("field", "working days"),
    "shown_days": pgettext_lazy("field", "days it stays up after its close"),
    "investigator": pgettext_lazy("field", "investigator"),
    "finding": pgettext_lazy("field", "finding"),
    "bodies": pgettext_lazy("field", "bodies that are asked"),
    "question": pgettext_lazy("field", "question"),
    "verdict": pgettext_lazy("field", "verdict"),
    "reply": pgettext_lazy("field", "reply"),
    "file": pgettext_lazy("field", "file"),
    "came_on": pgettext_lazy("field", "day it came"),
    "effect": pgettext_lazy("field", "effect"),
    "subject": pgettext_lazy("field", "subject of the notice"),
    "plan": pgettext_lazy("field", "plan"),
    "report": pgettext_lazy("field", "report"),
    "points_text": pgettext_lazy("field", "what to put right"),
    "cause": pgettext_lazy("field", "cause"),
    "advance_days": pgettext_lazy("field", "days to move"),
    "address": pgettext_lazy("field", "address"),
    "secret": pgettext_lazy("field", "secret"),
    "url": pgettext_lazy("field", "web address"),
    "role": pgettext_lazy("field", "role"),
    "kinds": pgettext_lazy("field", "kinds of messages"),
    "how": pgettext_lazy("field", "way of receiving"),
    "language": pgettext_lazy("field", "language"),
    "quiet_from": pgettext_lazy("field", "quiet from"),
    "quiet_until": pgettext_lazy("field", "quiet until"),
    "digest_at": pgettext_lazy("field", "hour of the digest"),
    "remind_days": pgettext_lazy("field", "days of reminder"),
    "held_on": pgettext_lazy("field", "date of the meeting"),
    "place": pgettext_lazy("field", "place"),
    "chair": pgettext_lazy("field", "chair"),
    "recorder": pgettext_lazy("field", "recorder"),
    "remarks": pgettext_lazy("field", "remarks"),
    "for": pgettext_lazy("field", "votes for"),
    "against": pgettext_lazy("field", "votes against"),
    "abstain": pgettext_lazy("field", "abstentions"),
    "spoiled": pgettext_lazy("field", "spoiled papers"),
    "member": pgettext_lazy("field", "member"),
    "begins": pgettext_lazy("field", "first day"),
    "ends": pgettext_lazy("field", "last day"),
    "body": pgettext_lazy("field", "body that is asked"),
    "case": pgettext_lazy("field", "unit"),
    "category": pgettext_lazy("field", "category"),
    "corrections": pgettext_lazy("field", "what to correct"),
    "part": pgettext_lazy("field", "criterion"),
    "note": pgettext_lazy("field", "note"),
    "document": pgettext_lazy("field", "document"),
    "due_on": pgettext_lazy("field", "new deadline"),
    "happened_on": pgettext_lazy("field", "day it happened"),
    "nature": pgettext_lazy("field", "relation"),
    "of": pgettext_lazy("field", "unit or person"),
    "person": pgettext_lazy("field", "person"),
    "on": pgettext_lazy("field", "date"),
    "outcome": pgettext_lazy("field", "outcome"),
    "query": pgettext_lazy("field", "filter"),
    "returned_by": pgettext_lazy("field", "who returned it"),
    "source": pgettext_lazy("field", "source"),
    "year": pgettext_lazy("field", "year"),
}


def field_label(field: object) -> str:
    """The name of a field; one without a name keeps its code, as parts of figures do."""
    return str(FIELDS.get(str(field), field))


def refusal_text(refusal: Refused) -> str:
    """The sentence for a refusal in the language in use, with its particulars in words."""
    sentence = SENTENCES.get(refusal.code)
    if sentence is None:
        return refusal.code
    return str(sentence) % Params(refusal.params)


def refusal_title(code: str) -> str:
    """The heading of all refusals of one sort; it never changes with the particulars."""
    return str(TITLES.get(code.partition(".")[0], code))


class Params(dict[str, Any]):
    """The particulars of a refusal as words; one that is missing shows as a dash, never as a fault."""

    def __getitem__(self, name: str) -> object:
        given = super().get(name, "—")
        worded = WORDED.get(name)
        return worded(given) if worded else given


def _why(code: object) -> str:
    return refusal_text(Refused(str(code)))


WORDED: dict[str, Callable[[object], str]] = {
    "step": lambda step: step_label("", step),
    "place": place_label,
    "kind": kind_label,
    "mode": mode_label,
    "role": role_label,
    "field": field_label,
    "verdict": verdict_label,
    "why": _why,
    "where": where_label,
    "what": exposed_label,
}
