"""The ranking of an edition: places with their reasons, last place, quota and composition."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import NOT_APPLICABLE, ScoreTotal, plain
from services.workflow.queries.editions import edition_for
from services.workflow.queries.standings import Guard, Ranked, Standings, may_rank, standings_of
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, show
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import stage_label

TOP = 10


def ranking(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Every track's ranking, each row opened down to its criteria."""
    by = actor(request)
    edition = edition_for(edition_id, by)
    if not may_rank(by):
        raise Refused("step.not_yours", step="rank")
    found = standings_of(edition, by, details=True)
    context = {
        "crumbs": [
            {"words": pgettext("navigation", "Editions"), "address": reverse("editions")},
            {"words": edition.name, "address": page_of("edition", edition_id)},
        ],
        "edition": {"name": edition.name},
        "tracks": [track_shown(one) for one in found],
    }
    return show(request, "ranking.html", context)


def track_shown(one: Standings, *, most: int | None = None) -> Context:
    """One track as the cockpit and the page of the ranking show it."""
    names = {indicator.code: indicator.name for indicator in one.definition.indicators}
    names |= {criterion.code: criterion.name for criterion in one.definition.standard.criteria}
    order = "、".join(f"{code} {names.get(code, '')}" for code in one.definition.tie_break)
    return {
        "key": one.track,
        "name": one.name or one.definition.title,
        "rows": [row_shown(row, one, names) for row in one.rows[:most]],
        "more": max(0, len(one.rows) - most) if most else 0,
        "pass_mark": one.definition.pass_mark,
        "tie_break_words": _("Equal points are told apart by: %(order)s") % {"order": order} if order else "",
        "quota_words": quota_words(one),
        "guards": [_guard(guard) for guard in one.guards],
    }


def row_shown(row: Ranked, one: Standings, names: dict[str, str]) -> Context:
    """One place with its reason in words."""
    place = row.place
    return {
        "place": place.place,
        "unit": row.case.unit.name,
        "town": row.case.unit.town.name if row.case.unit.town else "",
        "points": place.points,
        "short": place.points < one.definition.pass_mark,
        "stage": stage_label(row.case.stage),
        "state": "waiting" if row.waits else "done",
        "waits": row.waits,
        "last": row.last,
        "reason": _reason(row, names),
        "address": page_of("declaration", row.case.pk),
        "lines": _lines(row.case, row.total, one) if row.total else [],
    }


def _reason(row: Ranked, names: dict[str, str]) -> str:
    place = row.place
    if place.shared:
        return _("shares the place: equal in everything")
    if place.tie_broken_by:
        code = place.tie_broken_by
        words = _("equal points with the place before, behind it by %(line)s")
        return words % {"line": f"{code} {names.get(code, '')}".strip()}
    return ""


def _lines(case: Any, total: ScoreTotal, one: Standings) -> list[Context]:
    """What the points are made of, criterion by criterion; those of the tie-break are marked."""
    return [
        {
            "code": line.criterion,
            "points": line.points if isinstance(line.points, Decimal) else None,
            "words": _("n/a") if line.points is NOT_APPLICABLE else "",
            "maximum": line.maximum,
            "source": line.source,
            "scorer": line.scorer,
            "breaks_ties": {line.criterion, line.indicator} & set(one.definition.tie_break),
            "address": reverse("criterion", args=[case.pk, line.criterion]),
        }
        for line in total.trace
    ]


def quota_words(one: Standings) -> str:
    """The quota, what is used of it, what is left."""
    quota = one.definition.quota
    if quota.number is None:
        return ngettext("%(n)d decided, no quota", "%(n)d decided, no quota", one.used) % {"n": one.used}
    figures = {"of": quota.number, "used": one.used}
    if one.left is None:
        return _("at least %(of)d, %(used)d decided") % figures
    return _("quota %(of)d, %(used)d used, %(left)d left") % {**figures, "left": max(one.left, 0)}


def _guard(guard: Guard) -> Context:
    rule = guard.rule
    most = [plain(Decimal(rule.number))] if rule.number is not None else []
    if rule.share is not None:
        share = Decimal(rule.share.numerator * 100) / Decimal(rule.share.denominator)
        most.append(f"{plain(share.quantize(Decimal('0.1')))}%")
    return {
        "name": rule.name,
        "words": _("%(n)d of %(all)d, at most %(most)s")
        % {"n": guard.counted, "all": guard.everyone, "most": " / ".join(most)},
        "state": "to_correct" if guard.is_full else "done",
        "label": _("full") if guard.is_full else _("room left"),
    }
