"""How one has arranged one's work: who stands in, and phrases that are offered wherever an opinion is asked for."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from services.workflow.commands import fields as f
from services.workflow.commands.deputies import appoint, revoke_deputy
from services.workflow.commands.keepsakes import drop_phrase, keep_phrase
from services.workflow.domain.refused import Refused
from services.workflow.queries.keepsakes import deputies_of, phrases_of
from services.workflow.queries.side_acts import unit_colleagues_of
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of

ADDRESS = "/account/arrangements"
ONE_DAY = timedelta(days=1)


def arrangements(request: HttpRequest) -> HttpResponse:
    """The page; each of its forms does its own part."""
    if request.method != "POST":
        return _page(request)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Refused("request.not_found")
    try:
        words = act(request)
    except Refused as refusal:
        return _page(request, refusal)
    return done(request, ADDRESS, words)


def _appoint(request: HttpRequest) -> str:
    given = request.POST.dict()
    to = f.whole(given, "to", least=1, most=2**31)
    begins, ends = f.day(given, "begins"), f.day(given, "ends")
    reason = given.get("reason", "")
    appoint(to=to, begins=begins, ends=ends, reason=reason, by=actor(request), key=key_of(request))
    return _("Your deputy is appointed")


def _revoke(request: HttpRequest) -> str:
    revoke_deputy(_number(request, "deputy"), by=actor(request), key=key_of(request))
    return _("Nobody stands in for you any more")


def _keep(request: HttpRequest) -> str:
    keep_phrase(request.POST.get("text", ""), by=actor(request), key=key_of(request))
    return _("The phrase is kept")


def _drop(request: HttpRequest) -> str:
    drop_phrase(_number(request, "phrase"), by=actor(request), key=key_of(request))
    return _("The phrase is deleted")


ACTS: dict[str, Callable[[HttpRequest], str]] = {
    "appoint": _appoint,
    "revoke": _revoke,
    "keep": _keep,
    "drop": _drop,
}


def _number(request: HttpRequest, name: str) -> int:
    return f.whole(request.POST.dict(), name, most=2**31)


def _asked(refusal: Refused) -> str:
    """The field of the page that a refusal speaks of."""
    name = str(refusal.params.get("field", ""))
    return name if name in {"to", "begins", "ends", "reason", "text"} else ""


def _page(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    by, now = actor(request), today()
    context: Context = {
        "crumbs": [{"words": _("My offices"), "address": "/account"}],
        "errors": [Error(_asked(refusal), refusal_text(refusal))] if refusal else [],
        "key": new_key(),
        "colleagues": unit_colleagues_of(by) if by.stands_for is None else [],
        "today": now.date.isoformat(),
        "typed": request.POST,
        "deputies": [
            {
                "id": row.pk,
                "name": row.deputy.name,
                "begins": now.day_of(row.begins_at),
                "ends": now.day_of(row.ends_at) - ONE_DAY,
                "reason": row.reason,
                "open": row.revoked_at is None and row.ends_at > now.moment,
                "revoked": row.revoked_at is not None,
            }
            for row in deputies_of(by)
        ],
        "phrases": phrases_of(by),
    }
    return show(request, "arrangements.html", context, status=status_of(refusal.code) if refusal else 200)
