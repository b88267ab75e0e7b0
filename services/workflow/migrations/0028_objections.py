"""Objections: the day that counts, a unit's seal, what is asked for, and when that was done; scoring a unit anew."""

from typing import Any

from django.db import migrations, models

EDGES = (("notice", "evaluation"), ("naming", "evaluation"), ("naming", "naming"), ("notice", "notice"))
FILLED = """
UPDATE workflow_objection SET came_on = ((lodged_at AT TIME ZONE 'UTC') + interval '8 hours')::date;
UPDATE workflow_objection SET seal_seen = true WHERE objector_kind = 'unit';
"""


def add_edges(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        rows = [("declaration", source, target) for source, target in EDGES]
        cursor.executemany(
            "INSERT INTO edge (kind, source, target) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", rows
        )


class Migration(migrations.Migration):
    dependencies = [("workflow", "0022_notice_files")]
    operations = [
        migrations.AddField("objection", "came_on", models.DateField(null=True)),
        migrations.AddField("objection", "seal_seen", models.BooleanField(default=False)),
        migrations.AddField("objection", "effect", models.CharField(blank=True, default="", max_length=12)),
        migrations.AddField("objection", "settled_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AlterField("objection", "came_on", models.DateField()),
        migrations.RunPython(add_edges, migrations.RunPython.noop),
    ]
