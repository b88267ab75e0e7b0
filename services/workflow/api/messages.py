"""Messages beyond the browser: one's own preferences; webhooks and deliveries for the system administrator."""

from typing import Any

from ninja import Router

from services.workflow.api.asking import CREATED, key_of
from services.workflow.api.auth import Request
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes_messages import (
    AddressIn,
    AgainIn,
    ChannelIn,
    EndpointChange,
    EndpointIn,
    PreferencesIn,
)
from services.workflow.commands.deliveries import send_again
from services.workflow.commands.endpoints import (
    change_endpoint,
    make_endpoint,
    remove_endpoint,
    rotate_secret,
    secret_of,
    try_endpoint,
)
from services.workflow.commands.preferences import choose, send_test, set_reach, set_rhythm
from services.workflow.domain.messages import Ended, EndpointKind
from services.workflow.domain.refused import Refused
from services.workflow.models import Delivery, Endpoint
from services.workflow.queries.deliveries import deliveries_of, endpoint_of, endpoints_of
from services.workflow.queries.preferences import preferences_of

preferences = Router(tags=["preferences"])
webhooks = Router(tags=["webhooks"])
deliveries = Router(tags=["deliveries"])
WAITING = "waiting"


@preferences.get("")
def own(request: Request) -> dict[str, Any]:
    """What I hear on which channel, where I am reached (masked), and when I may be disturbed."""
    return _told(request)


def _told(request: Request) -> dict[str, Any]:
    found = preferences_of(request.auth.member_id or 0)
    row = found.rhythm
    return {
        "channels": [str(channel) for channel in found.served],
        "addresses": found.reaches,
        "choices": [{"kind": k, "channel": c, "how": how} for (k, c), how in found.table.items()],
        "rhythm": {
            "quiet_from": row.quiet_from,
            "quiet_until": row.quiet_until,
            "rest_days_quiet": row.rest_days_quiet,
            "digest_at": row.digest_at,
            "remind_days": row.remind_days,
            "language": row.language,
        },
    }


@preferences.patch("")
def change_own(request: Request, body: PreferencesIn) -> dict[str, Any]:
    """Choices and rhythm; what is not named stays as it is."""
    wanted = {(choice.kind, choice.channel): choice.how for choice in body.choices}
    key = key_of(request)
    if body.rhythm is not None:
        set_rhythm(
            body.rhythm.model_dump(exclude_unset=True), by=request.auth, key=key if not wanted else None
        )
    if wanted:
        choose(wanted, by=request.auth, key=key)
    return _told(request)


@preferences.put("/addresses/{channel}")
def change_address(request: Request, channel: str, body: AddressIn) -> dict[str, Any]:
    """Where I am reached on a channel; an empty address forgets it."""
    return set_reach(channel, body.model_dump(), by=request.auth, key=key_of(request))


@preferences.post("/test", response=CREATED)
def try_own(request: Request, body: ChannelIn) -> dict[str, Any]:
    """A message to myself, now."""
    return send_test(body.channel, by=request.auth, key=key_of(request))


@webhooks.get("")
def webhook_list(request: Request, paging: PageOf) -> dict[str, Any]:
    """Webhooks and robots of bodies; for the system administrator."""
    return page(endpoints_of(request.auth), paging, endpoint_row)


def endpoint_row(row: Endpoint) -> dict[str, Any]:
    counted: Any = row
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name,
        "url": row.shown,
        "unit_id": row.unit_id,
        "role": row.role,
        "kinds": row.kinds,
        "active": row.active,
        "waiting": counted.waiting,
        "dead": counted.dead,
    }


@webhooks.post("", response=CREATED)
def webhook_new(request: Request, body: EndpointIn) -> dict[str, Any]:
    """Make one; a webhook's `secret` is in this answer, and again in `/secret`."""
    made = make_endpoint(body.model_dump(), by=request.auth, key=key_of(request))["endpoint"]
    return _with_secret(request, made)


def _with_secret(request: Request, number: int) -> dict[str, Any]:
    row = endpoint_of(request.auth, number)
    secret = {"secret": secret_of(number, by=request.auth)} if row.kind == EndpointKind.WEBHOOK else {}
    return {**endpoint_row(row), **secret}


@webhooks.get("/{int:number}")
def webhook(request: Request, number: int) -> dict[str, Any]:
    return endpoint_row(endpoint_of(request.auth, number))


@webhooks.patch("/{int:number}")
def webhook_change(request: Request, number: int, body: EndpointChange) -> dict[str, Any]:
    """Change name, kinds, url, a robot's secret, or active."""
    change_endpoint(number, body.model_dump(exclude_unset=True), by=request.auth, key=key_of(request))
    return endpoint_row(endpoint_of(request.auth, number))


@webhooks.delete("/{int:number}")
def webhook_remove(request: Request, number: int) -> dict[str, Any]:
    """Remove it; what waits for it is dropped."""
    remove_endpoint(number, by=request.auth, key=key_of(request))
    return {"id": number}


@webhooks.get("/{int:number}/secret")
def webhook_secret(request: Request, number: int) -> dict[str, Any]:
    """The newest secret of a webhook."""
    if endpoint_of(request.auth, number).kind != EndpointKind.WEBHOOK:
        raise Refused("endpoint.no_secret")
    return {"id": number, "secret": secret_of(number, by=request.auth)}


@webhooks.post("/{int:number}/secret")
def webhook_rotate(request: Request, number: int) -> dict[str, Any]:
    """A new secret; for 24 hours the old one signs beside it."""
    rotate_secret(number, by=request.auth, key=key_of(request))
    return {"id": number, "secret": secret_of(number, by=request.auth)}


@webhooks.post("/{int:number}/test", response=CREATED)
def webhook_test(request: Request, number: int) -> dict[str, Any]:
    """A test message to it, now."""
    return try_endpoint(number, by=request.auth, key=key_of(request))


@deliveries.get("")
def delivery_list(
    request: Request, paging: PageOf, ended: str | None = None, webhook: int | None = None
) -> dict[str, Any]:
    """What became of each message: `ended` is waiting, sent, dropped or dead."""
    wanted = Ended.WAITING if ended == WAITING else ended
    if wanted is not None and wanted not in list(Ended):
        raise Refused("request.filter_invalid", field="ended")
    rows = deliveries_of(request.auth, wanted, endpoint=webhook).select_related("member", "endpoint")
    return page(rows, paging, delivery_row)


def delivery_row(row: Delivery) -> dict[str, Any]:
    """How it went; of its matter the event's type and case alone."""
    return {
        "id": row.pk,
        "channel": row.channel,
        "member": row.member_id,
        "webhook": row.endpoint_id,
        "kind": row.kind,
        "type": row.event["type"],
        "case": row.event["case"],
        "send_at": row.send_at,
        "ended": row.ended or WAITING,
        "ended_at": row.ended_at,
        "attempts": row.attempts,
        "retry_at": row.retry_at,
        "error": row.error,
        "receipt": row.receipt,
    }


@deliveries.get("/{int:number}")
def delivery(request: Request, number: int) -> dict[str, Any]:
    """One delivery with every try."""
    row = deliveries_of(request.auth).filter(pk=number).first()
    if row is None:
        raise Refused("delivery.not_found", delivery=number)
    tries = row.tries.order_by("pk").values("at", "ok", "answer", "took_ms")
    return {**delivery_row(row), "tries": list(tries)}


@deliveries.post("/again")
def again(request: Request, body: AgainIn) -> dict[str, Any]:
    """Send again what was given up, with all its tries anew."""
    return send_again(body.deliveries, by=request.auth, key=key_of(request))
