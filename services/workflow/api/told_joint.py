"""What bodies are asked about an objection, in the words of the API."""

from typing import Any

from services.workflow.models import RoundTask
from services.workflow.queries.joint_findings import Consultation, own_finding


def consultation_told(one: Consultation) -> dict[str, Any]:
    """What other bodies were asked about an objection, and what each has found."""
    return {
        "round": one.round,
        "question": one.question,
        "status": one.status,
        "asked_at": one.asked_at,
        "due_at": one.due_at,
        "closed_at": one.closed_at,
        "findings": [
            {
                "unit": said.unit,
                "verdict": said.verdict,
                "note": said.text,
                "at": said.at,
                "removed": said.removed,
            }
            for said in one.said
        ],
    }


def asked_about(row: RoundTask) -> dict[str, Any]:
    """Of an objection whoever is asked is told the unit, the notice and the question; and what they have found."""
    slate = row.process.slate
    objection = slate.objection
    assert objection is not None, "its round is of this kind only where there is one"
    return {
        "unit": objection.declaration.unit.name,
        "notice": objection.notice_id,
        "question": slate.question,
        "finding": own_finding(row),
    }
