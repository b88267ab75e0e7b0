"""A closed notice may be taken down by itself, so many days after its close."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0030_joint_findings")]
    operations = [
        migrations.AddField("notice", "shown_days", models.PositiveSmallIntegerField(blank=True, null=True)),
    ]
