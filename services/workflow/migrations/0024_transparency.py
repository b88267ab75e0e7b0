"""The transparency log: only ever added to, and by the worker alone; it begins with what was published before."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("log_leaf", "log_node", "log_checkpoint")
ONLY_ADDED = "".join(
    f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION never_changed();\n"
    f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION never_changed();\n"
    for table in TABLES
)
# A body may be erased when it is no longer to be read; it is never another one.
BODIES = """
CREATE TRIGGER log_body_kept BEFORE UPDATE ON log_body FOR EACH ROW EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON log_leaf, log_node, log_checkpoint FROM laurel_web, laurel_worker;
REVOKE INSERT ON log_leaf, log_node, log_checkpoint, log_body FROM laurel_web;
REVOKE UPDATE, TRUNCATE ON log_body FROM laurel_web, laurel_worker;
REVOKE DELETE ON log_body FROM laurel_web;
"""
BEGIN = "INSERT INTO workflow_feedplace (name, xid, number) VALUES ('log', '0', 0), ('log_head', '0', 0)"


class Migration(migrations.Migration):
    dependencies = [("workflow", "0018_fewer_indexes")]
    operations = [
        migrations.CreateModel(
            name="LogLeaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=80)),
                ("event", models.BigIntegerField(null=True, unique=True)),
                ("entry", models.TextField()),
            ],
            options={
                "db_table": "log_leaf",
                "indexes": [models.Index(fields=["subject", "-index"], name="log_leaf_of_subject")],
            },
        ),
        migrations.CreateModel(
            name="LogBody",
            fields=[
                (
                    "leaf",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="body",
                        serialize=False,
                        to="workflow.logleaf",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={"db_table": "log_body"},
        ),
        migrations.CreateModel(
            name="LogNode",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "log_node"},
        ),
        migrations.CreateModel(
            name="LogCheckpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "log_checkpoint"},
        ),
        migrations.AddIndex(
            model_name="documentfile",
            index=models.Index(fields=["id"], condition=models.Q(sha256=""), name="document_to_make"),
        ),
        migrations.RunSQL(ONLY_ADDED + BODIES, migrations.RunSQL.noop),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
