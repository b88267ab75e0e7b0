"""Titles that are held, their re-reviews and rectifications."""

from django.db import models
from django.db.models import Q

from services.workflow.domain.stages import LIVE_HONOUR
from services.workflow.models.case import Case
from services.workflow.models.declaration import Declaration
from services.workflow.models.lifecycle.honour import HonourLifecycle
from services.workflow.models.lifecycle.rectification import RectificationLifecycle
from services.workflow.models.programme import Edition, Programme, ProgrammeVersion
from services.workflow.models.unit import Office, Unit


class Honour(HonourLifecycle, Case):
    KIND = "honour"
    FIELD = "status"
    CARRIED = (
        "last_reviewed_on", "next_rereview_on", "proposer_unit_id", "revoked_on", "banned_until",
        "plaque_returned_on", "plaque_returned_by", "unit_id", "town_id", "district_id",
    )  # fmt: skip

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="honours")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="honours")
    earned_under = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="+")
    declaration = models.OneToOneField(Declaration, models.PROTECT, related_name="honour")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="honours")
    title = models.CharField(max_length=60)
    number = models.CharField(max_length=30, unique=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    level = models.CharField(max_length=40, blank=True, default="")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    conferred_on = models.DateField()
    resolution = models.ForeignKey(
        "workflow.DocumentFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_reviewed_on = models.DateField(null=True, blank=True)
    next_rereview_on = models.DateField(null=True, blank=True)
    proposer_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_on = models.DateField(null=True, blank=True)
    banned_until = models.DateField(null=True, blank=True)
    plaque_returned_on = models.DateField(null=True, blank=True)
    plaque_returned_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit"],
                condition=Q(status__in=[str(s) for s in LIVE_HONOUR]),
                name="one_live_honour",
            )
        ]
        indexes = [
            models.Index(
                fields=["waiting_role", "waiting_unit", "due_at", "id"],
                condition=~Q(waiting_role=""),
                name="honour_waiting_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.title}"


class ReReview(models.Model):
    """One re-review of an honour, by the standard in force when it opened."""

    honour = models.ForeignKey(Honour, models.PROTECT, related_name="rereviews")
    definition_version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["honour"], condition=Q(closed_at__isnull=True), name="one_open_rereview"
            )
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.opened_at}"


class Rectification(RectificationLifecycle, Case):
    KIND = "rectification"
    FIELD = "status"
    CARRIED = ("plan_text", "report_text", "deadline_on", "result_text")

    honour = models.ForeignKey(Honour, models.PROTECT, related_name="rectifications")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    points_text = models.TextField()
    plan_text = models.TextField(blank=True, default="")
    report_text = models.TextField(blank=True, default="")
    result_text = models.TextField(blank=True, default="")
    deadline_on = models.DateField()
    ordered_by = models.ForeignKey(Office, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.unit.name} {self.deadline_on}"
