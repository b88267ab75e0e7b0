"""What the database itself refuses, whom it lets in, and the view that services/notify reads.

The edges stand here as they were when this migration was written; tests/workflow/models/test_edges.py compares the
table with the machines, so a step that is added later needs a migration of its own.
"""

from typing import Any

from django.db import migrations

EDGES = {
    "declaration": [
        ("draft", "eligibility evaluation naming notice"),
        ("draft", "preliminary_review withdrawn"),
        ("eligibility", "declined disqualified eligibility evaluation"),
        ("eligibility", "naming notice preliminary_review returned withdrawn"),
        ("evaluation", "disqualified eligibility evaluation naming"),
        ("evaluation", "not_selected notice preliminary_review returned withdrawn"),
        ("naming", "disqualified named naming"),
        ("notice", "disqualified eligibility evaluation naming"),
        ("notice", "notice preliminary_review"),
        ("preliminary_review", "declined disqualified draft eligibility evaluation"),
        ("preliminary_review", "naming notice preliminary_review returned"),
        ("preliminary_review", "withdrawn"),
        ("returned", "disqualified eligibility evaluation naming"),
        ("returned", "notice preliminary_review returned withdrawn"),
    ],
    "honour": [
        ("held", "lapsed relinquished under_review"),
        ("rectifying", "held revocation_proposed"),
        ("revocation_proposed", "held revoked"),
        ("under_review", "held rectifying revocation_proposed warned"),
        ("warned", "held lapsed rectifying relinquished under_review"),
    ],
    "notice": [
        ("closed", "taken_down"),
        ("draft", "prepared"),
        ("prepared", "draft released"),
        ("released", "closed released suspended"),
        ("suspended", "released"),
    ],
    "objection": [
        ("dismissed", "replied"),
        ("found", "dismissed sustained"),
        ("investigating", "found"),
        ("lodged", "received"),
        ("received", "investigating"),
        ("sustained", "replied"),
    ],
    "rectification": [
        ("ordered", "ordered planned rejected"),
        ("planned", "planned rejected reported"),
        ("reported", "accepted rejected"),
    ],
    "programme": [
        ("admitted", "withdrawn"),
        ("draft", "proposed withdrawn"),
        ("proposed", "admitted refused withdrawn"),
    ],
}
PLACE = {"declaration": "stage"}

CLOCK = """
INSERT INTO demo_clock (id, "offset") VALUES (1, interval '0');
CREATE FUNCTION laurel_now() RETURNS timestamptz LANGUAGE sql STABLE
  AS $$ SELECT now() + (SELECT "offset" FROM demo_clock WHERE id = 1) $$;
"""

EDGE_TABLE = """
CREATE TABLE edge (kind text, source text, target text, PRIMARY KEY (kind, source, target));
CREATE FUNCTION keep_to_edges() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place text := TG_ARGV[1];
  before text := to_jsonb(OLD) ->> place;
  after text := to_jsonb(NEW) ->> place;
BEGIN
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION '% %: version % does not follow %', TG_ARGV[0], OLD.id, NEW.version, OLD.version
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM edge WHERE kind = TG_ARGV[0] AND source = before AND target = after) THEN
    RAISE EXCEPTION '% %: no step leads from % to %', TG_ARGV[0], OLD.id, before, after
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""

NEVER_CHANGED = """
CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER ledger_not_emptied BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER ballot_kept BEFORE UPDATE OR DELETE ON workflow_ballot FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER ballots_not_emptied BEFORE TRUNCATE ON workflow_ballot
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER look_kept BEFORE UPDATE OR DELETE ON workflow_identitylook
  FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER looks_not_emptied BEFORE TRUNCATE ON workflow_identitylook
  FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER round_task_decided_once BEFORE UPDATE ON workflow_roundtask FOR EACH ROW
  WHEN (OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.verdict, NEW.decided_by_id)
        IS DISTINCT FROM (OLD.decided_at, OLD.verdict, OLD.decided_by_id)) EXECUTE FUNCTION never_changed();
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON workflow_programmeversion
  FOR EACH ROW EXECUTE FUNCTION never_changed();
"""

FEED = """
CREATE VIEW feed AS
  SELECT xid, id, at, (kind || '.' || step)::text AS type, topics::text[] AS topics, case_id, kind::text AS kind, seq,
         jsonb_build_object('source', source, 'target', target, 'leg', leg, 'step', step, 'version', seq) AS data,
         public
    FROM ledger
  UNION ALL
  SELECT xid, id, at, type::text, topics::text[], case_id, NULL::text, NULL::int, body, NULL::jsonb FROM signal;

CREATE FUNCTION feed_epoch() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
  SELECT to_hex(system_identifier) || '-' || ltrim(left(pg_walfile_name(pg_current_wal_lsn()), 8), '0')
      || '-' || (SELECT to_hex(oid::bigint) FROM pg_database WHERE datname = current_database())
    FROM pg_control_system() $$;
CREATE FUNCTION feed_head() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
  SELECT coalesce((SELECT xid::text || '.' || id FROM feed WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
                    ORDER BY xid DESC, id DESC LIMIT 1), '0.0') $$;
CREATE FUNCTION feed_keeps(after_xid xid8, after_id bigint) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
  SELECT coalesce((SELECT at FROM feed WHERE (xid, id) <= (after_xid, after_id) ORDER BY xid DESC, id DESC LIMIT 1),
                  (SELECT at FROM feed ORDER BY xid, id LIMIT 1),
                  laurel_now()) > laurel_now() - interval '6 days' $$;
"""

ROLES = """
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['laurel_web', 'laurel_worker', 'laurel_feed'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    -- Roles belong to the whole cluster: where another owner made them, the operator grants them (operating.md).
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    EXCEPTION WHEN insufficient_privilege THEN RAISE WARNING 'grant % to % by hand', name, CURRENT_USER;
    END;
    EXECUTE format('GRANT USAGE ON SCHEMA {schema} TO %I', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO laurel_web, laurel_worker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO laurel_web, laurel_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO laurel_web, laurel_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO laurel_web, laurel_worker;
REVOKE UPDATE, DELETE, TRUNCATE ON ledger, workflow_ballot, workflow_programmeversion, workflow_identitylook
  FROM laurel_web, laurel_worker;
REVOKE INSERT, UPDATE, DELETE ON edge, django_migrations FROM laurel_web, laurel_worker;
REVOKE ALL ON FUNCTION feed_epoch(), feed_head(), feed_keeps(xid8, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION feed_epoch(), feed_head(), feed_keeps(xid8, bigint)
  TO laurel_feed, laurel_web, laurel_worker;
GRANT SELECT ON feed TO laurel_feed;
"""


def lay_down(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        for text in (CLOCK, EDGE_TABLE, NEVER_CHANGED):
            cursor.execute(text)
        for kind, rows in EDGES.items():
            pairs = [(kind, source, target) for source, targets in rows for target in targets.split()]
            cursor.executemany("INSERT INTO edge (kind, source, target) VALUES (%s, %s, %s)", pairs)
            place = PLACE.get(kind, "status")
            cursor.execute(
                f"CREATE TRIGGER {kind}_edges BEFORE UPDATE OF {place}, leg, version ON workflow_{kind}"
                f" FOR EACH ROW EXECUTE FUNCTION keep_to_edges('{kind}', '{place}')"
            )
        for text in (FEED, ROLES):
            cursor.execute(text.replace("{schema}", schema))


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0001_tables"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("axes", "0010_accessattemptexpiration"),
        ("procrastinate", "0041_post_retry_failed_job"),
        ("viewflow", "__latest__"),
    ]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
