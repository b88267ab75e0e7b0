"""Declared relations, recusals, and what separation of duty refused."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER refused_act_kept BEFORE UPDATE OR DELETE ON workflow_refusedact
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER refused_acts_not_emptied BEFORE TRUNCATE ON workflow_refusedact
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_refusedact FROM laurel_web, laurel_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0014_working_together"),
    ]

    operations = [
        migrations.CreateModel(
            name="RefusedAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=24)),
                ("case_id", models.BigIntegerField(null=True)),
                ("task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "member",
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
        ),
        migrations.CreateModel(
            name="CaseRecusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("case_kind", models.CharField(max_length=20)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "member"), name="one_recusal_a_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nature", models.CharField(max_length=12)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ("kin", "former_post", "interest", "other"))),
                        name="relation_nature_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="relation_to_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("member", "unit", "person"),
                        name="one_open_relation",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
