"""Programmes, their frozen versions, and the editions that run them."""

from django.db import models
from django.db.models import Q

from services.workflow.models.case import Case
from services.workflow.models.lifecycle.programme import ProgrammeLifecycle
from services.workflow.models.unit import Unit


class Programme(ProgrammeLifecycle, Case):
    KIND = "programme"
    FIELD = "status"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=25)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    admitting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class ProgrammeVersion(models.Model):
    """A published definition; a trigger refuses any change to it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="edition_once_a_year"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="edition_window"),
        ]

    def __str__(self) -> str:
        return self.name
