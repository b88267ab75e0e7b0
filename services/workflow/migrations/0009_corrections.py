"""What a return asks to be put right, point by point."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0005_deliveries")]
    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.IntegerField()),
                ("asked_at_leg", models.SmallIntegerField()),
                ("to_leg", models.SmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("part", models.CharField(max_length=12)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="workflow.declaration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("declaration", "version", "part"), name="one_correction_a_part_and_return"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_leg__lt", models.F("asked_at_leg"))),
                        name="correction_goes_back",
                    ),
                ]
            },
        )
    ]
