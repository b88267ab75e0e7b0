"""Room for tracks and categories, several notices in a route, own checks, measured figures and incidents.

What is published stays as it is: a notice of before stands at the first notice leg of its programme, and every
office of before is the district office.
"""

import django.db.models.deletion
from django.db import migrations, models

import services.workflow.models.programme

NOTICE_LEGS = """
UPDATE workflow_notice n SET leg_key = leg.key
  FROM workflow_edition e JOIN workflow_programmeversion v ON v.id = e.definition_version_id
       CROSS JOIN LATERAL (SELECT l ->> 'key' AS key FROM jsonb_array_elements(v.definition -> 'legs')
                            WITH ORDINALITY AS legs(l, place) WHERE l ->> 'mode' = 'notice' ORDER BY place LIMIT 1) leg
 WHERE e.id = n.edition_id;
"""
SEEDS = """
UPDATE workflow_edition SET draw_seed = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
"""
KEPT = """
CREATE TRIGGER measurement_kept BEFORE UPDATE OR DELETE ON workflow_measurement
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER measurements_not_emptied BEFORE TRUNCATE ON workflow_measurement
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_measurement FROM laurel_web, laurel_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0004_allowance"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("happened_on", models.DateField()),
                ("basis", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("tier", models.CharField(max_length=46)),
                ("criterion", models.CharField(max_length=12)),
                ("measure", models.CharField(max_length=40)),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("numerator", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("denominator", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("source", models.CharField(max_length=200)),
                ("taken_on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="score",
            name="score_tier_known",
        ),
        migrations.AddField(
            model_name="declaration",
            name="category",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="declaration",
            name="office_role",
            field=models.CharField(default="office", max_length=20),
        ),
        migrations.AddField(
            model_name="declaration",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.unit",
            ),
        ),
        migrations.AddField(
            model_name="declaration",
            name="track",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="edition",
            name="draw_seed",
            field=models.CharField(default=services.workflow.models.programme.new_seed, max_length=64),
        ),
        migrations.AddField(
            model_name="edition",
            name="evaluation_closes_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="evaluation_opens_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="naming_closes_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="naming_opens_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="honour",
            name="level",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="honour",
            name="office_role",
            field=models.CharField(default="office", max_length=20),
        ),
        migrations.AddField(
            model_name="honour",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.unit",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="leg_key",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="notice",
            name="office_role",
            field=models.CharField(default="office", max_length=20),
        ),
        migrations.AddField(
            model_name="objection",
            name="office_role",
            field=models.CharField(default="office", max_length=20),
        ),
        migrations.AddField(
            model_name="programme",
            name="office_role",
            field=models.CharField(default="office", max_length=20),
        ),
        migrations.AddField(
            model_name="rectification",
            name="office_role",
            field=models.CharField(default="office", max_length=20),
        ),
        migrations.AddField(
            model_name="slate",
            name="track",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AlterField(
            model_name="score",
            name="tier",
            field=models.CharField(max_length=46),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__in", ["", "self"]), _negated=True), name="score_tier_named"
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="reported_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="incidents", to="workflow.unit"
            ),
        ),
        migrations.AddField(
            model_name="measurement",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.office"
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["unit", "kind", "happened_on"], name="incident_of_unit"),
        ),
        migrations.AddIndex(
            model_name="measurement",
            index=models.Index(fields=["case_id", "tier", "criterion", "id"], name="measurement_of_case"),
        ),
        migrations.RunSQL(NOTICE_LEGS, migrations.RunSQL.noop),
        migrations.RunSQL(SEEDS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
