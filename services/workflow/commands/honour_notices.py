"""Notices of what was decided: titles that were conferred, titles that were revoked."""

from collections.abc import Sequence
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.advance import found
from services.workflow.commands.notices import TEXT_LIMIT, TITLE_LIMIT, public_name
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor, Seat
from services.workflow.domain.masking import masked_text
from services.workflow.domain.programme_rules import NoticeRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import NoticeSubject
from services.workflow.models import Edition, Honour, Notice, NoticeLine, Unit
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.honour_notices import MAY_BE_TOLD, told_already
from services.workflow.queries.units import unit_above


def announce_honours(
    edition_id: int,
    honour_ids: Sequence[int],
    *,
    subject: str,
    title: str,
    text: str,
    by: Actor,
    key: UUID | None,
) -> Answer:
    """Draw up a notice of results (titles held) or of revocations, by the body that hosts them; a draft like any other.

    Returns {"notice", "version", "lines"}. Refused: notice.empty, notice.honour_not_ready, notice.already_listed,
    step.not_yours, edition.not_found, field.*.
    """
    request = {
        "edition": edition_id,
        "honours": sorted(honour_ids),
        "subject": subject,
        "title": title,
        "text": text,
    }
    return run(
        lambda tx: _announce(tx, edition_id, honour_ids, subject, {"title": title, "text": text}),
        name="announce_honours",
        by=by,
        key=key,
        request=request,
    )


def _announce(
    tx: Transaction, edition_id: int, honour_ids: Sequence[int], subject: str, words: dict[str, str]
) -> Answer:
    about = NoticeSubject(f.choice({"subject": subject}, "subject", tuple(map(str, MAY_BE_TOLD))))
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    honours = _honours(tx, edition, honour_ids, about)
    rule = definition_of(edition.definition_version_id).notice or NoticeRule()
    office = Unit.objects.get(pk=tx.by.unit_id or 0)
    notice = Notice(
        edition=edition,
        subject=str(about),
        district_id=edition.district_id,
        town_id=office.town_id,
        office_unit=office,
        office_role=tx.by.role,
        title=f.text(words, "title", limit=TITLE_LIMIT),
        text=f.text(words, "text", limit=TEXT_LIMIT),
        signer=office.name,
        working_days=rule.working_days,
        opening_day_counts=rule.opening_day_counts,
        shown_days=rule.shown_days,
    )
    found(tx, [notice])
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            declaration_id=honour.declaration_id,
            position=position,
            unit_name=public_name(honour.unit, rule),
            town_name=masked_text(unit_above(honour.unit)),
        )
        for position, honour in enumerate(honours, start=1)
    )
    return {"notice": notice.pk, "version": notice.version, "lines": len(honours)}


def _honours(tx: Transaction, edition: Edition, wanted: Sequence[int], about: NoticeSubject) -> list[Honour]:
    """Titles of this edition that stand as the notice says, that this body hosts, and that no such notice told of."""
    if not wanted:
        raise Refused("notice.empty")
    rows = Honour.objects.select_for_update(of=("self",)).select_related("unit__town", "unit__parent")
    honours = list(rows.filter(pk__in=wanted, edition=edition).order_by("pk"))
    if len(honours) != len(set(wanted)):
        raise Refused("case.not_found")
    told = told_already(edition.pk, about)
    for honour in honours:
        if not Seat(honour.office_role, honour.office_unit_id).is_held_by(tx.by):
            raise Refused("step.not_yours", step="draw_up")
        if honour.status not in MAY_BE_TOLD[about]:
            raise Refused("notice.honour_not_ready", number=honour.number)
        if honour.declaration_id in told:
            raise Refused("notice.already_listed", case=honour.pk)
    return sorted(honours, key=lambda one: (one.town_id or 0, one.number))
