"""Parts of an honour's page: ten years of its unit's titles at a glance, and what follows the end of a title."""

from collections.abc import Sequence
from typing import Any

from services.workflow.domain.actor import Actor, Seat
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.honour_years import Taken, years_of
from services.workflow.domain.stages import ENDED_HONOUR, HonourStatus, NoticeSubject
from services.workflow.queries.honour_page import HonourPage
from services.workflow.web.course import act_words
from services.workflow.web.deadlines import Today
from services.workflow.web.pages import Context
from services.workflow.wording.addresses import honour_notice_new, page_of
from services.workflow.wording.labels import status_label


def timelines(page: HonourPage, on: Today) -> list[Context]:
    """Ten years of each title of the unit at a glance, this one first; of a single title nothing in its first year."""
    taken = [Taken(shanghai_date(entry.at).year, entry.step, entry.target) for entry in page.history]
    own = _timeline(page.honour, taken, on)
    if not page.beside and len(own["years"]) < 2:
        return []
    beside = [_timeline(one.honour, one.taken, on) for one in page.beside]
    return [own, *({**one, "address": page_of("honour", one["id"])} for one in beside)]


def _timeline(row: Any, taken: Sequence[Taken], on: Today) -> Context:
    return {
        "id": row.pk,
        "title": row.title,
        "number": row.number,
        "address": "",
        "years": [
            {
                "year": one.year,
                "status": one.status,
                "label": status_label("honour", one.status),
                "words": act_words("honour", one.step) if one.step else "",
            }
            for one in years_of(taken, on.date.year)
        ],
    }


def follows(page: HonourPage, by: Actor, on: Today) -> Context | None:
    """What is left to do once a title has ended: the public is told of a revocation, the plaque comes back."""
    row = page.honour
    if row.status not in ENDED_HONOUR:
        return None
    told = page.announced
    revoked = row.status == HonourStatus.REVOKED
    hosts = Seat(row.office_role, row.office_unit_id).is_held_by(by)
    return {
        "announcing": revoked,
        "announced": {
            "words": told.title,
            "address": page_of("notice", told.pk),
            "status": told.status,
            "label": status_label("notice", told.status),
        }
        if told
        else None,
        "announce_address": honour_notice_new(row.edition_id, NoticeSubject.REVOCATION)
        if revoked and not told and hosts
        else "",
        "plaque_due": on.of(row) if row.plaque_returned_on is None and row.due_at else None,
        "returned_on": row.plaque_returned_on,
        "returned_by": row.plaque_returned_by,
    }
