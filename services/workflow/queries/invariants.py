"""What must hold in any database of the product, whatever has happened to it; each asked of PostgreSQL as a whole."""

from dataclasses import dataclass

from django.db import connection

from services.workflow.domain.stages import LIVE_HONOUR
from services.workflow.queries.history import verify_ledgers

MOST = 20
KINDS = ("declaration", "honour", "notice", "objection", "programme", "rectification")

# code: rows that break it, as (case or what it is about, what is wrong).
STATEMENTS = {
    "edge_unknown": """
        SELECT l.case_id, l.source || ' > ' || l.target FROM ledger l
         WHERE l.seq > 1 AND NOT EXISTS (SELECT 1 FROM edge e
               WHERE (e.kind, e.source, e.target) = (l.kind, l.source, l.target))""",
    "feed_out_of_order": """
        SELECT case_id, seq::text FROM (
            SELECT case_id, seq, row_number() OVER (PARTITION BY case_id ORDER BY xid, id) AS place FROM ledger) AS f
         WHERE seq <> place""",
    "two_open_rounds": """
        SELECT s.case_id, count(*)::text FROM workflow_slateline s JOIN workflow_round r ON r.slate_id = s.slate_id
         WHERE s.open AND r.status = 'NEW' GROUP BY s.case_id HAVING count(*) > 1""",
    "task_of_closed_round": """
        SELECT t.id, t.status FROM workflow_roundtask t JOIN workflow_round r ON r.id = t.process_id
         WHERE t.status = 'NEW' AND t.flow_task_type = 'HUMAN' AND r.status <> 'NEW'""",
    "due_not_fired": """
        SELECT coalesce(case_id, task_id), kind FROM due
         WHERE fired_at IS NULL AND cancelled_at IS NULL AND at <= laurel_now()""",
    "due_fired_early": "SELECT coalesce(case_id, task_id), kind FROM due WHERE fired_at < at",
    "due_fired_twice": """
        SELECT coalesce(case_id, task_id), kind FROM due WHERE fired_at IS NOT NULL
         GROUP BY coalesce(case_id, task_id), kind, n, version HAVING count(*) > 1""",
    "due_of_a_case_that_rests": """
        SELECT d.case_id, d.kind FROM due d
          JOIN (SELECT DISTINCT ON (case_id) case_id, target FROM ledger ORDER BY case_id, seq DESC) AS l
            ON l.case_id = d.case_id
         WHERE d.fired_at IS NULL AND d.cancelled_at IS NULL
           AND l.target IN ('named', 'withdrawn', 'declined', 'not_selected', 'disqualified', 'revoked', 'lapsed',
                            'relinquished', 'replied', 'accepted', 'rejected', 'taken_down')
           AND NOT (d.kind IN ('leg', 'reminder', 'escalation') AND EXISTS (  -- the plaque is still to come back
               SELECT 1 FROM workflow_honour h WHERE h.id = d.case_id AND h.plaque_returned_on IS NULL))""",
    "two_live_honours": """
        SELECT min(id), count(*)::text FROM workflow_honour WHERE status = ANY(%(live)s)
         GROUP BY programme_id, unit_id HAVING count(*) > 1""",
    "named_in_a_ban": """
        SELECT h.id, h.conferred_on::text FROM workflow_honour h
          JOIN workflow_declaration d ON d.id = h.declaration_id
          JOIN workflow_honour b ON b.programme_id = h.programme_id AND b.unit_id = d.unit_id
         WHERE b.banned_until IS NOT NULL AND h.conferred_on >= b.revoked_on AND h.conferred_on < b.banned_until""",
    "over_quota": """
        SELECT e.id, count(h.id) || ' > ' || (v.definition #>> '{quota,number}') FROM workflow_edition e
          JOIN workflow_programmeversion v ON v.id = e.definition_version_id
          JOIN workflow_honour h ON h.edition_id = e.id
         WHERE v.definition #>> '{quota,kind}' IN ('maximum', 'exact')
         GROUP BY e.id, v.definition HAVING count(h.id) > (v.definition #>> '{quota,number}')::int""",
    "named_without_honour": """
        SELECT d.id, d.stage FROM workflow_declaration d LEFT JOIN workflow_honour h ON h.declaration_id = d.id
         WHERE (d.stage = 'named') <> (h.id IS NOT NULL)""",
    "review_without_place": """
        SELECT h.id, h.status FROM workflow_honour h
          LEFT JOIN workflow_rereview r ON r.honour_id = h.id AND r.closed_at IS NULL
         WHERE (h.status = 'under_review') <> (r.id IS NOT NULL)""",
    "mending_without_order": """
        SELECT h.id, h.status FROM workflow_honour h
         WHERE h.status = 'rectifying' AND NOT EXISTS (
               SELECT 1 FROM workflow_rectification r WHERE r.honour_id = h.id AND r.status <> 'accepted')""",
    "inspected_by_orderer": """
        SELECT l.case_id, l.step FROM ledger l JOIN ledger o ON o.case_id = l.case_id AND o.seq = 1
         WHERE l.kind = 'rectification' AND l.source = 'reported' AND l.step IN ('accept', 'reject')
           AND l.actor_id = o.actor_id""",
    "revoked_by_proposer": """
        SELECT l.case_id, l.step FROM ledger l JOIN workflow_office o ON o.id = l.office_id
          JOIN workflow_honour h ON h.id = l.case_id
         WHERE l.kind = 'honour' AND l.step = 'revoke' AND o.unit_id = h.proposer_unit_id""",
    "trigger_missing": """
        SELECT 0, k.kind FROM unnest(%(kinds)s::text[]) AS k(kind) WHERE NOT EXISTS (
               SELECT 1 FROM pg_trigger t WHERE t.tgname = k.kind || '_edges' AND t.tgenabled <> 'D')""",
    "ledger_unguarded": """
        SELECT 0, g.name FROM unnest(ARRAY['ledger_kept', 'ledger_not_emptied']) AS g(name) WHERE NOT EXISTS (
               SELECT 1 FROM pg_trigger t WHERE t.tgname = g.name AND t.tgenabled <> 'D')""",
}


@dataclass(frozen=True)
class Violation:
    """`about` is the case, edition or task it concerns; 0 where it is the database as a whole."""

    code: str
    about: int
    what: str


def violations() -> list[Violation]:
    """Everything that does not hold, of each invariant the first few. Run it while nothing else writes."""
    found = [
        Violation(f"ledger_{flaw.what}", flaw.case, f"seq {flaw.seq}")
        for flaw in verify_ledgers().flaws[:MOST]
    ]
    for code, statement in STATEMENTS.items():
        found.extend(Violation(code, about, what) for about, what in _asked(statement))
    return found


def names() -> tuple[str, ...]:
    """Every invariant by its code, those of the ledger first."""
    return (*(f"ledger_{what}" for what in LEDGER), *STATEMENTS)


LEDGER = ("gap", "source", "previous", "hash", "reason", "no_case", "no_entry", "row")


def _asked(statement: str) -> list[tuple[int, str]]:
    values = {"live": [str(status) for status in LIVE_HONOUR], "kinds": list(KINDS)}
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY 1, 2 LIMIT {MOST}", values)
        return [(int(about), str(what)) for about, what in cursor.fetchall()]
