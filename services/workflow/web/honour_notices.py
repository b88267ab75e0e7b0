"""The office draws up a notice of titles that were conferred or revoked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from services.workflow.commands.honour_notices import announce_honours
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.programme_rules import NoticeRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import NoticeSubject
from services.workflow.models import Edition
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.honour_notices import MAY_BE_TOLD, untold
from services.workflow.queries.notice_page import period_from
from services.workflow.queries.rights import visible_to
from services.workflow.queries.units import unit_above
from services.workflow.web.acting import actor
from services.workflow.web.forms import put, summary
from services.workflow.web.notice_shown import period_shown, period_words
from services.workflow.web.notices import NoticeForm
from services.workflow.web.pages import done, new_key, show
from services.workflow.web.posted import key_of, tick_of
from services.workflow.web.step_page import name_missing
from services.workflow.wording.addresses import page_of
from services.workflow.wording.statuses import status_of


def honour_notice(request: HttpRequest, edition_id: int, subject: str) -> HttpResponse:
    """Tick the titles, look over the words and the period, draw it up."""
    by = actor(request)
    edition = visible_to(by, Edition).select_related("district").filter(pk=edition_id).first()
    if edition is None or subject not in set(MAY_BE_TOLD):
        raise Refused("edition.not_found", edition=edition_id)
    about = NoticeSubject(subject)
    rows = untold(edition.pk, about, by)
    if request.method != "POST":
        return _page(request, edition, about, rows, NoticeForm(initial=_proposed(edition, about)))
    form = name_missing(NoticeForm(request.POST))
    ticked = [tick_of(value)[0] for value in request.POST.getlist("case")]
    if not form.is_valid():
        return _page(request, edition, about, rows, form, status=422)
    words = form.cleaned_data
    try:
        answer = announce_honours(edition.pk, ticked, subject=subject, **words, by=by, key=key_of(request))
    except Refused as refusal:
        put(form, refusal)
        return _page(request, edition, about, rows, form, status=status_of(refusal.code))
    words_after = _("The notice is drawn up; look it over, then hand it over.")
    return done(request, page_of("notice", answer["notice"]), words_after)


def _proposed(edition: Any, about: NoticeSubject) -> dict[str, str]:
    definition = definition_of(edition.definition_version_id)
    names = {"district": edition.district.name, "year": edition.year, "title": definition.title}
    if about is NoticeSubject.REVOCATION:
        return {
            "title": _("Notice of %(district)s on the revocation of “%(title)s”") % names,
            "text": _("By decision, those below no longer hold the title “%(title)s”.") % names,
        }
    return {
        "title": _("Notice of %(district)s on those named “%(title)s” in %(year)s") % names,
        "text": _("By decision, those below are named “%(title)s” in %(year)s.") % names,
    }


def _page(
    request: HttpRequest, edition: Any, about: NoticeSubject, rows: Any, form: Any, *, status: int = 200
) -> HttpResponse:
    rule = definition_of(edition.definition_version_id).notice or NoticeRule()
    on = shanghai_date(now())
    period = period_from(
        on, None, working_days=rule.working_days, opening_day_counts=rule.opening_day_counts, today=on
    )
    headings = {
        NoticeSubject.RESULTS: _("Draw up a notice of the results"),
        NoticeSubject.REVOCATION: _("Draw up a notice of revocations"),
    }
    context = {
        "crumbs": [{"words": edition.name, "address": page_of("edition", edition.pk)}],
        "heading": headings[about],
        "candidates": [
            {
                "case_id": one.pk, "version": one.version, "unit": one.unit.name, "town": unit_above(one.unit),
                "points": one.points, "barred": "", "ticked": True,
            }
            for one in rows
        ],
        "form": form,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "period_words": period_words(period),
        **period_shown(period, mark_today=False),
    }  # fmt: skip
    return show(request, "notice_new.html", context, status=status)
