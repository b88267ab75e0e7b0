"""Admission with its project notice, drafts of versions, and what keeps a published version as it is."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
from django.db import migrations, models

EDGES = (
    ("programme", "proposed", "on_notice"),
    ("programme", "on_notice", "admitted"),
    ("programme", "on_notice", "refused"),
    ("programme", "on_notice", "withdrawn"),
    ("programme", "proposed", "draft"),
    ("programme", "on_notice", "draft"),
    ("programme", "admitted", "draft"),
    ("programme", "refused", "draft"),
)
ADD_EDGES = "INSERT INTO edge (kind, source, target) VALUES " + ", ".join(str(edge) for edge in EDGES)
NOT_EMPTIED = """
CREATE TRIGGER versions_not_emptied BEFORE TRUNCATE ON workflow_programmeversion
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
"""
PROTECT = django.db.models.deletion.PROTECT


def to_version() -> models.ForeignKey:  # type: ignore[type-arg]  # a column of a migration
    return models.ForeignKey(
        blank=True, null=True, on_delete=PROTECT, related_name="+", to="workflow.programmeversion"
    )


class Migration(migrations.Migration):
    dependencies = [("workflow", "0006_tracks")]
    operations = [
        migrations.AlterField(
            model_name="programme",
            name="status",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "draft"),
                    ("proposed", "proposed"),
                    ("on_notice", "on_notice"),
                    ("admitted", "admitted"),
                    ("refused", "refused"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=24,
                protected=True,
            ),
        ),
        migrations.AddField("programme", "proposed_version", to_version()),
        migrations.AddField("programme", "admitted_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("programme", "notice_ends_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "programmeversion",
            "published_by",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="workflow.office"),
        ),
        migrations.AddField("declaration", "definition_version", to_version()),
        migrations.CreateModel(
            name="ProgrammeDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("definition", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("touched", models.JSONField(default=dict)),
                (
                    "editors",
                    django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), default=list),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "programme",
                    models.OneToOneField(
                        null=True, on_delete=PROTECT, related_name="draft", to="workflow.programme"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="workflow.office"),
                ),
                ("unit", models.ForeignKey(on_delete=PROTECT, related_name="+", to="workflow.unit")),
            ],
        ),
        migrations.RunSQL(ADD_EDGES, migrations.RunSQL.noop),
        migrations.RunSQL(NOT_EMPTIED, migrations.RunSQL.noop),
    ]
