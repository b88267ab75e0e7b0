"""The index by which the sweep finds the earliest due row of a case carries the order that it is asked for."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("workflow", "0030_joint_findings")]

    operations = [
        migrations.RemoveIndex("due", "due_open_of_case"),
        migrations.AddIndex(
            "due",
            models.Index(
                fields=["case_id", "at", "id"],
                condition=Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="due_next_of_case",
            ),
        ),
    ]
