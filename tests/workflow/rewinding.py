"""Committed rows put back as they stood: a race is run again and again from the same place.

Triggers keep a ledger from being emptied; in this copy of the database they look away while rows are put back. They
are not switched off and on again, which would have every client plan its statements anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Two copies: the cast as it was built, and the place that races begin from. Rows are copied where one was
# written since both were alike, or is missing on one side.
MADE = r"""
CREATE SCHEMA rewind;
CREATE TABLE rewind.alike (other name PRIMARY KEY, xid bigint);
CREATE FUNCTION rewind.differing(other name) RETURNS name[] LANGUAGE plpgsql AS $$
DECLARE one name; differs boolean; found name[] := '{}';
        since bigint := (SELECT xid FROM rewind.alike a WHERE a.other = differing.other);
BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = other LOOP
    EXECUTE format('SELECT (SELECT count(*) FROM public.%2$I) <> (SELECT count(*) FROM %1$I.%2$I)
       OR EXISTS (SELECT FROM public.%2$I WHERE xmin::text::bigint > %3$s)
       OR EXISTS (SELECT FROM %1$I.%2$I WHERE xmin::text::bigint > %3$s)', other, one, since) INTO differs;
    IF differs THEN found := found || one; END IF;
  END LOOP;
  RETURN found;
END $$;
CREATE FUNCTION rewind.copy(source name, target name, other name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one name; same text; tables name[] := rewind.differing(other);
        since bigint := (SELECT xid FROM rewind.alike a WHERE a.other = copy.other);
BEGIN
  SET CONSTRAINTS ALL DEFERRED;
  FOREACH one IN ARRAY tables LOOP
    EXECUTE format('DELETE FROM %1$I.%3$I t WHERE t.xmin::text::bigint > %4$s
       OR NOT EXISTS (SELECT FROM %2$I.%3$I s WHERE %5$s AND s.xmin::text::bigint <= %4$s)',
       target, source, one, since, rewind.same(one));
  END LOOP;
  FOREACH one IN ARRAY tables LOOP
    EXECUTE format('INSERT INTO %1$I.%3$I OVERRIDING SYSTEM VALUE SELECT * FROM %2$I.%3$I s
       WHERE NOT EXISTS (SELECT FROM %1$I.%3$I t WHERE %4$s)', target, source, one, rewind.same(one));
  END LOOP;
  UPDATE rewind.alike a SET xid = txid_current() WHERE a.other = copy.other;
END $$;
CREATE FUNCTION rewind.same(one name) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(format('s.%1$I = t.%1$I', a.attname), ' AND '), 'false')
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
   WHERE i.indrelid = format('public.%I', one)::regclass AND i.indisprimary
$$;
DO $$
DECLARE one record; told text; off text := $c$current_setting('rewind.goes', true) IS DISTINCT FROM 'yes'$c$;
BEGIN
  FOR one IN SELECT oid, tgname, tgrelid::regclass AS held FROM pg_trigger WHERE NOT tgisinternal LOOP
    told := pg_get_triggerdef(one.oid);
    told := CASE WHEN told LIKE '% WHEN (%'
      THEN regexp_replace(told, ' WHEN \((.*)\) EXECUTE ', ' WHEN (' || off || ' AND (\1)) EXECUTE ')
      ELSE replace(told, ' EXECUTE ', ' WHEN (' || off || ') EXECUTE ') END;
    EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.held);
    EXECUTE told;
  END LOOP;
END $$;
DO $$
DECLARE one name; other name;
BEGIN
  FOREACH other IN ARRAY ARRAY['built', 'here'] LOOP
    EXECUTE format('CREATE SCHEMA %I', other);
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('CREATE TABLE %1$I.%2$I AS TABLE public.%2$I', other, one);
    END LOOP;
    INSERT INTO rewind.alike VALUES (other, txid_current());
  END LOOP;
END $$;
"""


def prepare() -> None:
    """Keep every row as it stands now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MADE)


@contextmanager
def from_the_cast() -> Iterator[None]:
    """Whatever is done within, the cast stands again as it was built."""
    try:
        yield
    finally:
        _back_to("built")


def remember() -> None:
    """Races begin from where everything stands now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rewind.copy('public', 'here', 'here')")


def go_back() -> None:
    """To where races begin."""
    _back_to("here")


def _back_to(other: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL rewind.goes = 'yes'")
        cursor.execute("SELECT rewind.copy(%s, 'public', %s)", [other, other])
