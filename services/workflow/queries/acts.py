"""Who has judged a case: by a step of its own, or by an answer in a round, which is no step of theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from services.workflow.models import Ballot, Finding, LedgerEntry, Score
from services.workflow.queries.prepared import fetch

HEADS = """
SELECT v.case_id, l.step, l.hash, NULL::bigint
  FROM unnest(%(ids)s::bigint[]) AS v(case_id),
       LATERAL (SELECT step, hash FROM ledger WHERE case_id = v.case_id ORDER BY seq DESC LIMIT 1) AS l
"""
ACTED = """
SELECT case_id, '', '', office_id FROM ledger WHERE actor_id = %(member)s AND case_id = ANY(%(ids)s)
UNION SELECT f.case_id, '', '', f.office_id FROM workflow_finding f JOIN workflow_office o ON o.id = f.office_id
 WHERE o.member_id = %(member)s AND f.case_id = ANY(%(ids)s)
UNION SELECT s.case_id, '', '', s.office_id FROM workflow_score s JOIN workflow_office o ON o.id = s.office_id
 WHERE o.member_id = %(member)s AND s.case_id = ANY(%(ids)s)
UNION SELECT b.case_id, '', '', t.decided_by_id FROM workflow_ballot b JOIN workflow_roundtask t ON t.id = b.task_id
 WHERE b.member_id = %(member)s AND b.case_id = ANY(%(ids)s)
"""
STANDING = f"{HEADS} UNION ALL ({ACTED})"


@dataclass
class Standing:
    """Of one case: the step and hash of its newest entry, and the offices one member acted on it in."""

    last_step: str = ""
    head_hash: str = ""
    acted: frozenset[int] = frozenset()


def standing_of(case_ids: Sequence[int], member_id: int | None) -> dict[int, Standing]:
    """Where each case stands in its ledger; one statement, however many cases."""
    asked = {"ids": list(case_ids), "member": member_id}
    return standing_from(fetch(HEADS if member_id is None else STANDING, asked), case_ids)


def standing_from(rows: Iterable[Sequence[Any]], case_ids: Sequence[int]) -> dict[int, Standing]:
    """{case: standing} from the rows of STANDING."""
    found = {case_id: Standing() for case_id in case_ids}
    for case_id, step, head, office_id in rows:
        standing = found[case_id]
        if office_id is not None:
            standing.acted |= {office_id}
        elif head:
            standing.last_step, standing.head_hash = step, head
    return found


def offices_of_member(case_ids: Iterable[int], member_id: int) -> dict[int, frozenset[int]]:
    """{case: offices this member acted in}; cases they never touched are left out."""
    found: dict[int, frozenset[int]] = {}
    for case_id, _, _, office_id in fetch(ACTED, {"ids": list(case_ids), "member": member_id}):
        if office_id is not None:
            found[case_id] = found.get(case_id, frozenset()) | {office_id}
    return found


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
