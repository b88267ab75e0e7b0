"""A closed notice may be taken down by itself; the scan of a letter that objects lies sealed beside the identity."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0029_next_due_of_a_case")]
    operations = [
        migrations.AddField("notice", "shown_days", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("identitylook", "letter", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="SealedLetter",
            fields=[
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="letter",
                        serialize=False,
                        to="workflow.objection",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
            ],
        ),
    ]
