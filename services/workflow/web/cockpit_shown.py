"""One edition on one screen: stages, funnel, what is late, lists, notices, objections, documents."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.workflow.domain.calendar import DueDate, day_strip, last_day
from services.workflow.domain.stages import Mode, NoticeStatus, Stage
from services.workflow.models import DocumentFile, Notice, Objection
from services.workflow.queries.cockpit import Cockpit, Late
from services.workflow.queries.funnel import Reached
from services.workflow.web.case_shown import STAGES
from services.workflow.web.deadlines import Today
from services.workflow.web.funnel_words import funnel_label
from services.workflow.web.ranking import TOP, track_shown
from services.workflow.web.shown import SOON_DAYS, day_month
from services.workflow.wording.addresses import notice_new, page_of, side_act_of, slate_new
from services.workflow.wording.labels import (
    channel_label,
    document_label,
    kind_label,
    stage_label,
    status_label,
)
from services.workflow.wording.side_acts import side_act_label

Row = dict[str, Any]
SHOWN_NOTICES = (NoticeStatus.RELEASED, NoticeStatus.SUSPENDED)
STRIP_KINDS = {
    "opening": "published",
    "counted": "counted",
    "make_up": "counted",
    "rest": "rest",
    "holiday": "rest",
}
PAPER_ICONS = {"resolution": "file-earmark-text", "revocation": "file-earmark-text", "notice": "megaphone"}


def body(page: Cockpit, today: Today) -> Row:
    """The part of the page that follows by itself."""
    late = [row for row in (_late(one, today) for one in page.late) if row["due"].days_left <= SOON_DAYS]
    overdue = sum(row["due"].days_left < 0 for row in late)
    running = [notice for notice in page.notices if notice.status in SHOWN_NOTICES]
    return {
        "fragment_address": f"/editions/{page.edition.pk}/body",
        "funnel": funnel(page),
        "funnel_top": max([page.reached[0].units, 1]),
        "late": late,
        "late_words": _("%(late)d overdue, %(soon)d due within 2 days")
        % {"late": overdue, "soon": len(late) - overdue},
        "towns": towns(page),
        "quota": _quota(page),
        "tracks": [track_shown(one, most=TOP) for one in page.standings],
        "ranking_address": f"/editions/{page.edition.pk}/ranking",
        "notices": [_notice(notice, today) for notice in running],
        "objections": [_objection(one, today) for one in page.objections],
        "objections_words": _objections_words(page),
        "slates": [_slate(page, one) for one in page.slates],
        "slate_new_address": f"/editions/{page.edition.pk}/slates/new" if page.organises else "",
        "papers": [*_notice_papers(page), *(_paper(one) for one in page.papers)],
    }


def funnel(page: Cockpit) -> list[Row]:
    """How many units came how far; beside each, why it is fewer than before."""
    rows: list[Row] = []
    before: Reached | None = None
    for reached in page.reached:
        rows.append(
            {
                "label": funnel_label(reached.block, before.block if before else None),
                "count": reached.units or (None if before is None or not before.units else 0),
                "loss": _loss(before) if before else _drafts(page),
                "soft": bool(reached.here),
            }
        )
        before = reached
    return rows


def _drafts(page: Cockpit) -> str:
    words = ngettext("%(n)d draft not yet filed", "%(n)d drafts not yet filed", page.drafts)
    return words % {"n": page.drafts} if page.drafts else ""


def _loss(before: Reached) -> str:
    """What became of those of the row above that did not come on."""
    parts = [f"{stage_label(target)} {n}" for target, n in sorted(before.lost.items())]
    if before.here:
        parts.append(_("still there %(n)d") % {"n": before.here})
    return pgettext("between facts of a row", ", ").join(parts)


def stages(page: Cockpit, today: Today) -> list[Row]:
    """The five stages with their days; a stage is over when nobody can come into it or is left in it."""
    closed = today.moment >= page.edition.closes_at
    rows = [_declaring(page, closed=closed)]
    busy = not closed
    for name, members in STAGES[1:]:
        found = [one for one in page.reached if one.stage in members]
        begun = [one.first for one in found if one.first]
        here = sum(one.here for one in found if one.stage != Stage.NAMED)
        busy = busy or bool(here)
        words = _since(min(begun), max(one.last for one in found if one.last), busy=busy) if begun else ""
        state = "ahead" if not begun else "now" if here else "past" if not busy else "now"
        share = 0 if not begun else 100 if state == "past" else 50
        rows.append({"name": str(name), "state": state, "words": words, "share": share})
    return rows


def _declaring(page: Cockpit, *, closed: bool) -> Row:
    days = {"first": day_month(page.edition.opens_at), "last": day_month(last_day(page.edition.closes_at))}
    words = _("%(first)s to %(last)s") % days
    name = str(STAGES[0][0])
    return {
        "name": name,
        "state": "past" if closed else "now",
        "words": words,
        "share": 100 if closed else 50,
    }


def _since(first: Any, last: Any, *, busy: bool) -> str:
    if busy:
        return _("since %(first)s") % {"first": day_month(first)}
    return _("%(first)s to %(last)s") % {"first": day_month(first), "last": day_month(last)}


def acts(page: Cockpit) -> list[Row]:
    """What the office has to set going: one button for each leg at which units wait for it."""
    rows = []
    for one in page.waiting:
        names = {"n": one.units, "leg": one.name}
        if one.mode == Mode.NOTICE:
            words, address = _("Draw up a notice (%(n)d)") % names, notice_new(page.edition.pk)
        elif one.mode == Mode.SINGLE:
            words, address = _("%(leg)s (%(n)d)") % names, f"/?edition={page.edition.pk}"
        else:
            words, address = (
                _("Slate for %(leg)s (%(n)d)") % names,
                slate_new(page.edition.pk, one.leg, one.track),
            )
        rows.append({"address": address, "words": words})
    return rows


def _late(one: Late, today: Today) -> Row:
    matter = _("Slate for %(leg)s") % {"leg": one.matter} if one.kind == "slate" else one.matter
    matter = f"{kind_label('objection')} {matter}" if one.kind == "objection" else matter
    due = today.until(one.due_at, provisional=one.provisional)
    assert due is not None and due.days_left is not None
    return {"owner": one.owner, "matter": matter, "due": due, "act": _late_act(one, due)}


def _late_act(one: Late, due: Any) -> Row:
    """The one thing to do about it: one's own is handled, what others have late or soon due is urged."""
    page = page_of("round_task", one.task) if one.task and one.mine else page_of(one.kind, one.id)
    if one.mine:
        return {"address": page, "words": pgettext("act of a row", "Handle")}
    kind, number = ("round_task", one.task) if one.task else (one.kind, one.id)
    if due.days_left is not None and due.days_left <= SOON_DAYS:
        return {"address": side_act_of(kind, number, "urge"), "words": side_act_label("urge")}
    return {"address": page, "words": pgettext("a link", "See")}


def towns(page: Cockpit) -> list[Row]:
    places = page.definition.quota.towns if page.towns or page.definition.quota.towns else ()
    return [
        {
            "name": page.definition.unit_name(place.town),
            "used": page.towns.get(place.town, 0),
            "of": place.number,
            "left": max(place.number - page.towns.get(place.town, 0), 0),
        }
        for place in places
    ]


def _quota(page: Cockpit) -> Row:
    rows = towns(page)
    return {"used": sum(row["used"] for row in rows), "of": sum(row["of"] for row in rows)}


def _notice(notice: Notice, today: Today) -> Row:
    """A running notice with the days it is counted by."""
    assert notice.opened_on is not None and notice.ends_on is not None
    due = today.calendar.add_working_days(
        notice.opened_on, notice.working_days, start_counts=notice.opening_day_counts
    )
    due = DueDate(notice.ends_on, notice.due_provisional, due.counted)
    strip = day_strip(notice.opened_on, due, today.calendar)
    past = sum(day <= today.date for day in due.counted)
    days = {"n": past, "of": notice.working_days}
    counts = (
        _("the day of publication counts")
        if notice.opening_day_counts
        else _("the day of publication does not count")
    )
    return {
        "number": notice.number,
        "day_words": (
            _("Day %(n)d of %(of)d working days") if past else _("Issued; %(of)d working days to come")
        )
        % days,
        "due": today.until(notice.ends_at, provisional=notice.due_provisional),
        "address": f"/notices/{notice.pk}",
        "days": [
            {"date": day.date, "number": day.number, "kind": STRIP_KINDS[str(day.kind)]} for day in strip
        ],
        "today": today.date,
        "last": notice.ends_on,
        "rest_words": _("Counted in working days of the State Council's calendar; %(rule)s.")
        % {"rule": counts},
    }


def _objection(one: Objection, today: Today) -> Row:
    return {
        "number": one.receipt,
        "unit": one.declaration.unit.name,
        "source": channel_label(one.channel),
        "status": str(one.status),
        "status_label": status_label("objection", one.status),
        "due": today.of(one),
        "address": page_of("objection", one.pk),
    }


def _objections_words(page: Cockpit) -> str:
    units = len({one.declaration_id for one in page.objections if one.status not in {"dismissed", "replied"}})
    if not units:
        return ""
    words = ngettext("holds %(n)d unit, the others go on", "holds %(n)d units, the others go on", units)
    return words % {"n": units}


def _slate(page: Cockpit, slate: Any) -> Row:
    open_words = _("%(answered)d of %(asked)d have answered") % {
        "answered": slate.answered,
        "asked": slate.asked,
    }
    return {
        "name": _("Slate %(n)s") % {"n": slate.number},
        "leg": page.leg_of(slate).name,
        "units": slate.units,
        "status_words": pgettext("a slate", "closed") if slate.closed_at else open_words,
        "address": page_of("slate", slate.pk),
    }


def _notice_papers(page: Cockpit) -> list[Row]:
    return [
        {
            "name": notice.number or notice.title,
            "icon": "megaphone",
            "state": str(notice.status),
            "label": status_label("notice", notice.status),
            "address": page_of("notice", notice.pk) if page.organises else f"/notices/{notice.pk}",
        }
        for notice in page.notices
    ]


def _paper(paper: DocumentFile) -> Row:
    return {
        "name": f"{document_label(paper.kind)} {paper.number}",
        "icon": PAPER_ICONS.get(paper.kind, "file-earmark-text"),
        "state": "done",
        "label": day_month(paper.at),
        "address": f"/documents/{paper.pk}",
    }
