"""Committee votes: meetings, counts on paper, ballots that can be changed; versions of slates; a round's course."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

PROTECT = models.PROTECT
KINDS = [
    "extended",
    "added",
    "removed",
    "reminded",
    "struck",
    "cancelled",
    "closed",
    "count_entered",
    "count_confirmed",
    "late",
]


def key() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(model: str, *, named: str = "+", null: bool = False) -> Any:
    return models.ForeignKey(on_delete=PROTECT, related_name=named, to=f"workflow.{model}", null=null)


def one_to_one(named: str) -> Any:
    return models.OneToOneField(on_delete=PROTECT, related_name=named, to="workflow.round")


# Last line of defence. A secret vote has no ballots; what was confirmed or noted stays; a slate stays as it was tabled.
KEPT = """
CREATE FUNCTION ballots_are_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM workflow_roundtask t JOIN workflow_round r ON r.id = t.process_id
              WHERE t.id = NEW.task_id AND r.rule #>> '{vote,secret}' = 'true') THEN
    RAISE EXCEPTION 'a secret vote keeps no ballots' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ballot_of_open_vote BEFORE INSERT ON workflow_ballot
  FOR EACH ROW EXECUTE FUNCTION ballots_are_open();

-- Decided once; a member's open vote may be cast anew, each time as the next version, until its round is closed.
CREATE FUNCTION decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version = OLD.version + 1 AND NEW.decided_at >= OLD.decided_at AND NEW.verdict <> ''
     AND EXISTS (SELECT 1 FROM workflow_round r
                  WHERE r.id = NEW.process_id AND r.mode = 'vote' AND r.status = 'NEW') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER round_task_decided_once ON workflow_roundtask;
CREATE TRIGGER round_task_decided_once BEFORE UPDATE ON workflow_roundtask FOR EACH ROW
  WHEN (OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.verdict, NEW.decided_by_id)
        IS DISTINCT FROM (OLD.decided_at, OLD.verdict, OLD.decided_by_id)) EXECUTE FUNCTION decided_once();

CREATE FUNCTION paper_not_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM workflow_papervote v
              WHERE v.id = COALESCE(NEW.vote_id, OLD.vote_id) AND v.confirmed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a confirmed count is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER paper_vote_kept BEFORE UPDATE OR DELETE ON workflow_papervote
  FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION never_changed();
CREATE TRIGGER paper_count_kept BEFORE INSERT OR UPDATE OR DELETE ON workflow_papercount
  FOR EACH ROW EXECUTE FUNCTION paper_not_confirmed();
CREATE TRIGGER attendance_kept BEFORE INSERT OR UPDATE OR DELETE ON workflow_attendance
  FOR EACH ROW EXECUTE FUNCTION paper_not_confirmed();

CREATE TRIGGER recusal_kept BEFORE UPDATE OR DELETE ON workflow_recusal
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER round_note_kept BEFORE UPDATE OR DELETE ON workflow_roundnote
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER round_notes_not_emptied BEFORE TRUNCATE ON workflow_roundnote
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER slate_line_frozen BEFORE DELETE OR UPDATE OF slate_id, case_id, position ON workflow_slateline
  FOR EACH ROW EXECUTE FUNCTION never_changed();
REVOKE UPDATE, DELETE, TRUNCATE ON workflow_recusal, workflow_roundnote FROM laurel_web, laurel_worker;
"""
GO = """
DROP TRIGGER round_task_decided_once ON workflow_roundtask;
DROP FUNCTION decided_once();
CREATE TRIGGER round_task_decided_once BEFORE UPDATE ON workflow_roundtask FOR EACH ROW
  WHEN (OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.verdict, NEW.decided_by_id)
        IS DISTINCT FROM (OLD.decided_at, OLD.verdict, OLD.decided_by_id)) EXECUTE FUNCTION never_changed();
DROP TRIGGER slate_line_frozen ON workflow_slateline;
DROP TRIGGER ballot_of_open_vote ON workflow_ballot;
DROP FUNCTION ballots_are_open();
DROP FUNCTION paper_not_confirmed() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0016_accounts")]
    operations = [
        migrations.RemoveConstraint("ballot", "one_counted_ballot"),
        migrations.RemoveConstraint("slate", "slate_numbered_once"),
        migrations.AddField("ballot", "number", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("slate", "version", models.PositiveSmallIntegerField(default=1)),
        migrations.AddConstraint(
            "ballot",
            models.UniqueConstraint(fields=["task", "case", "member", "number"], name="one_counted_ballot"),
        ),
        migrations.AddConstraint(
            "slate",
            models.UniqueConstraint(fields=["edition", "number", "version"], name="slate_numbered_once"),
        ),
        migrations.CreateModel(
            "Meeting",
            [
                ("id", key()),
                ("held_on", models.DateField()),
                ("place", models.CharField(max_length=100)),
                ("chair", models.CharField(max_length=50)),
                ("recorder", models.CharField(max_length=50)),
                ("remarks", models.TextField(blank=True)),
                ("version", models.IntegerField(default=1)),
                ("kept_at", models.DateTimeField()),
                ("kept_by", to("office")),
                ("round", one_to_one("meeting")),
            ],
        ),
        migrations.CreateModel(
            "PaperVote",
            [
                ("id", key()),
                ("version", models.IntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("sheet_name", models.CharField(blank=True, max_length=120)),
                ("sheet_sha256", models.CharField(blank=True, max_length=64)),
                ("sheet_media_type", models.CharField(blank=True, max_length=100)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("round", one_to_one("paper_vote")),
                ("scrutineer", to("member", null=True)),
                ("scrutineer_office", to("office", null=True)),
                ("teller", to("member")),
                ("teller_office", to("office")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(scrutineer__isnull=True) | ~Q(scrutineer=F("teller")),
                        name="scrutineer_is_another",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            confirmed_at__isnull=True, scrutineer__isnull=True, scrutineer_office__isnull=True
                        )
                        | (
                            Q(
                                confirmed_at__isnull=False,
                                scrutineer__isnull=False,
                                scrutineer_office__isnull=False,
                            )
                            & ~Q(sheet_sha256="")
                        ),
                        name="paper_vote_confirmed_whole",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            "PaperCount",
            [
                ("id", key()),
                ("in_favour", models.PositiveSmallIntegerField()),
                ("against", models.PositiveSmallIntegerField()),
                ("abstain", models.PositiveSmallIntegerField()),
                ("spoiled", models.PositiveSmallIntegerField(default=0)),
                ("case", to("declaration")),
                ("vote", to("papervote", named="counts")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["vote", "case"], name="one_paper_count_a_line")
                ]
            },
        ),
        migrations.CreateModel(
            "Attendance",
            [
                ("id", key()),
                ("present", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("member", to("member")),
                ("vote", to("papervote", named="attendance")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["vote", "member"], name="one_attendance_a_member")
                ]
            },
        ),
        migrations.CreateModel(
            "Recusal",
            [
                ("id", key()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("case", to("declaration")),
                ("member", to("member")),
                ("round", to("round", named="recusals")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["round", "case", "member"], name="one_recusal_a_line")
                ]
            },
        ),
        migrations.CreateModel(
            "RoundNote",
            [
                ("id", key()),
                ("case_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("office", to("office", null=True)),
                ("round", to("round", named="notes")),
                ("task", to("roundtask", null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["round", "id"], name="round_note_of_round")],
                "constraints": [models.CheckConstraint(condition=Q(kind__in=KINDS), name="round_note_known")],
            },
        ),
        migrations.RunSQL(KEPT, GO),
    ]
