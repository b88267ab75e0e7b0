"""Titles that a notice of results, or of revocations, still has to tell of."""

from collections.abc import Collection, Mapping

from django.db.models import F

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import LIVE_HONOUR, HonourStatus, NoticeStatus, NoticeSubject
from services.workflow.models import Honour, Notice, NoticeLine

MAY_BE_TOLD: Mapping[NoticeSubject, frozenset[str]] = {
    NoticeSubject.RESULTS: frozenset(map(str, LIVE_HONOUR)),
    NoticeSubject.REVOCATION: frozenset({str(HonourStatus.REVOKED)}),
}


def told_already(edition_id: int, about: NoticeSubject) -> frozenset[int]:
    """The declarations of titles on a notice of this subject that was not taken down."""
    lines = NoticeLine.objects.filter(notice__edition=edition_id, notice__subject=str(about))
    shown = lines.exclude(notice__status=str(NoticeStatus.TAKEN_DOWN))
    return frozenset(shown.values_list("declaration_id", flat=True))


def told_of(honours: Collection[int], about: NoticeSubject) -> dict[int, Notice]:
    """{honour: the notice of this subject that tells of it}, drawn up or out; one that was taken down is none."""
    lines = NoticeLine.objects.filter(declaration__honour__in=honours, notice__subject=str(about))
    shown = lines.exclude(notice__status=str(NoticeStatus.TAKEN_DOWN)).select_related("notice")
    return {line.honour: line.notice for line in shown.annotate(honour=F("declaration__honour"))}


def untold(edition_id: int, about: NoticeSubject, actor: Actor) -> list[Honour]:
    """Titles of an edition that this body hosts and that no such notice has told of yet."""
    rows = Honour.objects.filter(
        edition=edition_id,
        status__in=MAY_BE_TOLD[about],
        office_role=actor.role,
        office_unit=actor.unit_id or 0,
    ).exclude(declaration__in=told_already(edition_id, about))
    return list(rows.select_related("unit__town", "unit__parent", "town").order_by("town_id", "number"))
