"""Public notices, the frozen lines they show, and the objections they bring."""

from django.db import models

from services.workflow.domain.stages import NoticeSubject
from services.workflow.models.case import Case
from services.workflow.models.declaration import Declaration
from services.workflow.models.lifecycle.notice import NoticeLifecycle
from services.workflow.models.lifecycle.objection import ObjectionLifecycle
from services.workflow.models.programme import Edition
from services.workflow.models.unit import Office, Unit


class Notice(NoticeLifecycle, Case):
    KIND = "notice"
    FIELD = "status"
    CARRIED = (
        "prepared_by_id", "released_by_id", "released_at", "opened_on", "ends_on", "ends_at", "number", "withheld",
        "withheld_reason", "shown_days",
    )  # fmt: skip

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="notices")
    leg_key = models.CharField(max_length=40, blank=True, default="")
    subject = models.CharField(max_length=12, default=str(NoticeSubject.CANDIDATES))
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True, default="")
    text = models.TextField()
    signer = models.CharField(max_length=80)
    working_days = models.PositiveSmallIntegerField()
    opening_day_counts = models.BooleanField()
    # Days after its close on which it is taken down by itself; none: it stays, with its result.
    shown_days = models.PositiveSmallIntegerField(null=True, blank=True)
    prepared_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    released_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    # Kept from the public: that it runs is public, and why it is not.
    withheld = models.BooleanField(default=False)
    withheld_reason = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.title


class NoticeLine(models.Model):
    """One unit as the notice shows it; frozen when the notice is drawn up."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="lines")
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="notice_lines")
    position = models.PositiveIntegerField()
    unit_name = models.CharField(max_length=80)
    town_name = models.CharField(max_length=80)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "declaration"], name="notice_line_once"),
            models.UniqueConstraint(fields=["notice", "position"], name="notice_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.position}"


class NoticeFile(models.Model):
    """A file that is published with a notice: what was handed in, what the public gets, and what a scan found.

    `findings` is {"found", "unread", "count"} of scanning/scan.py, without any number. Removed ones are kept.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    public_sha256 = models.CharField(max_length=64)
    public_size = models.PositiveIntegerField()
    findings = models.JSONField()
    added_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    vouched_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    vouched_at = models.DateTimeField(null=True, blank=True)
    vouched_reason = models.TextField(blank=True, default="")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="notice_file_position_once"),
            models.CheckConstraint(
                condition=models.Q(vouched_by__isnull=True, vouched_at__isnull=True, vouched_reason="")
                | (
                    models.Q(vouched_by__isnull=False, vouched_at__isnull=False)
                    & ~models.Q(vouched_reason="")
                ),
                name="vouched_by_name_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Objection(ObjectionLifecycle, Case):
    """An objection to one unit of a notice. Who objects lies sealed in ObjectorIdentity."""

    KIND = "objection"
    FIELD = "status"
    CARRIED = ("investigator_unit_id", "finding", "outcome", "reply", "effect", "seal_seen")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="objections")
    receipt = models.CharField(max_length=24, unique=True)
    channel = models.CharField(max_length=12, default="web")
    objector_kind = models.CharField(max_length=12)
    text = models.TextField()
    lodged_at = models.DateTimeField()
    # The day that counts for the deadline: of the postmark, of arrival; of a form, that of its sending.
    came_on = models.DateField()
    # Of a unit: whether somebody of the office has seen its seal on paper.
    seal_seen = models.BooleanField(default=False)
    investigator_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    finding = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=12, blank=True, default="")
    effect = models.CharField(max_length=12, blank=True, default="")
    # When what was sustained had its effect otherwise than by disqualification: it holds the unit no longer.
    settled_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True, default="")

    @property
    def counts(self) -> bool:
        """Lodged by name or with a seal that was seen; a tip is kept apart until it is found to be true."""
        return self.objector_kind == "person" or bool(self.seal_seen) or self.outcome == "sustained"

    class Meta:
        indexes = [models.Index(fields=["declaration", "status"], name="objection_of_declaration")]

    def __str__(self) -> str:
        return self.receipt


class ObjectorIdentity(models.Model):
    """Name and contact, encrypted under their own key; every look is a row."""

    objection = models.OneToOneField(Objection, models.PROTECT, primary_key=True, related_name="identity")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class SealedLetter(models.Model):
    """The scan of a letter that brought an objection: encrypted in the store under the identity's key, by its sha256.

    Its name is not kept: people name their scans after who wrote.
    """

    objection = models.OneToOneField(Objection, models.PROTECT, primary_key=True, related_name="letter")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.pk)


class IdentityLook(models.Model):
    """Somebody opened a sealed identity, or the letter that was sealed with it."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="looks")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=200)
    letter = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.objection_id} {self.office_id}"
