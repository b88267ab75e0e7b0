"""A notice as it is drawn for everybody, and for the office that is about to release it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from services.workflow.domain.calendar import DayKind
from services.workflow.domain.stages import NoticeSubject
from services.workflow.models import Notice
from services.workflow.queries.notice_legs import has_examples, leg_name, rule_of
from services.workflow.queries.notice_page import Line, Period, code_of, outcome_of
from services.workflow.web.notice_files import public_files
from services.workflow.web.notice_lines import WHOLE, Wanted, lines_shown
from services.workflow.web.pages import Context
from services.workflow.web.shown import day_month
from services.workflow.wording.labels import channel_label

NUMBERED = (DayKind.COUNTED, DayKind.MAKE_UP)


def period_shown(period: Period, *, mark_today: bool) -> Context:
    """The strip that makes the count checkable by hand, and what is said below it."""
    return {
        "days": [{"date": day.date, "number": day.number, "kind": _kind(day)} for day in period.days],
        "today": period.today if mark_today else None,
        "last": period.ends_on,
        "rest_words": rest_words(period),
        "provisional": period.provisional,
    }


def _kind(day: Any) -> str:
    if day.kind in NUMBERED or (day.kind == DayKind.OPENING and day.number):
        return "counted"
    return "published" if day.kind == DayKind.OPENING else "rest"


def rest_words(period: Period) -> str:
    """Which days do not count, and when the period ends."""
    opened = {"day": day_month(period.opened_on)}
    words = [
        _("Issued on %(day)s, which counts as the first day.") % opened
        if period.opening_day_counts
        else _("Issued on %(day)s; that day does not count.") % opened
    ]
    for name, first, last in period.rests:
        what = {"name": name, "first": day_month(first), "last": day_month(last)}
        if first == last:
            words.append(_("%(first)s is a holiday (%(name)s) and does not count.") % what)
        else:
            words.append(_("%(first)s to %(last)s are holidays (%(name)s) and do not count.") % what)
    return "".join([*words, _("It ends on %(day)s at 24:00.") % {"day": day_month(period.ends_on)}])


def period_words(period: Period) -> str:
    return _("%(first)s to %(last)s, %(n)d working days") % {
        "first": day_month(period.first_day),
        "last": day_month(period.ends_on),
        "n": period.working_days,
    }


def public_context(
    notice: Notice,
    lines: Sequence[Line],
    period: Period,
    *,
    preview: bool = False,
    part: Wanted = WHOLE,
) -> Context:
    """All that public/notice.html shows."""
    running = notice.status == "released" and period.today <= period.ends_on
    words = {"held": _("on hold, under examination"), "disqualified": _("disqualified")}
    shown = [_line(line, words.get(outcome_of(line, notice), "")) for line in lines]
    return {
        "notice": {
            "title": notice.title,
            "number": notice.number,
            "issuer": notice.signer,
            "lead": notice.text,
            "opened_on": period.opened_on,
            "first_day": period.first_day,
            "ends_on": period.ends_on,
            "working_days": period.working_days,
            "open": running or preview,
            "result_words": result_words(notice, shown),
            "signed_by": notice.signer,
            "signed_on": period.opened_on,
            "office": notice.signer,
            "tier": leg_name(notice),
            "ways": "、".join(channel_label(channel) for channel in rule_of(notice).channels),
            "total": len(shown),
            "list_words": list_words(notice, len(shown)),
            "code": "" if preview else code_of(notice, lines),
            "objection_address": f"/notices/{notice.pk}/object",
            "follow_address": "/objections/follow",
            "verify_address": f"{settings.PUBLIC_ORIGIN}/notices/{notice.pk}",
            "poster_address": "" if preview else f"/notices/{notice.pk}.pdf",
        },
        **lines_shown(shown, part),
        "show_points": any(line.points is not None for line in lines),
        "example": has_examples(notice.edition.definition_version_id),
        "preview": preview,
        "files": public_files(notice),
        **period_shown(period, mark_today=running),
    }


def list_words(notice: Notice, total: int) -> str:
    """What its list is of; of units proposed the page says so itself."""
    if notice.subject == NoticeSubject.RESULTS:
        return _("Named: %(n)d") % {"n": total}
    return _("Titles revoked: %(n)d") % {"n": total} if notice.subject == NoticeSubject.REVOCATION else ""


def _line(line: Line, held: str) -> Context:
    return {
        "number": line.position,
        "unit": line.unit_name,
        "town": line.town_name,
        "points": line.points,
        "held": held,
    }


def result_words(notice: Notice, shown: Sequence[Context]) -> str:
    """How a notice that runs no more came out."""
    if notice.status == "suspended":
        return _("Suspended")
    if notice.status == "released":
        return _("The period is over")
    if notice.subject != NoticeSubject.CANDIDATES:
        return _("Closed")
    out = sum(1 for line in shown if line["held"])
    if out:
        return _("Closed: %(n)d of %(of)d units passed") % {"n": len(shown) - out, "of": len(shown)}
    return _("Closed: all %(n)d units passed") % {"n": len(shown)}
