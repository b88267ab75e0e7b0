"""What one person wants to hear beyond the browser: addresses, kinds and channels, quiet hours, a test."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from services.workflow.commands.preferences import choose, send_test, set_reach, set_rhythm
from services.workflow.domain.messages import ROBOTS, Channel, How, MessageKind
from services.workflow.domain.refused import Refused
from services.workflow.domain.rhythm import REMIND_DAYS_MOST
from services.workflow.queries.preferences import Preferences, preferences_of
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.wording.messages import how_label, message_label, way_label
from services.workflow.wording.refusals import refusal_text

ADDRESS = "/account/notifications"


def notifications(request: HttpRequest) -> HttpResponse:
    """The page of one's own settings; each of its forms saves its own part."""
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


def _reach(request: HttpRequest) -> str:
    channel = request.POST.get("channel", "")
    fields = {name: request.POST.get(name, "") for name in ("address", "secret")}
    answer = set_reach(channel, fields, by=actor(request), key=key_of(request))
    way = way_label(channel)
    return (_("%(way)s: saved") if answer["shown"] else _("%(way)s: address removed")) % {"way": way}


def _choices(request: HttpRequest) -> str:
    wanted = {
        (str(kind), str(channel)): given
        for kind in MessageKind
        for channel in Channel
        if (given := request.POST.get(f"{kind}-{channel}"))
    }
    choose(wanted, by=actor(request), key=key_of(request))
    return _("Your choices are saved")


def _rhythm(request: HttpRequest) -> str:
    names = ("quiet_from", "quiet_until", "digest_at", "remind_days", "language")
    fields: dict[str, Any] = {name: request.POST[name] for name in names if name in request.POST}
    fields["rest_days_quiet"] = "rest_days_quiet" in request.POST
    set_rhythm(fields, by=actor(request), key=key_of(request))
    return _("Your hours are saved")


def _test(request: HttpRequest) -> str:
    channel = request.POST.get("channel", "")
    send_test(channel, by=actor(request), key=key_of(request))
    return _("%(way)s: a test message is on its way") % {"way": way_label(channel)}


ACTS = {"reach": _reach, "choices": _choices, "rhythm": _rhythm, "test": _test}


def _page(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    found = preferences_of(actor(request).member_id or 0)
    context: Context = {
        "crumbs": [{"words": _("My offices"), "address": "/account"}, {"words": _("Notification settings")}],
        "ways": [_way(request, found, channel) for channel in found.served],
        "channels": [way_label(channel) for channel in found.served],
        "kinds": [_kind(found, kind) for kind in MessageKind],
        "rhythm": found.rhythm,
        "remind_most": REMIND_DAYS_MOST,
        "key": new_key(),
        "errors": [Error(_field(refusal, request), refusal_text(refusal))] if refusal else [],
    }
    return show(request, "notifications.html", context, status=422 if refusal else 200)


def _field(refusal: Refused, request: HttpRequest) -> str:
    """The field that a refusal speaks of."""
    if request.POST.get("act") in {"reach", "test"}:
        return f"address-{request.POST.get('channel', '')}"
    return str(refusal.params.get("field", "quiet_from"))


def _way(request: HttpRequest, found: Preferences, channel: Channel) -> Context:
    again = request.POST.get("act") == "reach" and request.POST.get("channel") == channel
    return {
        "channel": str(channel),
        "label": way_label(channel),
        "shown": found.reaches.get(channel, ""),
        "typed": request.POST.get("address", "") if again else "",
        "robot": channel in ROBOTS,
        "hint": HINTS[channel](),
        "sort": {"mail": "email", "sms": "tel"}.get(channel, "url"),
    }


HINTS = {
    Channel.MAIL: lambda: _("For example name@example.cn"),
    Channel.SMS: lambda: _("Mobile number of the mainland"),
    Channel.WECOM: lambda: _("Address of a robot of a group of your own, from the group's settings"),
    Channel.DINGTALK: lambda: _("Address of a robot of a group of your own, from the group's settings"),
    Channel.FEISHU: lambda: _("Address of a robot of a group of your own, from the group's settings"),
}


def _kind(found: Preferences, kind: MessageKind) -> Context:
    return {
        "label": message_label(kind),
        "cells": [
            {
                "name": f"{kind}-{channel}",
                "way": way_label(channel),
                "options": [
                    {"value": str(how), "label": how_label(how), "chosen": found.table[kind, channel] == how}
                    for how in How
                ],
            }
            for channel in found.served
        ],
    }
