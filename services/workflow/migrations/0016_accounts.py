"""What happened to people's accounts; only added to, like every history."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
ONLY_ADDED = """
CREATE TRIGGER account_events_only_added BEFORE UPDATE OR DELETE ON workflow_accountevent
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER account_events_not_emptied BEFORE TRUNCATE ON workflow_accountevent
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0011_revisions")]
    operations = [
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="workflow.office"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="account_events", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "-id"], name="account_events_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["closed", "reopened", "invited", "password_set"])),
                        name="account_act_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
    ]
