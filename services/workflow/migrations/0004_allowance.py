"""Limits of acts without a log-in, counted in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_calendar")]
    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=24)),
                ("who", models.CharField(max_length=64)),
                ("hour", models.DateTimeField()),
                ("used", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("what", "who", "hour"), name="allowance_once_an_hour")
                ],
            },
        )
    ]
