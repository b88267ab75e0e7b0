"""A number that rises with each change of the units' codes and of the calendar, so that a process may keep what it
read; and a lighter guard of the edges.

Taken from a sequence: a number that a transaction has used never comes again, not even where that transaction ends in
nothing, so what was read under one number is what stands under it.
"""

from typing import ClassVar

from django.db import migrations

REVISIONS = """
CREATE SEQUENCE revision_seq;
CREATE TABLE revision (name text PRIMARY KEY, number bigint NOT NULL);
INSERT INTO revision VALUES ('units', nextval('revision_seq')), ('calendar', nextval('revision_seq'));
CREATE FUNCTION raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE revision SET number = nextval('revision_seq') WHERE name = TG_ARGV[0];
  RETURN NULL;
END $$;
CREATE TRIGGER units_revised AFTER INSERT OR UPDATE OF id, code OR DELETE OR TRUNCATE ON workflow_unit
  FOR EACH STATEMENT EXECUTE FUNCTION raise_revision('units');
CREATE TRIGGER days_revised AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON workflow_calendarday
  FOR EACH STATEMENT EXECUTE FUNCTION raise_revision('calendar');
CREATE TRIGGER years_revised AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON workflow_calendaryear
  FOR EACH STATEMENT EXECUTE FUNCTION raise_revision('calendar');
REVOKE INSERT, DELETE, TRUNCATE ON revision FROM laurel_web, laurel_worker;
GRANT SELECT, UPDATE ON revision TO laurel_web, laurel_worker;
GRANT USAGE ON SEQUENCE revision_seq TO laurel_web, laurel_worker;
"""

# The guard of 0002 turned each row into JSON twice to read one column; this reads the column.
EDGES = """
CREATE OR REPLACE FUNCTION keep_to_edges() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text;
  after text;
BEGIN
  IF TG_ARGV[1] = 'stage' THEN
    before := OLD.stage;
    after := NEW.stage;
  ELSE
    before := OLD.status;
    after := NEW.status;
  END IF;
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


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflow", "0009_corrections")]
    operations: ClassVar = [migrations.RunSQL([REVISIONS, EDGES], migrations.RunSQL.noop)]
