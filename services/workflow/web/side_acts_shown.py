"""What was done about a case beside its steps, as entries of its timeline."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from services.workflow.domain.actor import Actor
from services.workflow.queries.side_acts import Done
from services.workflow.web.case_shown import who_words
from services.workflow.wording.addresses import side_act_of
from services.workflow.wording.labels import role_label
from services.workflow.wording.side_acts import ICONS, side_act_label

Row = dict[str, Any]
WARNED = ("urge", "escalate")


def with_side_acts(entries: Sequence[Row], acts: Sequence[Done]) -> list[Row]:
    """Both in one timeline, newest first; a step stands above what was done about it at the same moment."""
    shown = [_entry(act) for act in acts]
    return sorted([*entries, *reversed(shown)], key=lambda row: row["at"], reverse=True)


def opinion_asked(case: Any, by: Actor, acts: Sequence[Done]) -> Row:
    """What this person was asked last, by whom, and where they answer."""
    last = [act for act in acts if act.kind == "cosign" and act.to_id == by.member_id][-1]
    return {"who": last.who, "text": last.text, "address": side_act_of(case.KIND, case.pk, "opinion")}


def _entry(act: Done) -> Row:
    to = _(" to %(name)s") % {"name": act.to} if act.to and act.kind != "claim" else ""
    return {
        "act": f"{side_act_label(act.kind)}{to}",
        "at": act.at,
        "who": who_words(act.who or role_label("system"), act.for_name),
        "office": act.unit,
        "opinion": act.text,
        "waited": None,
        "tone": "warn" if act.kind in WARNED else "",
        "icon": ICONS.get(act.kind, "") if act.kind == "escalate" else "",
    }
