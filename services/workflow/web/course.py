"""What happened to a case, as a timeline: act first, then who, what they said, and how long it had waited."""

from collections.abc import Sequence

from services.workflow.queries.history import Entry
from services.workflow.web.deadlines import Today
from services.workflow.web.pages import Context
from services.workflow.wording.steps import step_label

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


def course_shown(kind: str, entries: Sequence[Entry], on: Today) -> list[Context]:
    """Newest first; the working days are those since the step before."""
    shown = []
    before = None
    for entry in entries:
        waited = on.waited(before.at, entry.at) if before is not None else None
        shown.append(
            {
                "act": step_label(kind, entry.step),
                "at": entry.at,
                "who": entry.actor_name,
                "office": entry.unit,
                "opinion": entry.reason or "",
                "waited": waited,
                "tone": TONES.get(entry.step, ""),
            }
        )
        before = entry
    return shown[::-1]
