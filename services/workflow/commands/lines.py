"""Lines of slates: struck when a case leaves its round, closed with the round's outcome."""

from collections.abc import Iterable

from services.workflow.commands.announcing import announce
from services.workflow.commands.task_due import close_due
from services.workflow.commands.transaction import Transaction
from services.workflow.models import Declaration, Office, Round, Slate, SlateLine
from services.workflow.models.round import RoundStatus
from services.workflow.rounds.closing import cancel

CANCELLED = "cancelled"


def strike(tx: Transaction, case_ids: Iterable[int], reason: str) -> None:
    """Take cases off their open slate; the round goes on without them, and ends where no line is left."""
    lines = list(SlateLine.objects.filter(case__in=list(case_ids), open=True).select_related("slate"))
    for line in lines:
        line.open = False
        line.struck_at = tx.at
        line.struck_reason = reason[:200]
    SlateLine.objects.bulk_update(lines, ["open", "struck_at", "struck_reason"])
    for slate in {line.slate for line in lines}:
        if slate.lines.filter(open=True).exists():
            continue
        for round_ in Round.objects.filter(slate=slate, status=RoundStatus.OPEN):
            cancel(round_, reason="slate.empty", at=tx.at)
            close_due(tx, round_)
            announce(tx, round_, "round_task.closed")
        slate.closed_at = tx.at
        slate.save(update_fields=["closed_at"])


def free_lines(tx: Transaction, slate: Slate) -> list[int]:
    """Close a slate whose round was cancelled: its cases lie with whoever tabled them, and may be tabled again."""
    lines = list(SlateLine.objects.filter(slate=slate, open=True).order_by("case_id"))
    cases = [line.case_id for line in lines]
    list(Declaration.objects.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk"))
    for line in lines:
        line.open, line.outcome = False, CANCELLED
    SlateLine.objects.bulk_update(lines, ["open", "outcome"])
    slate.closed_at = tx.at
    slate.save(update_fields=["closed_at"])
    wait_at_office(cases, slate.tabled_by, tx.at)
    return cases


def lock_rounds_of(case_ids: Iterable[int]) -> None:
    """Rounds before cases: the one order of locks."""
    slates = SlateLine.objects.filter(case__in=list(case_ids), open=True).values("slate_id")
    list(Round.objects.filter(slate__in=slates, status=RoundStatus.OPEN).order_by("pk").select_for_update())


def wait_in_round(case_ids: Iterable[int], at: object) -> None:
    """The cases lie in nobody's inbox of their own: the participants' tasks carry them. A copy, no step."""
    Declaration.objects.filter(pk__in=list(case_ids)).update(
        waiting_role="round", waiting_unit=None, assignee=None, since=at
    )


def wait_at_office(case_ids: Iterable[int], office: Office, at: object) -> None:
    """The round did not carry them: whoever tabled them has them again."""
    Declaration.objects.filter(pk__in=list(case_ids), waiting_role="round").update(
        waiting_role=office.role, waiting_unit=office.unit_id, since=at
    )
