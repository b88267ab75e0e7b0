"""A re-review may be set for another day; the title stays where it stands."""

from typing import Any

from django.db import migrations

PLACES = ("held", "warned")


def add_edges(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        rows = [("honour", place, place) for place in PLACES]
        cursor.executemany("INSERT INTO edge (kind, source, target) VALUES (%s, %s, %s)", rows)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0019_calendar_loading")]
    operations = [migrations.RunPython(add_edges, migrations.RunPython.noop)]
