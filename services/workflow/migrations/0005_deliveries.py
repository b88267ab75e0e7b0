"""Messages beyond the browser: who wants which, endpoints, deliveries, and the place in the feed they come from."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import services.workflow.models.fields

# What happened before this migration is old news; from here on nothing is missed.
BEGIN = (
    "INSERT INTO workflow_feedplace (name, xid, number) SELECT 'deliveries', split_part(h, '.', 1)::xid8,"
    + (" split_part(h, '.', 2)::bigint FROM feed_head() AS h")
)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0008_admission"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeliveryTarget",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("paused_until", models.DateTimeField(null=True)),
                ("leased_until", models.DateTimeField(null=True)),
                ("lease", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FeedPlace",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("xid", services.workflow.models.fields.Xid8Field()),
                ("number", models.BigIntegerField()),
                ("reminded_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MemberRhythm",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rhythm",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("language", models.CharField(default="zh-hans", max_length=8)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_until", models.TimeField(null=True)),
                ("rest_days_quiet", models.BooleanField(default=False)),
                ("digest_at", models.TimeField(default=datetime.time(8, 30))),
                ("remind_days", models.PositiveSmallIntegerField(default=2)),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("target", models.CharField(max_length=40)),
                ("channel", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=12)),
                ("event", models.JSONField()),
                ("send_at", models.DateTimeField()),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("ended", models.CharField(blank=True, default="", max_length=8)),
                ("ended_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, default="", max_length=200)),
                ("receipt", models.CharField(blank=True, default="", max_length=200)),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ok", models.BooleanField()),
                ("answer", models.CharField(blank=True, default="", max_length=200)),
                ("took_ms", models.PositiveIntegerField(default=0)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="workflow.delivery",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("role", models.CharField(blank=True, default="", max_length=20)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None
                    ),
                ),
                ("shown", models.CharField(max_length=200)),
                ("sealed", models.BinaryField()),
                ("active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.office",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="endpoint",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="workflow.endpoint",
            ),
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=12)),
                ("sealed", models.BinaryField()),
                ("shown", models.CharField(max_length=120)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("channel", models.CharField(max_length=12)),
                ("how", models.CharField(max_length=8)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "kind", "channel"), name="choice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["off", "now", "digest"]),
                            (
                                "kind__in",
                                ["work", "due", "objection", "notice", "honour", "programme", "progress"],
                            ),
                            ("channel__in", ["mail", "sms", "wecom", "dingtalk", "feishu"]),
                        ),
                        name="choice_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["webhook", "wecom", "dingtalk", "feishu"])),
                name="endpoint_kind_known",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("ended", "")), fields=["target", "send_at", "id"], name="delivery_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("ended", "dead")), fields=["-id"], name="delivery_dead"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["endpoint", "-id"], name="delivery_of_endpoint"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("key", "channel", "member", "endpoint"), name="delivery_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="reach",
            constraint=models.UniqueConstraint(fields=("member", "channel"), name="reach_once"),
        ),
        migrations.AddConstraint(
            model_name="reach",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "sms", "wecom", "dingtalk", "feishu"])),
                name="reach_channel_known",
            ),
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
