"""Other bodies are asked for their finding on an objection: a slate without lines, put before them as a round."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = ["clearance", "countersign", "scoring", "vote", "finding"]
# What a body has found may be erased, as all that is written of people; it is never another text.
KEPT = """
CREATE TRIGGER joint_finding_kept BEFORE UPDATE ON workflow_jointfinding
  FOR EACH ROW EXECUTE FUNCTION never_changed();
REVOKE UPDATE, TRUNCATE ON workflow_jointfinding FROM laurel_web, laurel_worker;
"""


def add_edges(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO edge (kind, source, target) VALUES ('objection', 'investigating', 'investigating')"
        )


class Migration(migrations.Migration):
    dependencies = [("workflow", "0023_notices_of_what_was_decided")]
    operations = [
        migrations.AddField(
            "slate",
            "objection",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slates",
                to="workflow.objection",
            ),
        ),
        migrations.AddField("slate", "question", models.TextField(blank=True, default="")),
        migrations.RemoveConstraint("slate", "slate_numbered_once"),
        migrations.AddConstraint(
            "slate",
            models.UniqueConstraint(
                fields=["edition", "number", "version"],
                condition=Q(objection__isnull=True),
                name="slate_numbered_once",
            ),
        ),
        migrations.AddConstraint(
            "slate",
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(closed_at__isnull=True),
                name="one_open_question_an_objection",
            ),
        ),
        migrations.AddConstraint(
            "slate",
            models.CheckConstraint(
                condition=Q(objection__isnull=True, question="")
                | (Q(objection__isnull=False, number=0, mode="finding") & ~Q(question="")),
                name="slate_of_cases_or_of_an_objection",
            ),
        ),
        migrations.RemoveConstraint("round", "round_mode_known"),
        migrations.AddConstraint(
            "round", models.CheckConstraint(condition=Q(mode__in=KINDS), name="round_mode_known")
        ),
        migrations.CreateModel(
            name="JointFinding",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="joint_finding",
                        serialize=False,
                        to="workflow.roundtask",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunPython(add_edges, migrations.RunPython.noop),
    ]
