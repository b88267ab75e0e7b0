"""移交 is a step of the declaration: who is in charge stands on its row, and the hand-over in its ledger."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ACTS = ("claim", "release", "reassign", "urge", "copy", "recuse", "escalate")
ADD_EDGE = "INSERT INTO edge (kind, source, target) VALUES ('declaration', 'draft', 'draft')"
DROP_EDGE = "DELETE FROM edge WHERE (kind, source, target) = ('declaration', 'draft', 'draft')"


class Migration(migrations.Migration):
    dependencies = [("workflow", "0013_recusals")]

    operations = [
        migrations.AddField(
            "declaration",
            "in_charge",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint("sideact", "side_act_known"),
        migrations.AddConstraint(
            "sideact",
            models.CheckConstraint(condition=models.Q(kind__in=ACTS), name="side_act_known"),
        ),
        migrations.RunSQL(ADD_EDGE, DROP_EDGE),
    ]
