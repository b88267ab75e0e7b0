"""Why somebody keeps their hands off a case: relations they declared, recusals, and what was refused for it."""

from django.db import models
from django.db.models import Q

from services.workflow.models.unit import Member, Office, Unit

NATURES = ("kin", "former_post", "interest", "other")


class Relation(models.Model):
    """利益冲突登记: a person is related to a unit, or to somebody who works there; open until it is ended."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="relations")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    nature = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True, default="")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=NATURES), name="relation_nature_known"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True)
                | Q(unit__isnull=True, person__isnull=False),
                name="relation_to_one",
            ),
            models.UniqueConstraint(
                fields=["member", "unit", "person"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_open_relation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.nature} {self.unit_id or self.person_id}"


class Recusal(models.Model):
    """回避: this person has nothing more to do with this case, and says why. A trigger refuses any change.

    `round` is the vote in which it was said, where it was said there.
    """

    case_id = models.BigIntegerField()
    case_kind = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, related_name="recusals")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    reason = models.TextField()
    replaced_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey("workflow.Round", models.PROTECT, null=True, related_name="recusals")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "member"], name="one_recusal_a_case")]

    def __str__(self) -> str:
        return f"{self.member_id} from {self.case_id}"


class RefusedAct(models.Model):
    """What separation of duty refused to whom. A trigger refuses any change; the audit administrator reads it."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=24)
    case_id = models.BigIntegerField(null=True)
    task_id = models.BigIntegerField(null=True)
    code = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} {self.step} {self.code}"
