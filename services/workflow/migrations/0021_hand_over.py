"""移交 is a step of the declaration: who is in charge stands on its row, and the hand-over in its ledger.

In its place among what moves no case comes 加签: an opinion that was asked for, and given.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ACTS = (
    "claim", "release", "reassign", "urge", "copy", "recuse", "hand_over", "escalate", "cosign", "opinion",
)  # fmt: skip
ADD_EDGE = "INSERT INTO edge (kind, source, target) VALUES ('declaration', 'draft', 'draft')"
# What was handed over before it was a step stays in the timeline, and holds.
HANDED = """
UPDATE workflow_declaration d SET in_charge_id = a.to_member_id
  FROM (SELECT DISTINCT ON (case_id) case_id, to_member_id FROM workflow_sideact
         WHERE kind = 'hand_over' ORDER BY case_id, id DESC) AS a
 WHERE d.id = a.case_id
"""
DROP_EDGE = "DELETE FROM edge WHERE (kind, source, target) = ('declaration', 'draft', 'draft')"


class Migration(migrations.Migration):
    dependencies = [("workflow", "0013_recusals")]

    operations = [
        migrations.AddField(
            "declaration",
            "in_charge",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint("sideact", "side_act_known"),
        migrations.AddConstraint(
            "sideact", models.CheckConstraint(condition=models.Q(kind__in=ACTS), name="side_act_known")
        ),
        migrations.RunSQL(HANDED, migrations.RunSQL.noop),
        migrations.RunSQL(ADD_EDGE, DROP_EDGE),
    ]
