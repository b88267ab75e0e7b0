"""The newest thing that happened to a case."""

from services.workflow.models import LedgerEntry
from services.workflow.queries.history import Entry, history_of


def last_entry(case_id: int) -> Entry | None:
    """The last step of a case, with the people in words."""
    newest = LedgerEntry.objects.filter(case_id=case_id).order_by("-seq").values_list("seq", flat=True)
    seq = newest.first()
    return history_of(case_id, after=seq - 1, limit=1)[0] if seq else None
