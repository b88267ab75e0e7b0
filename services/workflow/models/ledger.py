"""The ledger, the signals beside it, the list of what falls due, and the log of commands."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from services.workflow.models.fields import CurrentXact, Xid8Field
from services.workflow.models.unit import Member, Office


class LedgerEntry(models.Model):
    """One step of one case: history, audit and feed in one. A trigger refuses any change to it."""

    id = models.BigIntegerField(primary_key=True)
    xid = Xid8Field(db_default=CurrentXact())
    case_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    seq = models.IntegerField()
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    leg = models.SmallIntegerField(null=True)
    step = models.CharField(max_length=24)
    # `ledger_by_actor` begins with it.
    actor = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", db_index=False)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    topics = ArrayField(models.CharField(max_length=60))
    public = models.JSONField(null=True)

    class Meta:
        db_table = "ledger"
        constraints = [models.UniqueConstraint(fields=["case_id", "seq"], name="ledger_gap_free")]
        indexes = [
            # The feed reads in this order: services/notify/feed.py.
            models.Index(fields=["xid", "id"], name="ledger_feed"),
            # "Done by me" in the inbox: queries/inbox.py, handled_by.
            models.Index(fields=["actor", "-id"], name="ledger_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.step}"


class LedgerText(models.Model):
    """The reason given with a step. Kept apart with its salt, so that both can be erased."""

    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, primary_key=True, related_name="reason", db_constraint=False
    )
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        db_table = "ledger_text"

    def __str__(self) -> str:
        return self.text


class Signal(models.Model):
    """What happened without a step. Goes after seven days; the ledger alone is history."""

    id = models.BigIntegerField(primary_key=True)
    xid = Xid8Field(db_default=CurrentXact())
    type = models.CharField(max_length=40)
    topics = ArrayField(models.CharField(max_length=60))
    case_id = models.BigIntegerField(null=True)
    body = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "signal"
        indexes = [models.Index(fields=["xid", "id"], name="signal_feed")]

    def __str__(self) -> str:
        return f"{self.id} {self.type}"


class Due(models.Model):
    """Something that falls due once. Written with the change that causes it, fired by the sweep."""

    kind = models.CharField(max_length=24)
    n = models.PositiveSmallIntegerField(default=1)
    case_id = models.BigIntegerField(null=True)
    case_kind = models.CharField(max_length=20, blank=True, default="")
    task = models.ForeignKey(
        "workflow.RoundTask", models.PROTECT, null=True, related_name="+", db_index=False
    )
    leg = models.SmallIntegerField(null=True)
    version = models.IntegerField(default=0)
    at = models.DateTimeField()
    inputs = models.JSONField(default=dict)
    provisional = models.BooleanField(default=False)
    fired_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "due"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "n", "case_id", "task", "version"], nulls_distinct=False, name="due_once"
            )
        ]
        indexes = [
            # The sweep: commands/due.py, fire.
            models.Index(
                fields=["at", "id"],
                condition=Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="due_open",
            ),
            # The earliest of a case, asked of each row by the sweep: were its order not in the index, PostgreSQL might
            # look through all that is due for each of ten thousand. Also what a step closes: commands/writing.py.
            models.Index(
                fields=["case_id", "at", "id"],
                condition=Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="due_next_of_case",
            ),
            # What falls due of a round's tasks: commands/task_due.py.
            models.Index(fields=["task"], condition=Q(task__isnull=False), name="due_of_task"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id or self.task_id}"


class CommandLog(models.Model):
    """An idempotency key, who used it for what, and the answer they got."""

    key = models.UUIDField(primary_key=True)
    actor = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    request_hash = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "command_log"

    def __str__(self) -> str:
        return str(self.key)


class CalendarDay(models.Model):
    """A weekday that is a holiday or a weekend day that is worked, by the State Council's notice."""

    date = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.date} {'work' if self.working else 'rest'}"


class CalendarYear(models.Model):
    """A year whose calendar is known."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=80)

    def __str__(self) -> str:
        return str(self.year)


class CalendarLoading(models.Model):
    """A year's calendar was taken over from a document: what of it differed from what was known. Never changed."""

    year = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=80)
    changes = models.JSONField()
    by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.year} {self.document}"


class CalendarShift(models.Model):
    """One date that was counted again because a year became known. Never changed."""

    loading = models.ForeignKey(CalendarLoading, models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=24)
    case_id = models.BigIntegerField(null=True)
    case_kind = models.CharField(max_length=20, blank=True, default="")
    task = models.ForeignKey("workflow.RoundTask", models.PROTECT, null=True, related_name="+")
    before = models.DateTimeField()
    after = models.DateTimeField()
    provisional = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id or self.task_id}: {self.before} {self.after}"


class DemoClock(models.Model):
    """How far the demo's time has been moved ahead; one row, zero outside the demo."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    class Meta:
        db_table = "demo_clock"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_clock")]

    def __str__(self) -> str:
        return str(self.offset)


class DocumentNumber(models.Model):
    """The last number given by one issuer in one year; locked while the next is taken, so none is skipped."""

    prefix = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="document_number_series")]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.last}"


class DocumentFile(models.Model):
    """An official document that was made: what it says (`paper`) and the file it became."""

    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60, unique=True)
    edition = models.ForeignKey("workflow.Edition", models.PROTECT, null=True, related_name="documents")
    case_id = models.BigIntegerField(null=True)
    paper = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        # Decisions without a file: queries/papers.py, papers_to_make.
        indexes = [models.Index(fields=["id"], condition=Q(sha256=""), name="document_to_make")]

    def __str__(self) -> str:
        return self.number
