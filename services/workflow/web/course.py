"""What happened to a case, as a timeline: act first, then who, what they said, and how long it had waited."""

from collections.abc import Sequence

from django.utils.translation import pgettext_lazy

from services.workflow.domain.calendar import shanghai_date
from services.workflow.queries.history import Entry
from services.workflow.web.deadlines import Today
from services.workflow.web.pages import Context
from services.workflow.wording.steps import step_label

BIRTHS = {
    "honour": pgettext_lazy("the beginning of a case", "Named"),
    "notice": pgettext_lazy("the beginning of a case", "Drawn up"),
    "objection": pgettext_lazy("the beginning of a case", "Lodged"),
    "rectification": pgettext_lazy("the beginning of a case", "Ordered"),
}
TONES = {
    "warn": "warn",
    "order_rectification": "mend",
    "propose_revocation": "bad",
    "revoke": "bad",
    "reject": "bad",
    "retain": "done",
    "accept": "done",
    "sustain": "warn",
    "suspend": "back",
    "reopen": "back",
    "take_down": "bad",
    "dismiss": "done",
    "close": "done",
}


def act_words(kind: str, step: str) -> str:
    """A case comes about in a word of its kind."""
    return str(BIRTHS[kind]) if step == "create" and kind in BIRTHS else step_label(kind, step)


def course_shown(kind: str, entries: Sequence[Entry], on: Today) -> list[Context]:
    """Newest first; the working days are those since the step before."""
    shown: list[Context] = []
    before: Entry | None = None
    for entry in entries:
        waited = on.waited(before.at, entry.at) if before is not None else None
        shown.append(
            {
                "act": act_words(kind, entry.step),
                "at": entry.at,
                "other_year": shanghai_date(entry.at).year != on.date.year,
                "who": entry.actor_name,
                "office": entry.unit,
                "opinion": entry.reason or "",
                "waited": waited,
                "tone": TONES.get(entry.step, ""),
            }
        )
        before = entry
    return shown[::-1]
