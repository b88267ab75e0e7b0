"""What somebody else did in the meantime, shown beside what was typed (409)."""

from collections.abc import Sequence
from typing import Any

from services.workflow.models import Answer
from services.workflow.queries.declaration_page import Sheet
from services.workflow.queries.history import last_entry
from services.workflow.wording.labels import role_label
from services.workflow.wording.steps import step_label

Overtaken = dict[str, Any]


def overtaken_case(
    case_id: int,
    kind: str = "declaration",
    *,
    form_id: str,
    saved: Sheet | None = None,
    rows: Sequence[Any] = (),
) -> Overtaken | None:
    """The newest step of a case, or where a declaration was written in since, the newest answer."""
    entry, answer = last_entry(case_id), _newest(saved) if saved else None
    if answer is not None and (entry is None or answer.saved_at > entry.at):
        who, at, what = answer.saved_by.name, answer.saved_at, answer.criterion
    elif entry is not None:
        who = f"{entry.unit} {entry.office_name}".strip() or role_label("system")
        at, what = entry.at, step_label(kind, entry.step)
    else:
        return None
    return {"who": who, "at": at, "what": what, "form_id": form_id, "rows": rows}


def _newest(sheet: Sheet) -> Answer | None:
    answers = [line.answer for line in sheet.lines if line.answer]
    return max(answers, key=lambda answer: answer.saved_at, default=None)
