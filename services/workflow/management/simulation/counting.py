"""What happened in the years that were played, counted from the ledger and the list of due work."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from services.workflow.queries.invariants import Violation, violations

# column of the report: (kind, step)
COUNTED = {
    "declared": ("declaration", "submit"),
    "returned": ("declaration", "return"),
    "declined": ("declaration", "decline"),
    "not_selected": ("declaration", "pass_over"),
    "disqualified": ("declaration", "disqualify"),
    "named": ("honour", "create"),
    "objections": ("objection", "create"),
    "sustained": ("objection", "sustain"),
    "rereviews": ("honour", "open_rereview"),
    "retained": ("honour", "retain"),
    "warned": ("honour", "warn"),
    "rectifications": ("rectification", "create"),
    "accepted": ("rectification", "accept"),
    "proposed": ("honour", "propose_revocation"),
    "revoked": ("honour", "revoke"),
    "lapsed": ("honour", "lapse"),
    "relinquished": ("honour", "relinquish"),
    "plaques": ("honour", "return_plaque"),
    "passed_on": ("honour", "pass_on"),
}
STEPS = """
SELECT date_part('year', at AT TIME ZONE 'Asia/Shanghai')::int, kind, step, count(*) FROM ledger
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
# A deadline that fired had not been met: somebody was late.
LATE = """
SELECT date_part('year', at AT TIME ZONE 'Asia/Shanghai')::int, count(*) FROM due
 WHERE kind IN ('leg', 'task', 'deadline') AND fired_at IS NOT NULL GROUP BY 1 ORDER BY 1
"""
FLOW = "SELECT kind, source, target, count(*) FROM ledger WHERE source <> target GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
SIZES = (
    "SELECT (SELECT count(*) FROM ledger), (SELECT count(DISTINCT case_id) FROM ledger),"
    " (SELECT count(*) FROM due WHERE fired_at IS NOT NULL)"
)


@dataclass(frozen=True)
class Counted:
    """`years` holds {year: {column: number}}, `flow` {(kind, source, target): cases}."""

    years: Mapping[int, Mapping[str, int]]
    flow: Mapping[tuple[str, str, str], int]
    entries: int
    cases: int
    fired: int
    violated: tuple[Violation, ...]


def count(years: range) -> Counted:
    rows: dict[int, dict[str, int]] = {year: dict.fromkeys((*COUNTED, "late"), 0) for year in years}
    columns = {pair: column for column, pair in COUNTED.items()}
    with connection.cursor() as cursor:
        cursor.execute(STEPS)
        for year, kind, step, number in cursor.fetchall():
            if (kind, step) in columns and year in rows:
                rows[year][columns[kind, step]] = number
        cursor.execute(LATE)
        for year, number in cursor.fetchall():
            if year in rows:
                rows[year]["late"] = number
        cursor.execute(FLOW)
        flow = {(kind, source, target): number for kind, source, target, number in cursor.fetchall()}
        cursor.execute(SIZES)
        entries, cases, fired = cursor.fetchone()
    return Counted(rows, flow, entries, cases, fired, tuple(violations()))
