"""Keyset pages: newest first, each page beginning after the last row of the one before."""

from collections.abc import Callable
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import BaseModel, Field

from services.workflow.domain.refused import Refused

MOST = 200
PAGE = 50


class Paging(BaseModel):
    """`after` is the `next` of the page before."""

    after: str | None = None
    limit: int = Field(PAGE, ge=1, le=MOST)


PageOf = Annotated[Paging, Query()]


def number_of(cursor: str | None) -> int | None:
    """A cursor is the key of the last row; clients treat it as opaque."""
    if not cursor:
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Refused("request.cursor_malformed")
    return int(cursor)


def page(
    rows: QuerySet[Any], paging: Paging, told: Callable[[Any], dict[str, Any]], *, oldest_first: bool = False
) -> dict[str, Any]:
    """One page of a list as {"items", "next"}, by primary key."""
    after = number_of(paging.after)
    if after is not None:
        rows = rows.filter(pk__gt=after) if oldest_first else rows.filter(pk__lt=after)
    found = list(rows.order_by("pk" if oldest_first else "-pk")[: paging.limit + 1])
    kept = found[: paging.limit]
    more = len(found) > paging.limit
    return {"items": [told(row) for row in kept], "next": str(kept[-1].pk) if more else None}
