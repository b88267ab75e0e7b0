"""Claims, reassignments, urging, copies, deputies, saved views and phrases; and who is the head of a body."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER side_act_kept BEFORE UPDATE OR DELETE ON workflow_sideact
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER side_acts_not_emptied BEFORE TRUNCATE ON workflow_sideact
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_sideact FROM laurel_web, laurel_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0012_committees"),
    ]

    operations = [
        migrations.AddField(
            model_name="office",
            name="is_head",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("case_kind", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "-at"], name="copy_of_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "member"), name="one_copy_a_reader")
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=["deputy", "ends_at"],
                        name="deputy_now",
                    ),
                    models.Index(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=["principal", "ends_at"],
                        name="deputies_of",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))),
                        name="deputy_for_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("principal", models.F("deputy")), _negated=True),
                        name="deputy_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phrases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "text"), name="one_phrase_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                ("query", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "name"), name="one_view_a_name")],
            },
        ),
        migrations.CreateModel(
            name="SideAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("case_id", models.BigIntegerField(null=True)),
                ("case_kind", models.CharField(blank=True, default="", max_length=20)),
                ("text", models.TextField(blank=True, default="")),
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
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="side_acts",
                        to="workflow.roundtask",
                    ),
                ),
                (
                    "to_member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("case_id__isnull", False)),
                        fields=["case_id", "at"],
                        name="side_act_of_case",
                    ),
                    models.Index(fields=["actor", "-id"], name="side_act_by_actor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "claim",
                                    "release",
                                    "reassign",
                                    "urge",
                                    "copy",
                                    "recuse",
                                    "hand_over",
                                    "escalate",
                                ),
                            )
                        ),
                        name="side_act_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case_id__isnull", False), ("task__isnull", True)),
                            models.Q(("case_id__isnull", True), ("task__isnull", False)),
                            _connector="OR",
                        ),
                        name="side_act_on_one_thing",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
