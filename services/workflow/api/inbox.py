"""What waits for the office that asks."""

import re
from dataclasses import asdict
from typing import Any

from ninja import Router

from services.workflow.api.auth import Request
from services.workflow.api.pages import PageOf
from services.workflow.domain.refused import Refused
from services.workflow.queries.inbox import InboxItem, count_waiting, waiting_for

router = Router(tags=["inbox"])
CURSOR = re.compile(
    r"(none|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d)_\d{1,18}_[a-z_]{1,20}", re.ASCII
)


@router.get("/inbox")
def inbox(request: Request, paging: PageOf) -> dict[str, Any]:
    """Open work of this office, overdue first, then by due day, with the steps open to it."""
    if paging.after and not CURSOR.fullmatch(paging.after):
        raise Refused("request.cursor_malformed")
    found = waiting_for(request.auth, after=paging.after, limit=paging.limit, with_steps=True)
    return {"items": [item_told(item) for item in found.items], "next": found.next}


@router.get("/inbox/count")
def count(request: Request) -> dict[str, int]:
    """How much waits, counted up to 999."""
    return {"count": count_waiting(request.auth)}


def item_told(item: InboxItem) -> dict[str, Any]:
    told = asdict(item)
    told["stage"] = told.pop("place")
    told["detail"] = dict(item.detail)
    told["steps"] = list(item.steps)
    return told
