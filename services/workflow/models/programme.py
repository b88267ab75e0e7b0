"""Programmes, their frozen versions, and the editions that run them."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from services.workflow.models.case import Case
from services.workflow.models.lifecycle.programme import ProgrammeLifecycle
from services.workflow.models.unit import Office, Unit


def new_seed() -> str:
    return secrets.token_hex(32)


class Programme(ProgrammeLifecycle, Case):
    KIND = "programme"
    FIELD = "status"
    CARRIED = ("proposed_version_id", "admitted_at", "notice_ends_at")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=25)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    admitting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # The version that was last put before the leading group; what it says is what was asked for.
    proposed_version = models.ForeignKey(
        "workflow.ProgrammeVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    admitted_at = models.DateTimeField(
        null=True, blank=True
    )  # first; a later admission is of a standing programme
    notice_ends_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class ProgrammeVersion(models.Model):
    """A published definition; a trigger refuses any change to it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="version_numbered_once"),
            models.UniqueConstraint(fields=["programme", "content_hash"], name="version_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} v{self.number}"


class Edition(models.Model):
    """One yearly run of a programme; keeps the version it opened with."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions")
    definition_version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="editions")
    district = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # A date outside these is a warning, never a bar.
    evaluation_opens_on = models.DateField(null=True, blank=True)
    evaluation_closes_on = models.DateField(null=True, blank=True)
    naming_opens_on = models.DateField(null=True, blank=True)
    naming_closes_on = models.DateField(null=True, blank=True)
    # Secret until the last case has left the last leg that draws a sample (domain/sampling.py).
    draw_seed = models.CharField(max_length=64, default=new_seed)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="edition_once_a_year"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="edition_window"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeDraft(models.Model):
    """A version in the making: plain values that may still be faulty. `revision` rises with each save, and a save is
    refused where somebody else has saved the same part since.

    It belongs to the body that hosts it, `editors` are the people who wrote in it since it was last published.
    """

    programme = models.OneToOneField(Programme, models.PROTECT, null=True, related_name="draft")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    definition = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    touched = models.JSONField(default=dict)  # the revision that each part was last saved with
    editors = ArrayField(models.BigIntegerField(), default=list)
    saved_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.definition.get("name", "")) or f"draft {self.pk}"
