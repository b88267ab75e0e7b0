"""What is to be put right: ticked off the standard by whoever sends a case back, listed for whoever corrects it."""

from collections.abc import Callable, Mapping
from typing import Any

from services.workflow.models import Declaration
from services.workflow.queries.corrections import corrections_of
from services.workflow.web.declaration_shown import ordinal

Row = dict[str, Any]
TICK, NOTE = "fix-", "fix-note-"


def correction_rows(case: Declaration, sent: Mapping[str, Any]) -> list[Row]:
    """The standard by indicator, each criterion with a tick and a note."""
    groups: list[Row] = []
    for indicator, criterion in case.facts.definition.standard.lines:
        if not groups or groups[-1]["code"] != indicator.code:
            name = f"{ordinal(len(groups) + 1)}{indicator.name}"
            groups.append({"code": indicator.code, "name": name, "rows": [], "open": False})
        ticked = f"{TICK}{criterion.code}" in sent
        groups[-1]["rows"].append(
            {
                "code": criterion.code,
                "name": criterion.name,
                "tick": f"{TICK}{criterion.code}",
                "note": f"{NOTE}{criterion.code}",
                "ticked": ticked,
                "words": sent.get(f"{NOTE}{criterion.code}", ""),
            }
        )
        groups[-1]["open"] = groups[-1]["open"] or ticked
    return groups


def corrections_sent(sent: Mapping[str, Any]) -> list[Row]:
    """What was ticked, or has a note: nobody writes one for nothing."""
    noted = {name.removeprefix(NOTE) for name in sent if name.startswith(NOTE) and str(sent[name]).strip()}
    ticked = [name.removeprefix(TICK) for name in sent if name.startswith(TICK) and not name.startswith(NOTE)]
    parts = [*ticked, *sorted(noted - set(ticked))]
    return [{"part": part, "note": str(sent.get(f"{NOTE}{part}", "")).strip()} for part in parts]


def corrections_shown(case: Declaration, address: Callable[[str], str] | None = None) -> Row | None:
    """The points of the last return, each with whether anything was written there since."""
    asked = next(iter(corrections_of(case)), None)
    if asked is None:
        return None
    return {
        "asked_at": asked.asked_at,
        "to": asked.to,
        "is_open": asked.is_open,
        "points": [
            {
                "part": point.part,
                "name": point.name,
                "note": point.note,
                "changed": point.changed,
                "address": address(point.part) if address else "",
            }
            for point in asked.points
        ],
        "also": "、".join(asked.also_changed),
    }
