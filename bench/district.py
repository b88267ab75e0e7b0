"""A large district by set-based statements: communities whose declarations wait at their towns."""

import time
from dataclasses import dataclass

import psycopg
from psycopg import sql

UNITS = """
INSERT INTO workflow_unit (code, name, kind, parent_id, town_id, district_id, category, pinyin)
SELECT 'bench-' || n, '测速社区' || n, 'community', t.id, t.id, t.district_id, '', 'ceshu'
  FROM generate_series(1, %(cases)s) AS n
  JOIN (SELECT id, district_id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS number
          FROM (SELECT * FROM workflow_unit WHERE kind = 'town' ORDER BY id LIMIT %(towns)s) AS chosen) AS t
    ON n %% t.number = t.place
"""
# What a person of that office would see after filing: at the town, due in the coming weeks, no two at one moment.
DECLARATIONS = """
INSERT INTO workflow_declaration
       (version, leg, stage, waiting_role, waiting_unit_id, town_id, district_id, office_unit_id, since, due_at,
        due_provisional, edition_id, unit_id, applicant_id, number, filed_at, revision {more})
SELECT 1, 1, 'preliminary_review', 'town', u.town_id, u.town_id, u.district_id, e.host_id, now(),
       now() + interval '10 days' + u.id * interval '1 second', false, e.id, u.id, u.id, '', now(), 0 {values}
  FROM workflow_unit u,
       (SELECT e.id, p.host_id FROM workflow_edition e JOIN workflow_programme p ON p.id = e.programme_id
         WHERE p.code = 'wenming-000' ORDER BY e.year DESC LIMIT 1) AS e
 WHERE u.code LIKE 'bench-%%'
"""
LEDGER = """
INSERT INTO ledger (id, case_id, kind, seq, source, target, leg, step, at, reason_digest, previous, hash, topics)
SELECT nextval('feed_id_seq'), d.id, 'declaration', 1, '', 'preliminary_review', 1, 'submit', now(), '', '',
       encode(sha256(d.id::text::bytea), 'hex'), ARRAY['case:' || d.id, 'unit:' || d.unit_id, 'unit:' || d.town_id]
  FROM workflow_declaration d JOIN workflow_unit u ON u.id = d.unit_id WHERE u.code LIKE 'bench-%'
"""
# Columns that later tables may have; a value for each that allows none.
NEUTRAL = {
    "text": "''",
    "character varying": "''",
    "integer": "0",
    "smallint": "0",
    "boolean": "false",
    "ARRAY": "'{}'",
}


MANY = 50_000
TABLES = ("workflow_unit", "workflow_declaration", "ledger")


@dataclass(frozen=True)
class Filled:
    cases: int
    seconds: float


def fill(url: str, cases: int, *, towns: int | None = None) -> Filled:
    """Put so many waiting declarations with their first ledger entry into a database with the demo district.

    They are shared out to all of its towns, or to so many of them.
    """
    began = time.perf_counter()
    with psycopg.connect(url) as owner:
        indexes: list[str] = []
        if cases > MANY:
            owner.execute("SET LOCAL maintenance_work_mem = '256MB'")
            owner.execute("SET LOCAL work_mem = '128MB'")
            _without_foreign_keys(owner)
            indexes = _without_indexes(owner)
        owner.execute(UNITS, {"cases": cases, "towns": towns})
        owner.execute("ANALYZE workflow_unit")
        more, values = _other_columns(owner)
        owner.execute(DECLARATIONS.format(more=more, values=values), {})
        owner.execute(LEDGER)
        for index in indexes:
            owner.execute(index.encode())
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE workflow_unit, workflow_declaration, ledger")
    return Filled(cases, time.perf_counter() - began)


def _without_foreign_keys(owner: "psycopg.Connection[tuple[object, ...]]") -> None:
    """They are true by construction here; checking each of a million rows eight times takes minutes."""
    for table in TABLES:
        names = owner.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [table]
        ).fetchall()
        for (name,) in names:
            drop = "ALTER TABLE {} DROP CONSTRAINT {}"
            owner.execute(sql.SQL(drop).format(sql.Identifier(table), sql.Identifier(str(name))))


def _without_indexes(owner: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    """What makes them again once the rows are there: sorting a million rows once is quicker than a million places.

    Those of primary keys and unique constraints stay.
    """
    rows = owner.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[])"
        "   AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [list(TABLES)],
    ).fetchall()
    for name, _ in rows:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
    return [str(text) for _, text in rows]


def _other_columns(owner: "psycopg.Connection[tuple[object, ...]]") -> tuple[str, str]:
    """Columns without a default that the statement above does not name: it goes on working when one is added."""
    rows = owner.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'workflow_declaration'"
        " AND is_nullable = 'NO' AND column_default IS NULL"
    ).fetchall()
    missing = [
        (str(name), str(kind)) for name, kind in rows if f"{name}," not in DECLARATIONS.replace(" {", ", {")
    ]
    more = "".join(f", {name}" for name, _ in missing)
    return more, "".join(f", {NEUTRAL[kind]}" for _, kind in missing)
