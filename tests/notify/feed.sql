-- What workflow's migrations give to services/notify, on tables of the tests' own. docs/events.md, section 1.
CREATE TABLE ledger (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    type text NOT NULL,
    topics text[] NOT NULL,
    case_id bigint,
    kind text,
    seq int,
    data jsonb NOT NULL DEFAULT '{}',
    public jsonb
);
CREATE INDEX ON ledger (xid, id);
CREATE VIEW feed AS SELECT xid, id, at, type, topics, case_id, kind, seq, data, public FROM ledger;

CREATE FUNCTION laurel_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';

CREATE FUNCTION feed_epoch() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT to_hex(system_identifier) || '-' || ltrim(left(pg_walfile_name(pg_current_wal_lsn()), 8), '0')
      || '-' || (SELECT to_hex(oid::bigint) FROM pg_database WHERE datname = current_database())
    FROM pg_control_system() $$;

CREATE FUNCTION feed_head() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT coalesce((SELECT xid::text || '.' || id FROM feed
                    WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
                    ORDER BY xid DESC, id DESC LIMIT 1), '0.0') $$;

CREATE FUNCTION feed_keeps(after_xid xid8, after_id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT coalesce((SELECT at FROM feed WHERE (xid, id) <= (after_xid, after_id) ORDER BY xid DESC, id DESC LIMIT 1),
                  (SELECT at FROM feed ORDER BY xid, id LIMIT 1),
                  laurel_now()) > laurel_now() - interval '6 days' $$;

DO $$ BEGIN
  CREATE ROLE laurel_feed NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT laurel_feed TO CURRENT_USER;
REVOKE ALL ON FUNCTION feed_epoch(), feed_head(), feed_keeps(xid8, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION feed_epoch(), feed_head(), feed_keeps(xid8, bigint) TO laurel_feed;
GRANT SELECT ON feed TO laurel_feed;
