"""What is told beyond the browser: to whom, how, when, and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from services.workflow.domain.messages import Channel, EndpointKind, How, MessageKind
from services.workflow.domain.rhythm import DIGEST_AT, REMIND_DAYS
from services.workflow.models.fields import Xid8Field
from services.workflow.models.unit import Member, Office, Unit


class FeedPlace(models.Model):
    """How far the relay has read the feed, and the last working day whose reminders were written."""

    name = models.CharField(max_length=20, primary_key=True)
    xid = Xid8Field()
    number = models.BigIntegerField()
    reminded_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.xid}.{self.number}"


class Reach(models.Model):
    """How a person can be reached on one channel; sealed, because addresses are personal data and robots' secrets."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="reaches")
    channel = models.CharField(max_length=12)
    sealed = models.BinaryField()
    shown = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "channel"], name="reach_once"),
            models.CheckConstraint(
                condition=Q(channel__in=[str(c) for c in Channel]), name="reach_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.channel}"


class Choice(models.Model):
    """What a person wants to hear of one kind on one channel; without a row the default holds."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    how = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="choice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in MessageKind], how__in=[str(h) for h in How])
                & Q(channel__in=[str(c) for c in Channel]),
                name="choice_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.channel} {self.how}"


class MemberRhythm(models.Model):
    """When a person may be disturbed, and in which language; without a row the defaults hold."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="rhythm")
    language = models.CharField(max_length=8, default="zh-hans")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    rest_days_quiet = models.BooleanField(default=False)
    digest_at = models.TimeField(default=DIGEST_AT)
    remind_days = models.PositiveSmallIntegerField(default=REMIND_DAYS)

    def __str__(self) -> str:
        return f"{self.member_id} {self.language}"


class Endpoint(models.Model):
    """Another system or a group's robot. It hears what its office may see; without one, what is public."""

    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True, default="")
    district = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kinds = ArrayField(models.CharField(max_length=12))
    shown = models.CharField(max_length=200)
    sealed = models.BinaryField()
    active = models.BooleanField(default=True)
    made_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in EndpointKind]), name="endpoint_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryTarget(models.Model):
    """What rests after a failure, and is served by one worker at a time: the mail server, one robot, one webhook."""

    key = models.CharField(max_length=40, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.key} {self.failures}"


class Delivery(models.Model):
    """One message to one person on one channel, or to one endpoint. `ended` is empty while it waits.

    `send_at` is by the product's clock (quiet hours, digest); `retry_at` and `since` by PostgreSQL's own.
    """

    key = models.CharField(max_length=60)
    target = models.CharField(max_length=40)
    channel = models.CharField(max_length=12)
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, null=True, related_name="deliveries")
    district = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12)
    event = models.JSONField()
    send_at = models.DateTimeField()
    since = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")
    receipt = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            # However often an event is read, it becomes one message to one receiver.
            models.UniqueConstraint(
                fields=["key", "channel", "member", "endpoint"], nulls_distinct=False, name="delivery_once"
            )
        ]
        indexes = [
            # What may be sent now: commands/deliveries.py, due_targets and claim.
            models.Index(fields=["target", "send_at", "id"], condition=Q(ended=""), name="delivery_waiting"),
            # Dead letters: queries/deliveries.py.
            models.Index(fields=["-id"], condition=Q(ended="dead"), name="delivery_dead"),
            models.Index(fields=["endpoint", "-id"], name="delivery_of_endpoint"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.channel} {self.ended or 'waiting'}"


class DeliveryAttempt(models.Model):
    """One try: when, how long it took, what the other side said."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries")
    at = models.DateTimeField(db_default=Now())
    ok = models.BooleanField()
    answer = models.CharField(max_length=200, blank=True, default="")
    took_ms = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.at}"
