"""Units, the people who act for them, and the offices they hold."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from services.workflow.domain.accounts import AccountAct
from services.workflow.domain.stages import Role, UnitKind


class Unit(models.Model):
    """A body or a subject. `town` and `district` are the bodies above it, kept so that scope is a column."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    town = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=20, blank=True)
    pinyin = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in UnitKind]), name="unit_kind_known")
        ]
        indexes = [models.Index(fields=["district", "kind", "pinyin"], name="unit_in_district")]

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, username: str, password: str | None = None, *, name: str) -> "Member":
        member = self.model(username=username, name=name)
        member.set_password(password)
        member.save()
        return member


class Member(AbstractBaseUser):
    """A person who logs in. What they may do stands in their offices."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[MemberManager] = MemberManager()

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """One role in one unit, held by one person for a time. Never deleted: the ledger points here."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="offices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices")
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    # 负责人: hears of what has stayed undone past its day.
    is_head = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[str(r) for r in Role]), name="office_role_known"),
            models.UniqueConstraint(
                fields=["member", "unit", "role"], condition=Q(until__isnull=True), name="office_once"
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="office_of_unit")]

    def __str__(self) -> str:
        return f"{self.name} · {self.unit.name}"


class ApiToken(models.Model):
    """A bearer token; only its digest is kept."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} until {self.expires_at}"


class AccountEvent(models.Model):
    """What happened to somebody's account, and by whom; only added to. `by` is empty where they did it themselves."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="account_events")
    act = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=[str(act) for act in AccountAct]), name="account_act_known"
            )
        ]
        indexes = [models.Index(fields=["member", "-id"], name="account_events_of")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.act} {self.at}"
