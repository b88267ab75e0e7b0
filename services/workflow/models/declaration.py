"""A declaration and what the unit puts into it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from services.workflow.domain.stages import OPEN
from services.workflow.models.case import Case
from services.workflow.models.lifecycle.declaration import DeclarationLifecycle
from services.workflow.models.programme import Edition, ProgrammeVersion
from services.workflow.models.unit import Member, Office, Unit


class Declaration(DeclarationLifecycle, Case):
    KIND = "declaration"
    FIELD = "stage"
    CARRIED = (
        "return_leg", "asked_before", "rank", "applicant_id", "filed_at", "number", "result_points",
        "definition_version_id", "in_charge_id",
    )  # fmt: skip

    # A step moves a row in each of its indexes, so there are those that a query uses: of these columns none is asked
    # for alone, or only where it is filled (below).
    waiting_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="declarations", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="declarations")
    applicant = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=30, blank=True, default="")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    return_leg = models.SmallIntegerField(null=True, blank=True)
    # Legs that had asked for a correction before the one in return_leg did, the first of them first.
    asked_before = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    result_points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    revision = models.IntegerField(default=0)
    # The applicant of record, once it was handed over; until then whoever began it (queries/side_acts.py).
    in_charge = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # The version it was moved to; where it is empty, its edition's holds.
    definition_version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Which part of the definition is its own; settled when the draft is begun (queries/definitions.py).
    track = models.CharField(max_length=40, blank=True, default="")
    category = models.CharField(max_length=20, blank=True, default="")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "unit"],
                condition=Q(stage__in=[*map(str, OPEN), "named"]),
                name="one_open_declaration",
            )
        ]
        indexes = [
            # The inbox of one body: queries/inbox.py, waiting_for.
            models.Index(
                fields=["waiting_role", "waiting_unit", "due_at", "id"],
                condition=~Q(waiting_role=""),
                name="declaration_waiting_unit",
            ),
            # A town's view and a district's view of what is open: queries/inbox.py.
            models.Index(
                fields=["waiting_role", "town", "due_at", "id"],
                condition=~Q(waiting_role=""),
                name="declaration_waiting_town",
            ),
            models.Index(
                fields=["waiting_role", "due_at", "id"],
                condition=~Q(waiting_role=""),
                name="declaration_waiting",
            ),
            models.Index(fields=["edition", "stage", "id"], name="declaration_in_edition"),
            # What a unit's people filed: queries/rights.py; what somebody has taken: queries/inbox.py.
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="declaration_of_people"),
            models.Index(fields=["assignee"], condition=Q(assignee__isnull=False), name="declaration_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.edition.name}"

    @property
    def came_to(self) -> int:
        """The leg that the case has come to: where it is corrected for a later one, that leg."""
        first = [*self.asked_before, self.return_leg][0]
        return int((self.leg or 0) if first is None else first)


class Answer(models.Model):
    """What the unit says on one criterion. `revision` guards a save against another clerk's."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="answers")
    criterion = models.CharField(max_length=12)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    statement = models.TextField(blank=True)
    # {measure code: {"value" | "numerator" | "denominator": decimal text}}
    figures = models.JSONField(default=dict, blank=True)
    revision = models.IntegerField(default=0)
    saved_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "criterion"], name="one_answer_a_criterion"),
            models.CheckConstraint(
                condition=Q(points__gte=0) | Q(points__isnull=True), name="answer_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.criterion}"


class Evidence(models.Model):
    """A file behind an answer; the bytes lie in the file store under their sha256."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="evidence")
    criterion = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "criterion"], name="evidence_of_declaration")]

    def __str__(self) -> str:
        return self.name


class Veto(models.Model):
    """一票否决: raised by the department that owns its ground; open until lifted."""

    case_id = models.BigIntegerField(db_index=True)
    ground = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    event_on = models.DateField()
    note = models.TextField(blank=True)
    raised_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "ground"],
                condition=Q(lifted_at__isnull=True),
                name="one_open_veto_a_ground",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ground}"


class Score(models.Model):
    """Points of one criterion by one tier: town, department, committee, rereview, or the key of a leg that scores
    for itself. Departments write through a round task, the others directly.
    """

    case_id = models.BigIntegerField()
    tier = models.CharField(max_length=46)
    criterion = models.CharField(max_length=12)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    task = models.ForeignKey(
        "workflow.RoundTask", models.PROTECT, null=True, blank=True, related_name="scores"
    )
    rereview = models.ForeignKey(
        "workflow.ReReview", models.PROTECT, null=True, blank=True, related_name="scores"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "tier", "criterion", "task", "rereview"],
                nulls_distinct=False,
                name="one_score_a_criterion",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) | Q(points__isnull=True), name="score_not_negative"
            ),
            models.CheckConstraint(condition=~Q(tier__in=["", "self"]), name="score_tier_named"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.tier} {self.criterion}"


class Measurement(models.Model):
    """A figure that a scoring body looked up. Insert-only: a trigger refuses any change; the latest counts."""

    case_id = models.BigIntegerField()
    tier = models.CharField(max_length=46)
    criterion = models.CharField(max_length=12)
    measure = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    source = models.CharField(max_length=200)
    taken_on = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # The figures of a batch of cases: queries/figures.py.
            models.Index(fields=["case_id", "tier", "criterion", "id"], name="measurement_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.criterion} {self.measure}"


class Incident(models.Model):
    """What stands on a negative list: it happened to a unit on a day, and rests on a document."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=40)
    happened_on = models.DateField()
    basis = models.CharField(max_length=200)
    reported_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # What bars a unit from declaring: queries/bars.py.
            models.Index(fields=["unit", "kind", "happened_on"], name="incident_of_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}"
