"""The inbox: what waits for this office, what this person has handled, what they set going."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.queries.copied import copied_to
from services.workflow.queries.inbox import InboxPage, count_waiting, waiting_for
from services.workflow.queries.inbox_facts import facts_of
from services.workflow.queries.own_work import begun_by, count_begun, count_handled, handled_by
from services.workflow.queries.side_acts import colleagues_of, count_unseen
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.inbox_filters import NAMES, narrowing
from services.workflow.web.inbox_filters import shown as filters_shown
from services.workflow.web.inbox_groups import grouped
from services.workflow.web.inbox_shown import row_of
from services.workflow.web.inbox_views import views_shown
from services.workflow.web.own_work_shown import copy_row, piece_row
from services.workflow.web.pages import Context, follow, new_key, part, show

TABS = ("waiting", "handled", "begun", "copied")


def inbox(request: HttpRequest) -> HttpResponse:
    """The page; what it lists stands in its address."""
    live = follow(request)
    lists = _lists(request)
    return show(request, "inbox.html", {**live, **lists})


def rows(request: HttpRequest) -> HttpResponse:
    """The rows alone with badge and counts: the one fetch that follows a push."""
    return part(request, "inbox_rows.html", _lists(request))


def _lists(request: HttpRequest) -> Context:
    by, now = actor(request), today()
    tab = request.GET.get("tab", TABS[0])
    tab = tab if tab in TABS else TABS[0]
    waiting = count_waiting(by)
    context: Context = {
        "today": now.date,
        "now": now.moment,
        "tab": tab,
        "tabs": _tabs(by, tab, waiting),
        "inbox_count": waiting,
        "fragment_address": f"{reverse('inbox_rows')}?{request.GET.urlencode()}",
    }
    if tab == "waiting":
        return {**context, **_waiting(request, by, now)}
    if tab == "copied":
        shown = [copy_row(copy) for copy in copied_to(by)]
    else:
        pieces = handled_by(by) if tab == "handled" else begun_by(by)
        shown = [piece_row(piece) for piece in pieces]
    return {
        **context,
        "rows": shown,
        "plain_list": True,
        "total_words": _newest(len(shown)),
        "empty": _empty(by, tab),
    }


def _waiting(request: HttpRequest, by: Actor, now: Any) -> Context:
    asked = request.GET.dict()
    narrowed = narrowing(asked, now)
    page: InboxPage = waiting_for(by, after=asked.get("after"), with_steps=True, narrowed=narrowed)
    facts = facts_of(by, page.items)
    pool = len(colleagues_of(by))
    shown = [row_of(item, facts[item.kind, item.id], now, pool=pool) for item in page.items]
    shown = grouped(shown, page.items, asked.get("group", ""))
    query = urlencode({name: value for name, value in asked.items() if name in NAMES and value})
    return {
        **filters_shown(asked, by, now, narrowed),
        "views": views_shown(by, query),
        "view_query": query,
        "key": new_key(),
        "filtering": True,
        "rows": shown,
        "can_batch": sum(row["tickable"] for row in shown) > 1,
        "can_pass_on": pool > 0,
        "sorted_words": _("Overdue first, then by deadline"),
        "total_words": _total(len(shown)),
        "next_page_address": f"?{urlencode({**asked, 'after': page.next})}" if page.next else "",
        "previous_address": _first_page(asked),
        "next_address": next((row["act_address"] for row in shown if row["is_act"]), ""),
        "empty": _none_fits() if set(asked) & set(NAMES) - {"group"} else _empty(by, "waiting"),
    }


def _first_page(asked: dict[str, str]) -> str:
    """Back from a later page; keysets know no page before, so it is the first."""
    kept = {name: value for name, value in asked.items() if name != "after"}
    return f"/?{urlencode(kept)}" if "after" in asked else ""


def _none_fits() -> Context:
    link = {"address": "/", "words": _("Show everything that waits")}
    return {"title": _("Nothing fits"), "why": _("No work of yours fits what you asked for."), "link": link}


def _total(number: int) -> str:
    words = ngettext("%(n)d matter in all, overdue first", "%(n)d matters in all, overdue first", number)
    return words % {"n": number}


def _newest(number: int) -> str:
    words = ngettext("%(n)d matter, the newest first", "%(n)d matters, the newest first", number)
    return words % {"n": number}


def _tabs(by: Actor, present: str, waiting: int) -> list[Context]:
    begun = count_begun(by)
    tabs: list[tuple[str, str, object]] = [
        ("waiting", pgettext("tab of the inbox", "Waiting for me"), waiting),
        ("handled", pgettext("tab of the inbox", "Handled by me"), count_handled(by)),
    ]
    if begun is not None:
        tabs.append(("begun", pgettext("tab of the inbox", "Begun by us"), begun))
    unseen = count_unseen(by)
    copied = _("%(n)d unread") % {"n": unseen} if unseen else None
    tabs.append(("copied", pgettext("tab of the inbox", "Copied to me"), copied))
    return [
        {
            "address": "/" if key == "waiting" else f"/?tab={key}",
            "label": label,
            "count": count,
            "current": key == present,
            "id": f"tab-{key}",
        }
        for key, label, count in tabs
    ]


def _empty(by: Actor, tab: str) -> Context:
    """Why there is nothing, and what one can do."""
    if tab == "handled":
        return {"title": _("Nothing handled yet"), "why": _("What you decide is listed here.")}
    if tab == "copied":
        return {
            "title": _("Nothing was copied to you"),
            "why": _("What others lay before you is listed here."),
        }
    if by.role == Role.DECLARANT:
        link = {"address": reverse("editions"), "words": _("See the open editions")}
        return {
            "title": _("Nothing waits for you"),
            "why": _("A declaration begins with an open edition."),
            "link": link,
        }
    why = _("New work appears here by itself; you need not reload.")
    return {"title": _("Nothing waits for you"), "why": why}
