"""Templates of papers that the site put in the place of the shipped ones; rows are only added."""

from django.db import models

from services.workflow.models.unit import Office

# The papers that have a template, by the name of its file without the ending.
PAPER_NAMES = ("resolution", "rectification", "revocation", "notice", "minutes", "certificate", "plaque")
FILENAME_MOST = 200


class PaperTemplate(models.Model):
    """One change: from then on this file is used; one without a digest went back to the template before all uploads."""

    name = models.CharField(max_length=20)
    # 1, 2, 3 …: of two who saw the same last one, one is first
    number = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField(max_length=FILENAME_MOST, blank=True)
    by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
