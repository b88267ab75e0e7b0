"""Who has judged a case: by a step of its own, or by an answer in a round, which is no step of theirs."""

from collections.abc import Iterable
from itertools import chain

from services.workflow.models import Ballot, Finding, LedgerEntry, Score


def offices_of_member(case_ids: Iterable[int], member_id: int) -> dict[int, frozenset[int]]:
    """{case: offices this member acted in}; cases they never touched are left out."""
    ids = list(case_ids)
    rows = chain(
        LedgerEntry.objects.filter(case_id__in=ids, actor=member_id).values_list("case_id", "office_id"),
        Finding.objects.filter(case__in=ids, office__member=member_id).values_list("case_id", "office_id"),
        Score.objects.filter(case_id__in=ids, office__member=member_id).values_list("case_id", "office_id"),
        Ballot.objects.filter(case__in=ids, member=member_id).values_list("case_id", "task__decided_by_id"),
    )
    found: dict[int, frozenset[int]] = {}
    for case_id, office_id in rows:
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
