"""Slates, their lines, and what the participants of a round say of each line."""

from django.db import models
from django.db.models import Q

from services.workflow.domain.stages import FINDING
from services.workflow.models.declaration import Declaration
from services.workflow.models.programme import Edition
from services.workflow.models.unit import Member, Office


class Slate(models.Model):
    """名单: the cases that bodies handle together at one leg; frozen once it is tabled.

    One whose round was cancelled may be tabled again, changed, under the same number as its next version.
    What other bodies are asked about an objection has neither lines nor a number: the objection itself, which they do
    not see, and the question that its investigator puts to them.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="slates")
    number = models.PositiveSmallIntegerField()
    leg = models.SmallIntegerField()
    mode = models.CharField(max_length=12)
    track = models.CharField(max_length=40, blank=True, default="")
    tabled_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    tabled_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    objection = models.ForeignKey(
        "workflow.Objection", models.PROTECT, null=True, blank=True, related_name="slates"
    )
    question = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number", "version"],
                condition=Q(objection__isnull=True),
                name="slate_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(closed_at__isnull=True),
                name="one_open_question_an_objection",
            ),
            models.CheckConstraint(
                condition=Q(objection__isnull=True, question="")
                | (Q(objection__isnull=False, number=0, mode=FINDING) & ~Q(question="")),
                name="slate_of_cases_or_of_an_objection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"


class SlateLine(models.Model):
    """One case on a slate; `open` is the copy that lets the database hold one open slate a case."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="lines")
    case = models.ForeignKey(Declaration, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    open = models.BooleanField(default=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slate", "case"], name="one_line_a_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(open=True), name="one_open_slate_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.slate_id}/{self.position}"


class Finding(models.Model):
    """A participant's opinion on one line of a clearance or countersigning round."""

    task = models.ForeignKey("workflow.RoundTask", models.PROTECT, related_name="findings")
    case = models.ForeignKey(Declaration, models.PROTECT, related_name="findings")
    verdict = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "case"], name="one_finding_a_line")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.case_id} {self.verdict}"


class JointFinding(models.Model):
    """What one body found of an objection; the verdict, by whom and when stand on its task.

    In a table of its own: the findings on lines are read with the case, by the unit concerned too.
    """

    task = models.OneToOneField(
        "workflow.RoundTask", models.PROTECT, primary_key=True, related_name="joint_finding"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class Ballot(models.Model):
    """One member's open vote on one line. Insert-only: a trigger refuses any change; the highest `number` counts.

    Of a secret vote there is none: a trigger refuses it (paper_vote.py holds what is kept of one).
    """

    task = models.ForeignKey("workflow.RoundTask", models.PROTECT, related_name="ballots")
    case = models.ForeignKey(Declaration, models.PROTECT, related_name="ballots")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField()
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=["for", "against", "abstain", "recused"]), name="ballot_choice_known"
            ),
            models.UniqueConstraint(fields=["task", "case", "member", "number"], name="one_counted_ballot"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.case_id}"
