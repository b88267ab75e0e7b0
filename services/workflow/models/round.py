"""Rounds and their tasks: the rows that viewflow keeps while several bodies work on one slate.

The only file that may import `viewflow.workflow.models`. Nothing but the flows of `rounds/` writes a status
here. A row of RoundTask is either a participant's task (`flow_task_type` HUMAN) or viewflow's own bookkeeping
of a gateway.

viewflow fills `created`, `started` and `finished` by a clock of its own and asks only whether `finished` is
empty. What decides and what is shown are `opened_at`, `closed_at`, `decided_at` and `due_at`, which commands
pass in.
"""

# viewflow carries no types; models.Model stands beside its classes so that the columns are seen all the same.
# mypy: disallow-subclassing-any=False

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from viewflow.workflow.models import AbstractProcess, AbstractTask

from services.workflow.domain.stages import ROUND_KINDS
from services.workflow.models.unit import Member, Office, Unit

HUMAN = "HUMAN"


class RoundStatus(StrEnum):
    """What viewflow writes into `status`, of a round and of a participant's task alike."""

    OPEN = "NEW"
    DONE = "DONE"
    CANCELLED = "CANCELED"


class Round(AbstractProcess, models.Model):
    """会签轮次: one slate before the bodies that handle it together, or one objection before those who look into it.

    `rule` is read by rounds/rule.py. `outcome` is written once, by the flow's last nodes; a cancelled round
    has {"cancelled": reason} there.
    """

    slate = models.ForeignKey("workflow.Slate", models.PROTECT, related_name="rounds")
    mode = models.CharField(max_length=12)
    rule = models.JSONField(default=dict)
    opened_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_provisional = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    outcome = models.JSONField(null=True)

    created = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Round"]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=list(ROUND_KINDS)), name="round_mode_known"),
            models.CheckConstraint(
                condition=Q(status=RoundStatus.OPEN, closed_at__isnull=True, outcome__isnull=True)
                | Q(
                    status__in=[RoundStatus.DONE, RoundStatus.CANCELLED],
                    closed_at__isnull=False,
                    outcome__isnull=False,
                ),
                name="round_closed_with_outcome",
            ),
            models.UniqueConstraint(
                fields=["slate"], condition=Q(status=RoundStatus.OPEN), name="one_open_round_a_slate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slate_id} {self.mode} {self.status}"

    @property
    def is_open(self) -> bool:
        return str(self.status) == RoundStatus.OPEN


class RoundTask(AbstractTask, models.Model):
    """待办: what one participant of a round has to answer; the vote has one for each member.

    `version` starts at 1 and rises when the task is answered or cancelled. `removed_at` tells a participant
    who was taken out (减签) from one who stayed silent until the round was closed; both tasks are cancelled.
    """

    process = models.ForeignKey(Round, models.PROTECT, related_name="task_set")
    participant_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    participant_role = models.CharField(max_length=20, blank=True, default="")
    assignee = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    due_provisional = models.BooleanField(default=False)
    verdict = models.CharField(max_length=20, blank=True, default="")
    decided_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    # What viewflow's node classes write; without the single-column indexes of its abstract model.
    status = models.CharField(max_length=12, default=RoundStatus.OPEN)
    created = models.DateTimeField(db_default=Now())

    # Not columns here: timers, jobs and permissions go unused, and an owner's tasks would go with the person.
    scheduled = None
    assigned = None
    external_task_id = None
    owner = None
    owner_permission = None
    owner_permission_content_type = None
    owner_permission_obj_pk = None

    objects: ClassVar[models.Manager["RoundTask"]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(flow_task_type=HUMAN)
                | Q(status__in=[str(s) for s in RoundStatus], participant_unit__isnull=False),
                name="round_task_has_participant",
            ),
            models.CheckConstraint(
                condition=~Q(flow_task_type=HUMAN)
                | (
                    Q(status=RoundStatus.DONE, decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(verdict="")
                )
                | (
                    ~Q(status=RoundStatus.DONE)
                    & Q(decided_at__isnull=True, decided_by__isnull=True, verdict="")
                ),
                name="round_task_decided_when_done",
            ),
            models.UniqueConstraint(
                fields=["process", "participant_unit", "assignee"],
                condition=Q(flow_task_type=HUMAN) & ~Q(status=RoundStatus.CANCELLED),
                nulls_distinct=False,
                name="one_task_a_participant",
            ),
        ]
        indexes = [
            # The inbox of a body: queries/inbox.py, open round tasks by role and unit.
            models.Index(
                fields=["participant_role", "participant_unit", "due_at", "id"],
                condition=Q(status=RoundStatus.OPEN),
                name="round_task_open_of_unit",
            ),
            # The inbox of one person: votes are asked of members, and claimed tasks carry who took them.
            models.Index(
                fields=["assignee", "due_at", "id"],
                condition=Q(status=RoundStatus.OPEN, assignee__isnull=False),
                name="round_task_open_of_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.participant_role}@{self.participant_unit_id} {self.status}"

    @property
    def is_open(self) -> bool:
        return str(self.status) == RoundStatus.OPEN


# A class body can drop an inherited column, not an inherited generic foreign key; its columns are gone above.
RoundTask._meta.private_fields.clear()
RoundTask.owner_permission_obj = None
