"""A vote's meeting, and the count of a vote on paper: who was there, who stayed out, and how many said what.

Of a secret vote nothing else is kept: no ballot, and nothing that joins a voice to a member.
"""

from django.db import models
from django.db.models import F, Q

from services.workflow.models.declaration import Declaration
from services.workflow.models.round import Round
from services.workflow.models.unit import Member, Office


class Meeting(models.Model):
    """会议: when and where a vote was held, who led it and who wrote it down; the head of its minutes."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="meeting")
    held_on = models.DateField()
    place = models.CharField(max_length=100)
    chair = models.CharField(max_length=50)
    recorder = models.CharField(max_length=50)
    remarks = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    kept_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.held_on}"


class PaperVote(models.Model):
    """无记名投票: entered by the teller, confirmed by the scrutineer; a trigger keeps it from then on."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="paper_vote")
    version = models.IntegerField(default=1)
    teller = models.ForeignKey(Member, models.PROTECT, related_name="+")
    teller_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    sheet_name = models.CharField(max_length=120, blank=True)
    sheet_sha256 = models.CharField(max_length=64, blank=True)
    sheet_media_type = models.CharField(max_length=100, blank=True)
    scrutineer = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    scrutineer_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scrutineer__isnull=True) | ~Q(scrutineer=F("teller")),
                name="scrutineer_is_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=True, scrutineer__isnull=True, scrutineer_office__isnull=True
                )
                | (
                    Q(confirmed_at__isnull=False, scrutineer__isnull=False, scrutineer_office__isnull=False)
                    & ~Q(sheet_sha256="")
                ),
                name="paper_vote_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.entered_at}"


class PaperCount(models.Model):
    """What the papers say of one line."""

    vote = models.ForeignKey(PaperVote, models.PROTECT, related_name="counts")
    case = models.ForeignKey(Declaration, models.PROTECT, related_name="+")
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstain = models.PositiveSmallIntegerField()
    spoiled = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "case"], name="one_paper_count_a_line")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.in_favour}/{self.against}/{self.abstain}"


class Attendance(models.Model):
    """Whether an entitled member came to the meeting of a vote on paper; with the reason where not."""

    vote = models.ForeignKey(PaperVote, models.PROTECT, related_name="attendance")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    present = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "member"], name="one_attendance_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.present}"
