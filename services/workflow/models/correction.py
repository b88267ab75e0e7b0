"""What a return asks to be put right, point by point."""

from django.db import models

from services.workflow.models.declaration import Declaration


class Correction(models.Model):
    """One point of a return: an indicator or criterion, and what is wanted there. Never changed afterwards.

    `version` is that of the return in the ledger; `asked_at_leg` asked, `to_leg` is where it is put right.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="corrections")
    version = models.IntegerField()
    asked_at_leg = models.SmallIntegerField()
    to_leg = models.SmallIntegerField()
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=12)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "version", "part"], name="one_correction_a_part_and_return"
            ),
            models.CheckConstraint(
                condition=models.Q(to_leg__lt=models.F("asked_at_leg")), name="correction_goes_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.part}"
