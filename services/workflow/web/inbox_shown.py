"""Rows of an inbox as they are shown: title, deciding fact, deadline, act."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.workflow.domain.stages import ENDED_HONOUR, ROUND_MODES, Mode, Stage
from services.workflow.queries.inbox import InboxItem
from services.workflow.queries.inbox_facts import RowFacts
from services.workflow.web.deadlines import Today
from services.workflow.web.shown import Due
from services.workflow.wording.addresses import notice_new, page_of, side_act_of, slate_new
from services.workflow.wording.labels import kind_label, mode_label, status_label
from services.workflow.wording.steps import step_label

Row = dict[str, Any]
# What may be agreed to for several cases at once; each is the one step that says yes on its leg.
AGREEING = ("endorse", "confirm", "decide", "confer")
ICONS = {
    "declaration": "file-earmark-text",
    "round_task": "list-ol",
    "notice": "megaphone",
    "objection": "shield-lock",
    "honour": "award",
    "rectification": "clipboard-check",
    "programme": "journal-text",
}
WRITING = (Stage.DRAFT, Stage.RETURNED)
# Given to one person by name from the beginning.
PERSONAL = ("objection", "round_task")


def row_of(item: InboxItem, facts: RowFacts, today: Today, *, pool: int = 0) -> Row:
    """One row; `tickable` where it can be agreed to together with others of its group, `pool` is how many colleagues
    could do it as well.
    """
    agree = next((step for step in AGREEING if step in item.steps), "")
    return {
        "icon": ICONS[item.kind],
        "title": title_of(item, facts),
        "address": address_of(item),
        "fact": fact_of(item, facts),
        "programme": item.edition or item.programme,
        "stage": facts.leg_name or status_label(item.kind, item.place),
        "sent": item.since,
        "due": due_of(item, facts, today),
        "late": item.overdue,
        "act": act_of(item, facts, agree),
        "act_address": act_address(item, facts),
        "is_act": bool(item.steps) or listing_of(item, facts) != "",
        "tickable": bool(agree) and item.kind == "declaration",
        "tick_value": f"{item.id}:{item.version}",
        "group": f"{item.edition_id}/{item.leg}",
        "tags": [*tags_of(item, facts), *pool_tags(item, pool)],
        "claim_address": side_act_of(item.kind, item.id, "claim") if is_pool_work(item, pool) else "",
    }


def is_pool_work(item: InboxItem, pool: int) -> bool:
    """Nobody has it yet, and colleagues could take it; what lies with a unit itself is nobody's pool."""
    writing = item.kind == "declaration" and item.place in WRITING
    return pool > 0 and item.assignee is None and bool(item.steps) and not writing


def pool_tags(item: InboxItem, pool: int) -> list[Row]:
    if is_pool_work(item, pool):
        words = ngettext("free, %(n)d of you could do it", "free, %(n)d of you could do it", pool + 1)
        return [{"tone": "", "icon": "people", "words": words % {"n": pool + 1}}]
    if item.assignee is not None and item.kind not in PERSONAL and pool:
        return [{"tone": "", "icon": "check-square", "words": pgettext("tag of a row", "Claimed by me")}]
    return []


def title_of(item: InboxItem, facts: RowFacts) -> str:
    """Unit and step; a slate names itself."""
    match item.kind:
        case "round_task" if item.unit:
            return f"{item.unit}・{mode_label(item.detail['mode'])}"
        case "round_task":
            slate = _("Slate %(n)s") % {"n": item.detail["slate"]}
            return f"{slate}・{mode_label(item.detail['mode'])}"
        case "notice":
            return f"{item.detail['title']}・{status_label('notice', item.place)}"
        case "programme":
            return f"{item.programme}・{status_label('programme', item.place)}"
        case "declaration":
            return f"{item.unit}・{facts.leg_name}"
        case "honour":
            return f"{item.unit}・{status_label('honour', item.place)}"
    return f"{item.unit}・{kind_label(item.kind)}"


def address_of(item: InboxItem) -> str:
    if item.kind == "declaration" and item.place in WRITING:
        return f"/declarations/{item.id}"
    return page_of(item.kind, item.id)


def fact_of(item: InboxItem, facts: RowFacts) -> str:
    match item.kind:
        case "declaration":
            return _declaration_fact(item, facts)
        case "round_task" if item.unit:
            return _("Your finding is asked for; who objects is sealed")
        case "round_task":
            return ngettext("%(n)d unit to answer for", "%(n)d units to answer for", facts.units) % {
                "n": facts.units
            }
        case "objection":
            words = {"number": item.detail["receipt"], "status": status_label("objection", item.place)}
            return _("%(number)s, %(status)s; who objects is sealed") % words
        case "honour":
            return _honour_fact(item, facts)
    return status_label(item.kind, item.place)


def _honour_fact(item: InboxItem, facts: RowFacts) -> str:
    """Its number; of a title that ended also what is left to do."""
    if item.place not in ENDED_HONOUR:
        return str(item.detail["number"])
    left = [_("to be announced")] if facts.unannounced else []
    left.append(_("the plaque is to come back"))
    return pgettext("between facts of a row", ", ").join([str(item.detail["number"]), *left])


def _declaration_fact(item: InboxItem, facts: RowFacts) -> str:
    if facts.vetoed:
        return _("A veto is open; the clock stands still")
    parts = []
    if facts.own_points is not None:
        parts.append(_("own score %(points)s") % {"points": f"{facts.own_points:.2f}"})
    if item.detail.get("points") is not None:
        parts.append(_("departments %(points)s") % {"points": f"{item.detail['points']:.2f}"})
    if facts.wanted:
        parts.append(_("evidence %(n)d/%(of)d") % {"n": facts.files, "of": facts.wanted})
    if item.detail.get("rank"):
        parts.append(_("rank %(n)d of the town") % {"n": item.detail["rank"]})
    return pgettext("between facts of a row", ", ").join(parts)


def due_of(item: InboxItem, facts: RowFacts, today: Today) -> Due | None:
    if item.paused and item.since is not None:
        return Due(None, paused_since=today.day_of(item.since))
    return today.until(item.due_at, provisional=item.due_provisional)


def listing_of(item: InboxItem, facts: RowFacts) -> str:
    """The list that the office puts this case on: "slate", "notice", or neither."""
    if item.kind != "declaration" or item.place in WRITING or facts.vetoed or not facts.at_office:
        return ""
    return "slate" if facts.mode in ROUND_MODES else "notice" if facts.mode == Mode.NOTICE else ""


def act_address(item: InboxItem, facts: RowFacts) -> str:
    """Where the row's button leads: the list it is put on, else the work itself."""
    listing = listing_of(item, facts)
    if listing and item.edition_id is not None and item.leg is not None:
        edition = item.edition_id
        return slate_new(edition, item.leg, facts.track) if listing == "slate" else notice_new(edition)
    return address_of(item)


def act_of(item: InboxItem, facts: RowFacts, agree: str) -> str:
    """The word on the row's button: the act where there is one, else what to do with the work."""
    listing = listing_of(item, facts)
    if listing:
        return _("Put on a slate") if listing == "slate" else step_label("", "draw_up")
    if item.kind == "round_task":
        return mode_label(item.detail["mode"])
    if item.kind == "declaration" and item.place in WRITING:
        return pgettext("act of a row", "Fill in")
    return step_label(item.kind, agree) if agree else pgettext("act of a row", "Handle")


def tags_of(item: InboxItem, facts: RowFacts) -> list[Row]:
    if item.kind != "declaration":
        return []
    tags = []
    if facts.vetoed:
        tags.append({"tone": "veto", "icon": "ban", "words": step_label("declaration", "raise_veto")})
    if item.place == Stage.RETURNED:
        words = status_label("declaration", Stage.RETURNED)
        tags.append({"tone": "soon", "icon": "arrow-return-left", "words": words})
    elif facts.returned:
        words = pgettext("tag of a row", "Filed again")
        tags.append({"tone": "soon", "icon": "arrow-return-left", "words": words})
    return tags
