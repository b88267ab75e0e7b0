"""Indexes that no query asks for: every step of a case had to write into each of them.

Dropped by name: changing the columns would make PostgreSQL check their foreign keys again, row by row.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DROPPED = {
    "workflow_declaration_applicant_id_4c3819f9": "workflow_declaration (applicant_id)",
    "workflow_declaration_assignee_id_225f5467": "workflow_declaration (assignee_id)",
    "workflow_declaration_definition_version_id_db63c08f": "workflow_declaration (definition_version_id)",
    "workflow_declaration_district_id_8274febe": "workflow_declaration (district_id)",
    "workflow_declaration_edition_id_8cf477b5": "workflow_declaration (edition_id)",
    "workflow_declaration_parent_id_77a8cc9f": "workflow_declaration (parent_id)",
    "workflow_declaration_waiting_unit_id_9e4c00f5": "workflow_declaration (waiting_unit_id)",
    "due_task_id_30df09e3": "due (task_id)",
    "ledger_actor_id_303dc509": "ledger (actor_id)",
}


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0020_rereview_moved"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX {name}", f"CREATE INDEX {name} ON {columns}")
                for name, columns in DROPPED.items()
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="declaration",
                    name="applicant",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="declaration",
                    name="assignee",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="declaration",
                    name="definition_version",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.programmeversion",
                    ),
                ),
                migrations.AlterField(
                    model_name="declaration",
                    name="district",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="declaration",
                    name="edition",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="workflow.edition",
                    ),
                ),
                migrations.AlterField(
                    model_name="declaration",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="declaration",
                    name="waiting_unit",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="due",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.roundtask",
                    ),
                ),
                migrations.AlterField(
                    model_name="ledgerentry",
                    name="actor",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                condition=models.Q(("parent__isnull", False)), fields=["parent"], name="declaration_of_people"
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                condition=models.Q(("assignee__isnull", False)), fields=["assignee"], name="declaration_taken"
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("task__isnull", False)), fields=["task"], name="due_of_task"
            ),
        ),
    ]
