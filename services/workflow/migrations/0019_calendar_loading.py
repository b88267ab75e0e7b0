"""Loading a year's calendar: its record, which is only added to, and no date counted by a calendar already replaced."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
ONLY_ADDED = """
CREATE TRIGGER loading_kept BEFORE UPDATE OR DELETE ON workflow_calendarloading
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER loadings_not_emptied BEFORE TRUNCATE ON workflow_calendarloading
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER shift_kept BEFORE UPDATE OR DELETE ON workflow_calendarshift
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER shifts_not_emptied BEFORE TRUNCATE ON workflow_calendarshift
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_calendarloading, workflow_calendarshift FROM laurel_web, laurel_worker;
"""
# A command that read the calendar before a year was loaded and writes after it would leave a provisional date that
# nobody counts again. It is told to begin anew, as after a deadlock: commands/transaction.py.
NOT_STALE = """
CREATE FUNCTION not_by_an_older_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ((NEW.at - interval '1 microsecond') AT TIME ZONE 'UTC' + interval '8 hours')::date
     <= make_date((SELECT max(year)::int FROM workflow_calendaryear), 12, 31) THEN
    RAISE EXCEPTION 'the calendar of % was loaded meanwhile', NEW.at USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER due_by_the_calendar BEFORE INSERT ON due FOR EACH ROW
  WHEN (NEW.provisional AND NEW.kind <> 'reminder') EXECUTE FUNCTION not_by_an_older_calendar();
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0017_asked_before")]
    operations = [
        migrations.CreateModel(
            name="CalendarLoading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("document", models.CharField(max_length=80)),
                ("changes", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="workflow.office"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarShift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("case_id", models.BigIntegerField(null=True)),
                ("case_kind", models.CharField(blank=True, default="", max_length=20)),
                ("before", models.DateTimeField()),
                ("after", models.DateTimeField()),
                ("provisional", models.BooleanField()),
                (
                    "loading",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="shifts", to="workflow.calendarloading"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to="workflow.roundtask"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
        migrations.RunSQL(NOT_STALE, migrations.RunSQL.noop),
    ]
