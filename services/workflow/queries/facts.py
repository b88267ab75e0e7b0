"""Facts for the machines: gathered for many rows at once, in a number of statements that does not grow."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count

from services.workflow.domain.calendar import end_of_day
from services.workflow.domain.facts import Facts, NoticeFacts, ObjectionFacts, RectificationFacts
from services.workflow.domain.stages import Kind
from services.workflow.models import LedgerEntry, NoticeLine, Office, Slate
from services.workflow.queries.acts import members_on, standing_from, standing_of
from services.workflow.queries.declaration_facts import of_declarations
from services.workflow.queries.honour_facts import of_honours
from services.workflow.queries.notice_gate import gates_of
from services.workflow.queries.programme_facts import of_programmes


def gather(cases: Sequence[Any], *, at: datetime, member_id: int | None = None) -> None:
    """Put `facts` and `head_hash` on each row; all rows are of one kind. `at` is the command's moment, UTC.

    What came with a row (queries/opening.py) serves this once: a later gathering asks again.
    """
    if not cases:
        return
    kind = Kind(cases[0].KIND)
    common = _common(cases, at=at, member_id=member_id)
    for case, facts in zip(cases, GATHERERS[kind](cases, common), strict=True):
        case.facts = facts
    for case in cases:
        vars(case).pop("opened", None)


def _common(cases: Sequence[Any], *, at: datetime, member_id: int | None) -> dict[int, dict[str, Any]]:
    """Of each case: the moment, the step it last took, the seats this member acted in before, and what bars them."""
    ids = [case.id for case in cases]
    opened = getattr(cases[0], "opened", None) if len(cases) == 1 else None
    if opened is not None and opened.member_id == member_id:
        standing = standing_from(opened.standing, ids)
    else:
        standing = standing_of(ids, member_id)
    common: dict[int, dict[str, Any]] = {}
    for case in cases:
        own = standing[case.id]
        case.head_hash = own.head_hash
        common[case.id] = {"now": at, "last_step": own.last_step}
        if member_id is not None:
            common[case.id]["acted"] = {member_id: own.acted}
            common[case.id]["bars"] = {member_id: own.bars}
    return common


def _of_notices(notices: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[Facts]:
    lines = dict(
        NoticeLine.objects.filter(notice__in=[n.pk for n in notices])
        .values_list("notice_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    gates = gates_of(notices)
    return [
        NoticeFacts(
            **common[n.pk],
            lines=lines.get(n.pk, 0),
            ended=n.ends_at is not None and common[n.pk]["now"] >= n.ends_at,
            end_is_provisional=bool(n.due_provisional),
            exposed=gates[n.pk].exposed,
            unread=gates[n.pk].unread,
        )
        for n in notices
    ]


def _of_objections(objections: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[Facts]:
    judged = members_on({o.declaration_id for o in objections})
    asked = set(
        Slate.objects.filter(objection__in=[o.pk for o in objections], closed_at__isnull=True).values_list(
            "objection_id", flat=True
        )
    )
    return [
        ObjectionFacts(
            **common[o.pk],
            reviewers=judged.get(o.declaration_id, frozenset()),
            asked_together=o.pk in asked,
        )
        for o in objections
    ]


def _of_rectifications(rows: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[Facts]:
    acted = dict(
        LedgerEntry.objects.filter(case_id__in=[row.pk for row in rows], seq=1).values_list(
            "case_id", "actor_id"
        )
    )
    holders = dict(
        Office.objects.filter(pk__in={row.ordered_by_id for row in rows}).values_list("pk", "member_id")
    )
    return [
        RectificationFacts(
            **common[row.pk],
            orderers=frozenset(who for who in (acted.get(row.pk), holders[row.ordered_by_id]) if who),
            deadline_passed=common[row.pk]["now"] >= end_of_day(row.deadline_on),
        )
        for row in rows
    ]


Gatherer = Callable[[Sequence[Any], dict[int, dict[str, Any]]], Sequence[Facts]]
GATHERERS: dict[Kind, Gatherer] = {
    Kind.DECLARATION: of_declarations,
    Kind.HONOUR: of_honours,
    Kind.NOTICE: _of_notices,
    Kind.OBJECTION: _of_objections,
    Kind.RECTIFICATION: _of_rectifications,
    Kind.PROGRAMME: of_programmes,
}
