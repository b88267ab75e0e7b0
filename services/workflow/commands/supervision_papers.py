"""What is written when a title is to be put right or is taken away: the paper with its number."""

from typing import Any

from services.workflow.commands.numbering import document_number
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.calendar import last_day, shanghai_date
from services.workflow.domain.tally import Tally
from services.workflow.models import DocumentFile, Rectification


def issue_order(tx: Transaction, order: Rectification) -> DocumentFile:
    """整改通知: what is to be put right, until when, and to whom it is reported."""
    honour: Any = order.honour
    paper = {
        **_of_honour(honour),
        "points": [line.strip() for line in order.points_text.splitlines() if line.strip()],
        "working_days": honour.facts.definition.supervision.rectification_working_days,
        "deadline_on": order.deadline_on.isoformat(),
        "report_to": tx.by.unit_name,
        "issuers": [tx.by.unit_name],
    }
    return _issue(tx, "rectification", honour, order.pk, paper)


def issue_revocation(tx: Transaction, honour: Any, reason: str, vote: Tally | None) -> DocumentFile:
    """取消称号决定, in the name of the bodies that issue the programme's decisions, with the count of the vote."""
    paper = {
        **_of_honour(honour),
        "issuers": list(honour.facts.definition.issuers),
        "reason": reason,
        "conferred_on": honour.conferred_on.isoformat(),
        "plaque_due": last_day(honour.due_at).isoformat(),
        "vote": _of_vote(tx, vote) if vote else None,
    }
    return _issue(tx, "revocation", honour, honour.pk, paper)


def _of_vote(tx: Transaction, vote: Tally) -> dict[str, Any]:
    return {
        "body": tx.by.unit_name,
        "entitled": vote.entitled,
        "present": vote.present,
        "for": vote.for_,
        "against": vote.against,
        "abstain": vote.abstain,
    }


def _of_honour(honour: Any) -> dict[str, Any]:
    return {
        "unit": honour.unit.name,
        "title": honour.title,
        "number": honour.number,
        "example": any(criterion.example for _, criterion in honour.facts.definition.standard.lines),
    }


def _issue(tx: Transaction, kind: str, honour: Any, case: int, paper: dict[str, Any]) -> DocumentFile:
    definition, today = honour.facts.definition, shanghai_date(tx.at)
    return DocumentFile.objects.create(
        kind=kind,
        number=document_number(definition.decision_number_prefix or definition.code, today.year),
        edition_id=honour.edition_id,
        case_id=case,
        paper={**paper, "on": today.isoformat()},
        made_by_id=tx.by.office_id,
        at=tx.at,
    )
