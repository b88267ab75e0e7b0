"""The course of a round beside its answers."""

from services.workflow.models import Round, RoundNote


def notes_of(round_: Round) -> list[RoundNote]:
    """What its organiser did and what came too late, oldest first, with the people at hand."""
    rows = RoundNote.objects.filter(round=round_).select_related("office__unit", "task__participant_unit")
    return list(rows.order_by("pk"))
