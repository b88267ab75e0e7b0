"""Who has judged a case: by a step of its own, or by an answer in a round, which is no step of theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Q

from services.workflow.domain.actor import Seat
from services.workflow.models import Ballot, Finding, LedgerEntry, Office, Score
from services.workflow.queries.prepared import fetch

# Who is in charge at the unit is no act of those who judge it: for what came last, a hand-over is passed by.
HEADS = """
SELECT v.case_id, CASE WHEN l.step <> 'hand_over' THEN l.step ELSE
         (SELECT step FROM ledger WHERE case_id = v.case_id AND step <> 'hand_over' ORDER BY seq DESC LIMIT 1) END,
       l.hash, NULL::text, NULL::bigint, NULL::text
  FROM unnest(%(ids)s::bigint[]) AS v(case_id),
       LATERAL (SELECT step, hash FROM ledger WHERE case_id = v.case_id ORDER BY seq DESC LIMIT 1) AS l
"""
# In which offices a member has acted on each case, by the seats they are.
ACTED = """
SELECT a.case_id, '', '', o.role::text, o.unit_id, NULL::text FROM (
  SELECT case_id, office_id FROM ledger WHERE actor_id = %(member)s::bigint AND case_id = ANY(%(ids)s::bigint[])
  UNION SELECT f.case_id, f.office_id FROM workflow_finding f JOIN workflow_office o ON o.id = f.office_id
   WHERE o.member_id = %(member)s AND f.case_id = ANY(%(ids)s)
  UNION SELECT s.case_id, s.office_id FROM workflow_score s JOIN workflow_office o ON o.id = s.office_id
   WHERE o.member_id = %(member)s AND s.case_id = ANY(%(ids)s)
  UNION SELECT b.case_id, t.decided_by_id FROM workflow_ballot b JOIN workflow_roundtask t ON t.id = b.task_id
   WHERE b.member_id = %(member)s AND b.case_id = ANY(%(ids)s)
) AS a JOIN workflow_office o ON o.id = a.office_id
"""
# Why a member keeps their hands off a case: they sat in its unit while it was under way, declared a relation to it or
# to somebody there, or recused themselves.
SUBJECTS = """
  SELECT id, unit_id FROM workflow_declaration WHERE id = ANY(%(ids)s)
  UNION ALL SELECT id, unit_id FROM workflow_honour WHERE id = ANY(%(ids)s)
  UNION ALL SELECT id, unit_id FROM workflow_rectification WHERE id = ANY(%(ids)s)
  UNION ALL SELECT o.id, d.unit_id FROM workflow_objection o JOIN workflow_declaration d ON d.id = o.declaration_id
   WHERE o.id = ANY(%(ids)s)
"""
BARS = f"""
SELECT c.id, '', '', NULL::text, NULL::bigint, b.bar FROM ({SUBJECTS}) AS c, LATERAL (
  SELECT 'was_of_unit' AS bar FROM workflow_office o WHERE o.unit_id = c.unit_id AND o.member_id = %(member)s
     AND (o.until IS NULL OR o.until > (SELECT l.at FROM ledger l WHERE l.case_id = c.id AND l.seq = 1))
  UNION SELECT 'related' FROM workflow_relation r WHERE r.member_id = %(member)s AND r.ended_at IS NULL
     AND (r.unit_id = c.unit_id OR r.person_id IN
          (SELECT o.member_id FROM workflow_office o WHERE o.unit_id = c.unit_id AND o.until IS NULL))
) AS b
UNION ALL SELECT case_id, '', '', NULL::text, NULL::bigint, 'recused' FROM workflow_recusal
 WHERE member_id = %(member)s AND case_id = ANY(%(ids)s)
"""
TIES = f"{ACTED} UNION ALL {BARS}"
STANDING = f"{HEADS} UNION ALL {TIES}"


@dataclass
class Standing:
    """Of one case: the last step but a hand-over, the hash of its newest entry, the seats one member acted on it in,
    and what bars them.
    """

    last_step: str = ""
    head_hash: str = ""
    acted: frozenset[Seat] = frozenset()
    bars: frozenset[str] = frozenset()


def standing_of(case_ids: Sequence[int], member_id: int | None) -> dict[int, Standing]:
    """Where each case stands in its ledger; one statement, however many cases."""
    asked = {"ids": list(case_ids), "member": member_id}
    return standing_from(fetch(HEADS if member_id is None else STANDING, asked), case_ids)


def standing_from(rows: Iterable[Sequence[Any]], case_ids: Sequence[int]) -> dict[int, Standing]:
    """{case: standing} from the rows of STANDING."""
    found = {case_id: Standing() for case_id in case_ids}
    for case_id, step, head, role, unit_id, bar in rows:
        standing = found[case_id]
        if bar is not None:
            standing.bars |= {bar}
        elif role is not None:
            standing.acted |= {Seat(role, unit_id)}
        elif head:
            standing.last_step, standing.head_hash = step, head
    return found


def ties_of_member(case_ids: Sequence[int], member_id: int) -> dict[int, Standing]:
    """{case: seats a member acted in, and what bars them}."""
    return standing_from(fetch(TIES, {"ids": list(case_ids), "member": member_id}), case_ids)


def units_on(case_id: int) -> frozenset[int]:
    """The units in whose offices somebody acted on a case."""
    acted = Q(pk__in=LedgerEntry.objects.filter(case_id=case_id).values("office_id"))
    acted |= Q(pk__in=Finding.objects.filter(case=case_id).values("office_id"))
    acted |= Q(pk__in=Score.objects.filter(case_id=case_id).values("office_id"))
    acted |= Q(pk__in=Ballot.objects.filter(case=case_id).values("task__decided_by_id"))
    return frozenset(Office.objects.filter(acted).values_list("unit_id", flat=True))


def members_on(case_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """{case: everybody who acted on it}."""
    ids = list(case_ids)
    rows = chain(
        LedgerEntry.objects.filter(case_id__in=ids, actor__isnull=False).values_list("case_id", "actor_id"),
        Finding.objects.filter(case__in=ids).values_list("case_id", "office__member_id"),
        Score.objects.filter(case_id__in=ids).values_list("case_id", "office__member_id"),
        Ballot.objects.filter(case__in=ids).values_list("case_id", "member_id"),
    )
    found: dict[int, frozenset[int]] = {}
    for case_id, member_id in set(rows):
        found[case_id] = found.get(case_id, frozenset()) | {member_id}
    return found
