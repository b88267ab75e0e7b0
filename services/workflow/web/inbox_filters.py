"""Narrowing the inbox by what stands in its address, and the choices that are offered for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import pgettext

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import end_of_day
from services.workflow.domain.stages import REVIEWING
from services.workflow.queries.inbox import count_waiting
from services.workflow.queries.inbox_choices import editions_of, programmes_of, towns_of
from services.workflow.queries.inbox_narrowing import Narrowing
from services.workflow.queries.rights import DISTRICT_WIDE
from services.workflow.web.deadlines import Today
from services.workflow.web.inbox_groups import group_choices
from services.workflow.web.shown import SOON_DAYS
from services.workflow.wording.labels import kind_label, stage_label

Row = dict[str, Any]
KINDS = ("declaration", "round_task", "notice", "objection", "honour", "rectification", "programme")
NAMES = ("edition", "programme", "stage", "town", "kind", "q", "due", "group")


def narrowing(asked: Mapping[str, str], today: Today) -> Narrowing:
    """What the address asks for; what cannot be read narrows nothing."""
    narrowed = Narrowing(
        edition=_number(asked.get("edition", "")),
        programme=_number(asked.get("programme", "")),
        stage=asked.get("stage", "") if asked.get("stage") in REVIEWING else "",
        town=_number(asked.get("town", "")),
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
        words=asked.get("q", "").replace("\x00", "").strip(),
    )
    if asked.get("due") == "late":
        return _late(narrowed, today)
    return _soon(narrowed, today) if asked.get("due") == "soon" else narrowed


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _late(narrowed: Narrowing, today: Today) -> Narrowing:
    return replace(narrowed, due_from=None, due_before=today.moment)


def _soon(narrowed: Narrowing, today: Today) -> Narrowing:
    last = today.calendar.add_working_days(today.date, SOON_DAYS, start_counts=False).date
    return replace(narrowed, due_from=today.moment, due_before=end_of_day(last))


def shown(asked: Mapping[str, str], by: Actor, today: Today, narrowed: Narrowing) -> Row:
    """What inbox.html shows above the rows: choices, words, and the two counts that press."""
    due = asked.get("due", "")
    plain = replace(narrowed, due_before=None, due_from=None)
    return {
        "filters": _filters(asked, by),
        "search": asked.get("q", ""),
        "late_count": count_waiting(by, _late(plain, today)),
        "soon_count": count_waiting(by, _soon(plain, today)),
        "late_address": _toggled(asked, "late"),
        "soon_address": _toggled(asked, "soon"),
        "late_current": due == "late",
        "soon_current": due == "soon",
    }


def _stages(by: Actor) -> list[tuple[str, str]]:
    """For those who have several legs to work on; a town has its own one."""
    return (
        [(str(s), stage_label(s)) for s in REVIEWING]
        if by.role in DISTRICT_WIDE and by.town_id is None
        else []
    )


def _toggled(asked: Mapping[str, str], due: str) -> str:
    """The same address with one of the two counts pressed, or released where it was."""
    kept = {name: asked[name] for name in NAMES if asked.get(name) and name != "due"}
    if asked.get("due") != due:
        kept["due"] = due
    return f"/?{urlencode(kept)}" if kept else "/"


def _filters(asked: Mapping[str, str], by: Actor) -> list[Row]:
    """A choice is offered where there is something to choose from."""
    offered = (
        ("edition", pgettext("filter", "Edition"), editions_of(by)),
        (
            "kind",
            pgettext("filter", "Kind"),
            [(kind, kind_label(kind)) for kind in KINDS] if by.town_id is None else [],
        ),
        ("town", pgettext("filter", "Town"), towns_of(by)),
        ("programme", pgettext("filter", "Programme"), programmes_of(by)),
        ("stage", pgettext("filter", "Stage"), _stages(by)),
        ("group", pgettext("filter", "Group by"), group_choices(by)),
    )
    everything = pgettext("filter", "all")
    firsts = {"group": pgettext("filter", "not grouped")}
    return [
        {
            "name": name,
            "label": label,
            "value": asked.get(name, ""),
            "options": [
                {"value": str(value), "label": words}
                for value, words in [("", firsts.get(name, everything)), *choices]
            ],
        }
        for name, label, choices in offered
        if len(choices) > 1
    ]
