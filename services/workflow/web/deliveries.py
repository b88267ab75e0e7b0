"""What became of every message beyond the browser; what was given up can be sent again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.deliveries import send_again
from services.workflow.domain.messages import Ended
from services.workflow.domain.refused import Refused
from services.workflow.models import Delivery
from services.workflow.queries.deliveries import counts, deliveries_of
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, number_of
from services.workflow.wording.messages import ending_label, fault_label, message_label, way_label
from services.workflow.wording.refusals import SENTENCES, refusal_text

ADDRESS = "/administration/deliveries"
PAGE = 50
TONES = {Ended.SENT: "done", Ended.DROPPED: "struck", Ended.DEAD: "to_correct", Ended.WAITING: "under_way"}


def deliveries(request: HttpRequest) -> HttpResponse:
    """A page of them, newest first; the given-up ones with a button."""
    by = actor(request)
    if request.method == "POST":
        return _again(request)
    shown = request.GET.get("ended", "dead")
    wanted = shown if shown in list(Ended) else None
    rows = deliveries_of(by, wanted).select_related("member", "endpoint").order_by("-pk")
    after = number_of(request.GET.get("after", ""))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    more = found[:PAGE][-1].pk if len(found) > PAGE else None
    counted = counts(by)
    context: Context = {
        "tabs": _tabs(shown),
        "rows": [delivery_row(row) for row in found[:PAGE]],
        "may_send": wanted == Ended.DEAD,
        "next_address": f"{ADDRESS}?ended={shown}&after={more}" if more else None,
        "total_words": _("%(waiting)s waiting, %(dead)s given up, %(resting)s receivers rest after a failure")
        % {"waiting": counted.waiting, "dead": counted.dead, "resting": counted.resting},
        "key": new_key(),
    }
    return show(request, "deliveries.html", context)


def _tabs(shown: str) -> list[Context]:
    wanted = [*((str(e) or "waiting", ending_label(e)) for e in Ended), ("all", _("All"))]
    return [
        {"address": f"{ADDRESS}?ended={'' if code == 'waiting' else code}", "words": words,
         "current": code == (shown or "waiting")}
        for code, words in wanted
    ]  # fmt: skip


def delivery_row(row: Delivery) -> Context:
    """One delivery: to whom and how it went; of its matter no more than the kind and the case's number."""
    return {
        "id": row.pk,
        "to": row.member.name if row.member else row.endpoint.name if row.endpoint else "",
        "way": way_label(row.channel),
        "kind": message_label(row.kind),
        "case": row.event.get("case") or "",
        "send_at": row.send_at,
        "tone": TONES[Ended(row.ended)],
        "ending": ending_label(row.ended),
        "attempts": row.attempts,
        "error": refusal_text(Refused(row.error)) if row.error in SENTENCES else fault_label(row.error),
        "receipt": row.receipt,
    }


def _again(request: HttpRequest) -> HttpResponse:
    ticked = map(number_of, request.POST.getlist("delivery"))
    ids = [number for number in ticked if number is not None][:PAGE]
    if not ids:
        return done(request, ADDRESS, _("Tick what is to be sent again"))
    again = send_again(ids, by=actor(request), key=key_of(request))["again"]
    words = ngettext("%(n)s delivery is sent again", "%(n)s deliveries are sent again", len(again))
    return done(request, ADDRESS, words % {"n": len(again)})
