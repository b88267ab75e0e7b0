"""Templates of papers that the site uploads: each change is kept."""

import django.db.models.deletion
from django.db import migrations, models

ONLY_ADDED = """
CREATE TRIGGER paper_template_kept BEFORE UPDATE OR DELETE ON workflow_papertemplate
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER paper_templates_not_emptied BEFORE TRUNCATE ON workflow_papertemplate
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_papertemplate FROM laurel_web, laurel_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0031_taken_down_and_letters")]
    operations = [
        migrations.CreateModel(
            name="PaperTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("filename", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
    ]
