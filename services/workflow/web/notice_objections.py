"""The objections to a notice on the office's page, and apart from them what came without name or seal."""

from typing import Any

from services.workflow.models import Notice, Objection
from services.workflow.queries.notice_page import objections_to
from services.workflow.web.pages import Context
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import channel_label, status_label


def objections_shown(row: Notice, on: Any) -> Context:
    """Objections by name or seal, and apart from them what came without."""
    found = objections_to(row)
    tips = [one for one in found if not one.counts]
    return {
        "objections": [_objection(one, on) for one in found if one.counts],
        "tips": [_objection(one, on) for one in tips],
    }


def _objection(one: Objection, on: Any) -> Context:
    return {
        "address": page_of("objection", one.pk),
        "number": one.receipt,
        "unit": one.declaration.unit.name,
        "source": channel_label(one.channel),
        "status": one.status,
        "status_label": status_label("objection", one.status),
        "due": on.of(one) if one.due_at else None,
    }
