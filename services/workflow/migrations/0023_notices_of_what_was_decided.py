"""Notices of results and revocations, and those that run without the public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0026_plaques_and_successors")]
    operations = [
        migrations.AddField("notice", "subject", models.CharField(default="candidates", max_length=12)),
        migrations.AddField("notice", "withheld", models.BooleanField(default=False)),
        migrations.AddField("notice", "withheld_reason", models.TextField(blank=True, default="")),
    ]
