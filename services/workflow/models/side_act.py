"""What people do about work without moving it, and what they keep for themselves while they work."""

from django.db import models
from django.db.models import F, Q

from services.workflow.models.round import RoundTask
from services.workflow.models.unit import Member, Office

# A hand-over is a step by now; those of before stay in the timeline.
SIDE_ACTS = (
    "claim",
    "release",
    "reassign",
    "urge",
    "copy",
    "recuse",
    "hand_over",
    "escalate",
    "cosign",
    "opinion",
)


class SideAct(models.Model):
    """领取 / 退回领取 / 转办 / 催办 / 抄送 / 回避 / 督办 / 加签: who did what to whose work; never changed.

    `actor` took it in `office`; where that is another's office, on behalf of its holder. The system has neither.
    """

    kind = models.CharField(max_length=12)
    case_id = models.BigIntegerField(null=True)
    case_kind = models.CharField(max_length=20, blank=True, default="")
    task = models.ForeignKey(RoundTask, models.PROTECT, null=True, related_name="side_acts")
    actor = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    to_member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SIDE_ACTS), name="side_act_known"),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False, task__isnull=True)
                | Q(case_id__isnull=True, task__isnull=False),
                name="side_act_on_one_thing",
            ),
        ]
        indexes = [
            # The timeline of a case, and how often it was urged: queries/side_acts.py.
            models.Index(
                fields=["case_id", "at"], name="side_act_of_case", condition=Q(case_id__isnull=False)
            ),
            models.Index(fields=["actor", "-id"], name="side_act_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id or self.task_id}"


class Copy(models.Model):
    """抄送: a case that somebody was told to read. It gives no right: only who may see the case is sent one."""

    case_id = models.BigIntegerField()
    case_kind = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, related_name="copies")
    sent_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "member"], name="one_copy_a_reader")]
        # The tab of what was copied to me: queries/side_acts.py, copied_to.
        indexes = [models.Index(fields=["member", "-at"], name="copy_of_member")]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.member_id}"


class Deputy(models.Model):
    """委托: everything of one person goes to another for a time; each act says on whose behalf it was taken."""

    principal = models.ForeignKey(Member, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Member, models.PROTECT, related_name="stands_in_for")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="deputy_for_some_time"),
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="deputy_is_another"),
        ]
        # Whose offices one may act in now: queries/deputies.py.
        indexes = [
            models.Index(
                fields=["deputy", "ends_at"], name="deputy_now", condition=Q(revoked_at__isnull=True)
            ),
            models.Index(
                fields=["principal", "ends_at"], name="deputies_of", condition=Q(revoked_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.principal_id}"


class SavedView(models.Model):
    """我的视图: what an inbox is narrowed to, under a name of its owner's."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="views")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name


class Phrase(models.Model):
    """常用意见: what somebody often writes, offered wherever an opinion is asked for."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "text"], name="one_phrase_once")]

    def __str__(self) -> str:
        return self.text
