"""Files that a notice publishes, and the steps of its draft: other words, files, a word for what nobody can read."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
IN_PLACE = ("draft", "prepared")
# What was handed in, by whom, and what was found in it stays as it was; that it was removed or answered for is added.
KEPT = """
CREATE FUNCTION notice_file_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR (OLD.notice_id, OLD.position, OLD.name, OLD.sha256, OLD.public_sha256, OLD.findings,
      OLD.added_by_id, OLD.added_at) IS DISTINCT FROM (NEW.notice_id, NEW.position, NEW.name, NEW.sha256,
      NEW.public_sha256, NEW.findings, NEW.added_by_id, NEW.added_at)
     OR (OLD.vouched_by_id IS NOT NULL AND (OLD.vouched_by_id, OLD.vouched_at, OLD.vouched_reason)
      IS DISTINCT FROM (NEW.vouched_by_id, NEW.vouched_at, NEW.vouched_reason)) THEN
    RAISE EXCEPTION 'workflow_noticefile is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_file_kept BEFORE UPDATE OR DELETE ON workflow_noticefile
  FOR EACH ROW EXECUTE FUNCTION notice_file_kept();
REVOKE DELETE, TRUNCATE ON workflow_noticefile FROM laurel_web, laurel_worker;
"""


def add_edges(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        rows = [("notice", place, place) for place in IN_PLACE]
        cursor.executemany("INSERT INTO edge (kind, source, target) VALUES (%s, %s, %s)", rows)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0021_hand_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("public_sha256", models.CharField(max_length=64)),
                ("public_size", models.PositiveIntegerField()),
                ("findings", models.JSONField()),
                ("added_at", models.DateTimeField()),
                ("vouched_at", models.DateTimeField(blank=True, null=True)),
                ("vouched_reason", models.TextField(blank=True, default="")),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="workflow.office"),
                ),
                (
                    "notice",
                    models.ForeignKey(on_delete=PROTECT, related_name="files", to="workflow.notice"),
                ),
                (
                    "vouched_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=PROTECT, related_name="+", to="workflow.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "position"), name="notice_file_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            vouched_by__isnull=True, vouched_at__isnull=True, vouched_reason=""
                        )
                        | (
                            models.Q(vouched_by__isnull=False, vouched_at__isnull=False)
                            & ~models.Q(vouched_reason="")
                        ),
                        name="vouched_by_name_and_reason",
                    ),
                ]
            },
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunPython(add_edges, migrations.RunPython.noop),
    ]
