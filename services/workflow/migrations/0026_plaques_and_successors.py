"""A plaque is recorded as returned once its title has ended; who holds a title after a merger is a step of its own."""

from typing import Any

from django.db import migrations, models

ENDED = ("revoked", "lapsed", "relinquished")


def add_edges(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        rows = [("honour", place, place) for place in ENDED]
        cursor.executemany("INSERT INTO edge (kind, source, target) VALUES (%s, %s, %s)", rows)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0028_objections")]
    operations = [
        migrations.AddField("honour", "plaque_returned_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "honour", "plaque_returned_by", models.CharField(blank=True, default="", max_length=80)
        ),
        migrations.RunPython(add_edges, migrations.RunPython.noop),
    ]
