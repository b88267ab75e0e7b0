"""What happened in a round beside its answers: insert-only, read as the round's course."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from services.workflow.models.round import Round, RoundTask
from services.workflow.models.unit import Office


class NoteKind(StrEnum):
    EXTENDED = "extended"
    ADDED = "added"
    REMOVED = "removed"
    REMINDED = "reminded"
    STRUCK = "struck"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    COUNT_ENTERED = "count_entered"
    COUNT_CONFIRMED = "count_confirmed"
    LATE = "late"


class RoundNote(models.Model):
    """One act of the organiser, or an opinion that came too late; it moves nothing."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="notes")
    task = models.ForeignKey(RoundTask, models.PROTECT, null=True, related_name="+")
    case_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in NoteKind]), name="round_note_known"),
        ]
        indexes = [models.Index(fields=["round", "id"], name="round_note_of_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind}"
