"""What every case has in common: its place, its version, and whom it waits for."""

from typing import ClassVar

from django.db import models

from services.workflow.domain.stages import Role
from services.workflow.models.fields import CurrentXact, NextCaseId, Xid8Field
from services.workflow.models.unit import Member, Unit


class Case(models.Model):
    """A row with a machine. Only commands/advance.py writes its stage or status, leg and version.

    `waiting_role` and `waiting_unit` say whose inbox it lies in; `due_at` is the copy of its open due work.
    """

    KIND: ClassVar[str]
    FIELD: ClassVar[str]
    CARRIED: ClassVar[tuple[str, ...]] = ()

    id = models.BigIntegerField(primary_key=True, db_default=NextCaseId())
    version = models.IntegerField(default=0)
    last_xid = Xid8Field(db_default=CurrentXact(), editable=False)
    leg = models.SmallIntegerField(null=True, blank=True)
    waiting_role = models.CharField(max_length=20, blank=True, default="")
    waiting_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    town = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # The body that runs the case's edition, or issued the notice; it always hears of it.
    office_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    office_role = models.CharField(max_length=20, default=str(Role.OFFICE))
    assignee = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    paused_days = models.SmallIntegerField(null=True, blank=True)
    # How many recused themselves: a step that was asked before the last of them is asked again (commands/writing.py).
    recusals = models.SmallIntegerField(db_default=0)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """Its stage or status, whichever its kind has."""
        return str(getattr(self, self.FIELD))
