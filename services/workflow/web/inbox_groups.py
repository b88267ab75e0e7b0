"""Rows of an inbox page under headings: by programme, edition, stage or town, as its address says."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.queries.inbox import InboxItem
from services.workflow.queries.inbox_towns import towns_on
from services.workflow.queries.rights import DISTRICT_WIDE
from services.workflow.wording.labels import kind_label, mode_label, stage_label

Row = dict[str, Any]


def group_choices(by: Actor) -> list[tuple[str, str]]:
    """What the rows may be put under; a unit has one or two pieces of work at most, a town is one town."""
    if by.role == Role.DECLARANT:
        return []
    town = [("town", pgettext("filter", "Town"))] if by.role in DISTRICT_WIDE and by.town_id is None else []
    return [
        ("programme", pgettext("filter", "Programme")),
        ("edition", pgettext("filter", "Edition")),
        ("stage", pgettext("filter", "Stage")),
        *town,
    ]


def grouped(rows: Sequence[Row], items: Sequence[InboxItem], how: str) -> list[Row]:
    """The rows of a page, each group together; groups and rows in them stay in the order of their deadlines."""
    naming = _naming(items, how)
    if naming is None:
        return list(rows)
    by_name: dict[str, list[Row]] = {}
    for row, item in zip(rows, items, strict=True):
        by_name.setdefault(naming(item), []).append(row)
    for name, members in by_name.items():
        members[0]["heading"] = {"words": name, "count": len(members)}
    return [row for members in by_name.values() for row in members]


def _naming(items: Sequence[InboxItem], how: str) -> Callable[[InboxItem], str] | None:
    if how == "programme":
        return lambda item: item.programme
    if how == "edition":
        return lambda item: item.edition or item.programme
    if how == "stage":
        return _stage
    if how == "town":
        towns = towns_on(items)
        return lambda item: towns.get((item.kind, item.id)) or _("Of no single town")
    return None


def _stage(item: InboxItem) -> str:
    if item.kind == "declaration":
        return stage_label(item.place)
    return mode_label(item.place) if item.kind == "round_task" else kind_label(item.kind)
