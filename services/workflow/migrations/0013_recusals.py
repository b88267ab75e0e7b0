"""One table of recusals, whether somebody recused themselves at their desk or in a vote; each case counts its own."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = ("declaration", "honour", "notice", "objection", "programme", "rectification")
# A vote's recusals become those of the case; the office is the one that the member was asked in.
GATHERED = """
INSERT INTO workflow_caserecusal (case_id, case_kind, member_id, office_id, reason, round_id, at)
SELECT r.case_id, 'declaration', r.member_id, t.office_id, r.reason, r.round_id, r.at
  FROM workflow_recusal r JOIN LATERAL (
    SELECT o.id AS office_id FROM workflow_roundtask t
      JOIN workflow_office o ON o.role = t.participant_role AND o.unit_id = t.participant_unit_id
                            AND o.member_id = r.member_id
     WHERE t.process_id = r.round_id AND t.assignee_id = r.member_id ORDER BY o.id LIMIT 1) AS t ON true
 ORDER BY r.id
ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
KEPT = """
CREATE TRIGGER recusal_kept BEFORE UPDATE OR DELETE ON workflow_recusal
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER recusals_not_emptied BEFORE TRUNCATE ON workflow_recusal
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_recusal FROM laurel_web, laurel_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0024_transparency")]

    operations = [
        migrations.AddField(
            "caserecusal",
            "round",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.round",
            ),
        ),
        migrations.RunSQL(GATHERED, migrations.RunSQL.noop),
        migrations.DeleteModel("Recusal"),
        migrations.RenameModel("CaseRecusal", "Recusal"),
        migrations.AlterField(
            "recusal",
            "round",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recusals",
                to="workflow.round",
            ),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        *(migrations.AddField(kind, "recusals", models.SmallIntegerField(db_default=0)) for kind in KINDS),
    ]
