"""A case that is corrected for one leg while it is corrected for a later one keeps both."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0015_conflicts")]
    operations = [
        migrations.AddField(
            "declaration",
            "asked_before",
            django.contrib.postgres.fields.ArrayField(models.SmallIntegerField(), blank=True, default=list),
        )
    ]
