import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
import viewflow.workflow.fields
import viewflow.workflow.token
from django.conf import settings
from django.db import migrations, models

import services.workflow.models.fields
import services.workflow.models.round


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        # The ids of all cases, and the order of the feed, come from one sequence each.
        migrations.RunSQL(
            sql="CREATE SEQUENCE case_id_seq; CREATE SEQUENCE feed_id_seq;",
            reverse_sql="DROP SEQUENCE case_id_seq; DROP SEQUENCE feed_id_seq;",
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("date", models.DateField(primary_key=True, serialize=False)),
                ("working", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommandLog",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("request_hash", models.CharField(max_length=64)),
                ("answer", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "command_log",
            },
        ),
        migrations.CreateModel(
            name="DemoClock",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("offset", models.DurationField()),
            ],
            options={
                "db_table": "demo_clock",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_clock")],
            },
        ),
        migrations.CreateModel(
            name="DocumentNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("prefix", "year"), name="document_number_series")
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact()
                    ),
                ),
                ("type", models.CharField(max_length=40)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("case_id", models.BigIntegerField(null=True)),
                ("body", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "signal",
                "indexes": [models.Index(fields=["xid", "id"], name="signal_feed")],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=20)),
                ("category", models.CharField(blank=True, max_length=20)),
                ("pinyin", models.CharField(blank=True, max_length=200)),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district", "kind", "pinyin"], name="unit_in_district")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "city",
                                    "district",
                                    "town",
                                    "community",
                                    "department",
                                    "committee",
                                    "leading_group",
                                    "working_group",
                                    "party_organisation",
                                    "person",
                                ],
                            )
                        ),
                        name="unit_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=60)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "role"], name="office_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "declarant",
                                    "town",
                                    "department",
                                    "office",
                                    "committee",
                                    "leading_group",
                                    "investigator",
                                    "system_admin",
                                    "security_admin",
                                    "audit_admin",
                                ],
                            )
                        ),
                        name="office_role_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("member", "unit", "role"),
                        name="office_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact()
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("seq", models.IntegerField()),
                ("source", models.CharField(max_length=24)),
                ("target", models.CharField(max_length=24)),
                ("leg", models.SmallIntegerField(null=True)),
                ("step", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                ("reason_digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("public", models.JSONField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
            ],
            options={
                "db_table": "ledger",
                "indexes": [
                    models.Index(fields=["xid", "id"], name="ledger_feed"),
                    models.Index(fields=["actor", "-id"], name="ledger_by_actor"),
                ],
                "constraints": [models.UniqueConstraint(fields=("case_id", "seq"), name="ledger_gap_free")],
            },
        ),
        migrations.CreateModel(
            name="LedgerText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="reason",
                        serialize=False,
                        to="workflow.ledgerentry",
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("text", models.TextField()),
            ],
            options={
                "db_table": "ledger_text",
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        db_default=services.workflow.models.fields.NextCaseId(),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                (
                    "last_xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact(), editable=False
                    ),
                ),
                ("leg", models.SmallIntegerField(blank=True, null=True)),
                ("waiting_role", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("paused_days", models.SmallIntegerField(blank=True, null=True)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "proposed"),
                            ("admitted", "admitted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=25)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "admitting_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.unit"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.unit"
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "waiting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("definition", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="workflow.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="version_numbered_once"),
                    models.UniqueConstraint(
                        fields=("programme", "content_hash"), name="version_content_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="workflow.programme",
                    ),
                ),
                (
                    "definition_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="workflow.programmeversion",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "year"), name="edition_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="edition_window"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        db_default=services.workflow.models.fields.NextCaseId(),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                (
                    "last_xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact(), editable=False
                    ),
                ),
                ("leg", models.SmallIntegerField(blank=True, null=True)),
                ("waiting_role", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("paused_days", models.SmallIntegerField(blank=True, null=True)),
                (
                    "stage",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "draft"),
                            ("preliminary_review", "preliminary_review"),
                            ("eligibility", "eligibility"),
                            ("evaluation", "evaluation"),
                            ("notice", "notice"),
                            ("naming", "naming"),
                            ("named", "named"),
                            ("returned", "returned"),
                            ("withdrawn", "withdrawn"),
                            ("declined", "declined"),
                            ("not_selected", "not_selected"),
                            ("disqualified", "disqualified"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("number", models.CharField(blank=True, default="", max_length=30)),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("return_leg", models.SmallIntegerField(blank=True, null=True)),
                ("filed_at", models.DateTimeField(blank=True, null=True)),
                ("result_points", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("revision", models.IntegerField(default=0)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="workflow.edition",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.unit"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="workflow.unit",
                    ),
                ),
                (
                    "waiting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("waiting_role", ""), _negated=True),
                        fields=["waiting_role", "waiting_unit", "due_at", "id"],
                        name="declaration_waiting_unit",
                    ),
                    models.Index(
                        condition=models.Q(("waiting_role", ""), _negated=True),
                        fields=["waiting_role", "town", "due_at", "id"],
                        name="declaration_waiting_town",
                    ),
                    models.Index(
                        condition=models.Q(("waiting_role", ""), _negated=True),
                        fields=["waiting_role", "due_at", "id"],
                        name="declaration_waiting",
                    ),
                    models.Index(fields=["edition", "stage", "id"], name="declaration_in_edition"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "draft",
                                    "returned",
                                    "preliminary_review",
                                    "eligibility",
                                    "evaluation",
                                    "notice",
                                    "naming",
                                    "named",
                                ],
                            )
                        ),
                        fields=("edition", "unit"),
                        name="one_open_declaration",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        db_default=services.workflow.models.fields.NextCaseId(),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                (
                    "last_xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact(), editable=False
                    ),
                ),
                ("leg", models.SmallIntegerField(blank=True, null=True)),
                ("waiting_role", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("paused_days", models.SmallIntegerField(blank=True, null=True)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "draft"),
                            ("prepared", "prepared"),
                            ("released", "released"),
                            ("suspended", "suspended"),
                            ("closed", "closed"),
                            ("taken_down", "taken_down"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("text", models.TextField()),
                ("signer", models.CharField(max_length=80)),
                ("working_days", models.PositiveSmallIntegerField()),
                ("opening_day_counts", models.BooleanField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="workflow.edition",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "waiting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        db_default=services.workflow.models.fields.NextCaseId(),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                (
                    "last_xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact(), editable=False
                    ),
                ),
                ("leg", models.SmallIntegerField(blank=True, null=True)),
                ("waiting_role", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("paused_days", models.SmallIntegerField(blank=True, null=True)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("lodged", "lodged"),
                            ("received", "received"),
                            ("investigating", "investigating"),
                            ("found", "found"),
                            ("sustained", "sustained"),
                            ("dismissed", "dismissed"),
                            ("replied", "replied"),
                        ],
                        default="lodged",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("receipt", models.CharField(max_length=24, unique=True)),
                ("channel", models.CharField(default="web", max_length=12)),
                ("objector_kind", models.CharField(max_length=12)),
                ("text", models.TextField()),
                ("lodged_at", models.DateTimeField()),
                ("finding", models.TextField(blank=True, default="")),
                ("outcome", models.CharField(blank=True, default="", max_length=12)),
                ("reply", models.TextField(blank=True, default="")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="workflow.notice",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "investigator_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "waiting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["declaration", "status"], name="objection_of_declaration")],
            },
        ),
        migrations.CreateModel(
            name="ObjectorIdentity",
            fields=[
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="identity",
                        serialize=False,
                        to="workflow.objection",
                    ),
                ),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="IdentityLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("purpose", models.CharField(max_length=200)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="workflow.objection",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["declaration", "criterion"], name="evidence_of_declaration")
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=60, unique=True)),
                ("case_id", models.BigIntegerField(null=True)),
                ("paper", models.JSONField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="workflow.edition",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=12)),
                ("points", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("not_applicable", models.BooleanField(default=False)),
                ("statement", models.TextField(blank=True)),
                ("figures", models.JSONField(blank=True, default=dict)),
                ("revision", models.IntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("declaration", "criterion"), name="one_answer_a_criterion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 0), ("points__isnull", True), _connector="OR"),
                        name="answer_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Honour",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        db_default=services.workflow.models.fields.NextCaseId(),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                (
                    "last_xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact(), editable=False
                    ),
                ),
                ("leg", models.SmallIntegerField(blank=True, null=True)),
                ("waiting_role", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("paused_days", models.SmallIntegerField(blank=True, null=True)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("held", "held"),
                            ("under_review", "under_review"),
                            ("warned", "warned"),
                            ("rectifying", "rectifying"),
                            ("revocation_proposed", "revocation_proposed"),
                            ("revoked", "revoked"),
                            ("lapsed", "lapsed"),
                            ("relinquished", "relinquished"),
                        ],
                        default="held",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("title", models.CharField(max_length=60)),
                ("number", models.CharField(max_length=30, unique=True)),
                ("points", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("conferred_on", models.DateField()),
                ("last_reviewed_on", models.DateField(blank=True, null=True)),
                ("next_rereview_on", models.DateField(blank=True, null=True)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                ("banned_until", models.DateField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declaration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honour",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="workflow.edition",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.documentfile",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="workflow.programme",
                    ),
                ),
                (
                    "earned_under",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.programmeversion",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "proposer_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="workflow.unit",
                    ),
                ),
                (
                    "waiting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("waiting_role", ""), _negated=True),
                        fields=["waiting_role", "waiting_unit", "due_at", "id"],
                        name="honour_waiting_unit",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["held", "under_review", "warned", "rectifying", "revocation_proposed"],
                            )
                        ),
                        fields=("programme", "unit"),
                        name="one_live_honour",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cause", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("points", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("outcome", models.CharField(blank=True, max_length=30)),
                (
                    "definition_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.programmeversion",
                    ),
                ),
                (
                    "honour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rereviews",
                        to="workflow.honour",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("honour",),
                        name="one_open_rereview",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("leg", models.SmallIntegerField()),
                ("mode", models.CharField(max_length=12)),
                ("tabled_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slates",
                        to="workflow.edition",
                    ),
                ),
                (
                    "tabled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "number"), name="slate_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "flow_class",
                    viewflow.workflow.fields.FlowReferenceField(max_length=250, verbose_name="Flow"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("CANCELED", "Canceled"), ("DONE", "Done"), ("NEW", "New")],
                        default="NEW",
                        max_length=50,
                        verbose_name="Status",
                    ),
                ),
                ("finished", models.DateTimeField(blank=True, null=True, verbose_name="Finished")),
                ("mode", models.CharField(max_length=12)),
                ("rule", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
                ("outcome", models.JSONField(null=True)),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "slate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="workflow.slate",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["clearance", "countersign", "scoring", "vote"])),
                        name="round_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("outcome__isnull", True),
                                ("status", services.workflow.models.round.RoundStatus["OPEN"]),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("outcome__isnull", False),
                                (
                                    "status__in",
                                    [
                                        services.workflow.models.round.RoundStatus["DONE"],
                                        services.workflow.models.round.RoundStatus["CANCELLED"],
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="round_closed_with_outcome",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", services.workflow.models.round.RoundStatus["OPEN"])),
                        fields=("slate",),
                        name="one_open_round_a_slate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "flow_task",
                    viewflow.workflow.fields.TaskReferenceField(max_length=255, verbose_name="Task"),
                ),
                ("flow_task_type", models.CharField(max_length=50, verbose_name="Type")),
                ("started", models.DateTimeField(blank=True, null=True, verbose_name="Started")),
                ("finished", models.DateTimeField(blank=True, null=True, verbose_name="Finished")),
                (
                    "token",
                    viewflow.workflow.fields.TokenField(
                        default=viewflow.workflow.token.Token("start"), max_length=150, verbose_name="Token"
                    ),
                ),
                ("participant_role", models.CharField(blank=True, default="", max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("verdict", models.CharField(blank=True, default="", max_length=20)),
                ("decided_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        default=services.workflow.models.round.RoundStatus["OPEN"], max_length=12
                    ),
                ),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "previous",
                    models.ManyToManyField(
                        related_name="leading", to="workflow.roundtask", verbose_name="Previous"
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_set",
                        to="workflow.round",
                    ),
                ),
                (
                    "participant_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", services.workflow.models.round.RoundStatus["OPEN"])),
                        fields=["participant_role", "participant_unit", "due_at", "id"],
                        name="round_task_open_of_unit",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("assignee__isnull", False),
                            ("status", services.workflow.models.round.RoundStatus["OPEN"]),
                        ),
                        fields=["assignee", "due_at", "id"],
                        name="round_task_open_of_member",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("flow_task_type", "HUMAN"), _negated=True),
                            models.Q(
                                ("participant_unit__isnull", False),
                                ("status__in", ["NEW", "DONE", "CANCELED"]),
                            ),
                            _connector="OR",
                        ),
                        name="round_task_has_participant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("flow_task_type", "HUMAN"), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("status", services.workflow.models.round.RoundStatus["DONE"]),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("status", services.workflow.models.round.RoundStatus["DONE"]),
                                    _negated=True,
                                ),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("verdict", ""),
                            ),
                            _connector="OR",
                        ),
                        name="round_task_decided_when_done",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("flow_task_type", "HUMAN"),
                            models.Q(
                                ("status", services.workflow.models.round.RoundStatus["CANCELLED"]),
                                _negated=True,
                            ),
                        ),
                        fields=("process", "participant_unit", "assignee"),
                        name="one_task_a_participant",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verdict", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="workflow.roundtask",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "case"), name="one_finding_a_line")],
            },
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("n", models.PositiveSmallIntegerField(default=1)),
                ("case_id", models.BigIntegerField(null=True)),
                ("case_kind", models.CharField(blank=True, default="", max_length=20)),
                ("leg", models.SmallIntegerField(null=True)),
                ("version", models.IntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("inputs", models.JSONField(default=dict)),
                ("provisional", models.BooleanField(default=False)),
                ("fired_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.roundtask",
                    ),
                ),
            ],
            options={
                "db_table": "due",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("fired_at__isnull", True)),
                        fields=["at", "id"],
                        name="due_open",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("fired_at__isnull", True)),
                        fields=["case_id"],
                        name="due_open_of_case",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "n", "case_id", "task", "version"),
                        name="due_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("choice", models.CharField(max_length=12)),
                ("reason", models.TextField(blank=True)),
                ("cast_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="workflow.roundtask",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["for", "against", "abstain", "recused"])),
                        name="ballot_choice_known",
                    ),
                    models.UniqueConstraint(fields=("task", "case", "member"), name="one_counted_ballot"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("tier", models.CharField(max_length=12)),
                ("criterion", models.CharField(max_length=12)),
                ("points", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("not_applicable", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
                (
                    "rereview",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="workflow.rereview",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="workflow.roundtask",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case_id", "tier", "criterion", "task", "rereview"),
                        name="one_score_a_criterion",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 0), ("points__isnull", True), _connector="OR"),
                        name="score_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["town", "department", "committee", "rereview"])),
                        name="score_tier_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlateLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("open", models.BooleanField(default=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_reason", models.CharField(blank=True, max_length=200)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "slate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="workflow.slate"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("slate", "case"), name="one_line_a_case"),
                    models.UniqueConstraint(
                        condition=models.Q(("open", True)), fields=("case",), name="one_open_slate_a_case"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        db_default=services.workflow.models.fields.NextCaseId(),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                (
                    "last_xid",
                    services.workflow.models.fields.Xid8Field(
                        db_default=services.workflow.models.fields.CurrentXact(), editable=False
                    ),
                ),
                ("leg", models.SmallIntegerField(blank=True, null=True)),
                ("waiting_role", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("paused_days", models.SmallIntegerField(blank=True, null=True)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("ordered", "ordered"),
                            ("planned", "planned"),
                            ("reported", "reported"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                        ],
                        default="ordered",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("points_text", models.TextField()),
                ("plan_text", models.TextField(blank=True, default="")),
                ("report_text", models.TextField(blank=True, default="")),
                ("result_text", models.TextField(blank=True, default="")),
                ("deadline_on", models.DateField()),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "honour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="workflow.honour",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.unit"
                    ),
                ),
                (
                    "waiting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Veto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField(db_index=True)),
                ("ground", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=200)),
                ("event_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("raised_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lift_reason", models.TextField(blank=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("case_id", "ground"),
                        name="one_open_veto_a_ground",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("unit_name", models.CharField(max_length=80)),
                ("town_name", models.CharField(max_length=80)),
                ("points", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ("result", models.CharField(blank=True, max_length=20)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_lines",
                        to="workflow.declaration",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="workflow.notice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "declaration"), name="notice_line_once"),
                    models.UniqueConstraint(fields=("notice", "position"), name="notice_position_once"),
                ],
            },
        ),
    ]
