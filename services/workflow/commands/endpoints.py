"""Webhooks and robots of bodies: made, changed, their secrets changed over, removed; by the system administrator."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from cryptography.fernet import InvalidToken
from django.conf import settings

from services.workflow.commands import fields as f
from services.workflow.commands.keyring import open_address, seal_address
from services.workflow.commands.preferences import read_robot, trial_event
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.messages import TEST, EndpointKind, MessageKind
from services.workflow.domain.outside import Place, check_secret, may_reach, read_url
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.domain.webhook_signature import SECRET_BYTES, secret_text
from services.workflow.models import Delivery, DeliveryTarget, Endpoint, Unit
from services.workflow.queries.deliveries import check_admin, endpoint_of

# Offices that a system can hear for: an investigator's and an administrator's rights are a person's own.
ROLES = tuple(
    str(role)
    for role in (
        Role.DECLARANT, Role.TOWN, Role.DEPARTMENT, Role.OFFICE, Role.COMMITTEE, Role.LEADING_GROUP,
    )
)  # fmt: skip
NAME_LIMIT = 60
# While a receiver takes over a new secret, the old one signs too.
OVERLAP = dt.timedelta(hours=24)


def make_endpoint(fields: Mapping[str, Any], *, by: Actor, key: UUID | None) -> Answer:
    """Fields: kind, name, url, unit and role (both or neither: public events only), kinds, secret (of a robot).

    Returns {"endpoint"}; the secret of a webhook is read once with `secret_of`. Refused: step.not_yours, field.*,
    endpoint.*.
    """
    request = dict(fields)
    return run(lambda tx: _make(tx, fields), name="make_endpoint", by=by, key=key, request=request)


def _make(tx: Transaction, given: f.Fields) -> Answer:
    check_admin(tx.by)
    kind = f.choice(given, "kind", tuple(EndpointKind))
    unit, role = _office(tx.by, given)
    place, sealed = _address(kind, given)
    row = Endpoint.objects.create(
        kind=kind,
        name=f.text(given, "name", limit=NAME_LIMIT),
        unit=unit,
        role=role,
        district_id=tx.by.district_id or (unit.district_id if unit else None),
        kinds=_kinds(given),
        shown=place.shown,
        sealed=seal_address(sealed),
        made_by_id=tx.by.office_id,
        made_at=tx.at,
    )
    return {"endpoint": row.pk}


def _office(by: Actor, given: f.Fields) -> tuple[Unit | None, str]:
    if not given.get("unit"):
        return None, ""
    unit = Unit.objects.filter(pk=f.whole(given, "unit", least=1, most=2**53)).first()
    own = unit is not None and by.district_id in {None, unit.district_id, unit.pk}
    if unit is None or not own:
        raise Refused("unit.not_found", unit=given["unit"])
    return unit, f.choice(given, "role", ROLES)


def _kinds(given: f.Fields) -> list[str]:
    wanted = given.get("kinds") or list(MessageKind)
    if not isinstance(wanted, list | tuple) or any(kind not in list(MessageKind) for kind in wanted):
        raise Refused("field.not_a_choice", field="kinds", choices=", ".join(MessageKind))
    return sorted({str(kind) for kind in wanted})


def _address(kind: str, given: f.Fields) -> tuple[Place, dict[str, Any]]:
    url = f.text(given, "url", limit=500)
    if kind != EndpointKind.WEBHOOK:
        secret = check_secret(f.text(given, "secret", limit=120, required=False))
        return read_robot(kind, url), {"url": url, "secret": secret}
    return check_webhook(url), {"url": url, "secrets": [_new_secret()]}


def check_webhook(url: str) -> Place:
    """Only https, save to networks that the site allows. A bare address is judged here, a name when it is called.

    Refused: endpoint.address_malformed, endpoint.not_https, endpoint.private_address.
    """
    place = read_url(url)
    bare = place.host.replace(".", "").isdigit() or ":" in place.host
    try:
        if bare and not may_reach(place.host, settings.DELIVERY_ALLOW):
            raise Refused("endpoint.private_address")
    except ValueError:
        raise Refused("endpoint.address_malformed") from None
    if place.scheme != "https" and not settings.DELIVERY_ALLOW:
        raise Refused("endpoint.not_https")
    return place


def _new_secret() -> dict[str, Any]:
    return {"secret": secret_text(secrets.token_bytes(SECRET_BYTES)), "until": None}


def change_endpoint(number: int, fields: Mapping[str, Any], *, by: Actor, key: UUID | None) -> Answer:
    """Change name, kinds, url, secret (of a robot) or active; what is not named stays. Refused as make_endpoint."""
    request = [number, dict(fields)]
    return run(
        lambda tx: _change(tx, number, fields), name="change_endpoint", by=by, key=key, request=request
    )


def _change(tx: Transaction, number: int, given: f.Fields) -> Answer:
    row = endpoint_of(tx.by, number)
    if "name" in given:
        row.name = f.text(given, "name", limit=NAME_LIMIT)
    if "kinds" in given:
        row.kinds = _kinds(given)
    if given.get("url"):
        place, sealed = _address(row.kind, given)
        kept = opened(row)
        row.shown = place.shown
        row.sealed = seal_address(
            {**kept, **sealed, "secrets": kept.get("secrets", sealed.get("secrets", []))}
        )
    if "active" in given:
        row.active = bool(given["active"])
        DeliveryTarget.objects.filter(key=f"endpoint:{row.pk}").update(failures=0, paused_until=None)
    row.save()
    return {"endpoint": row.pk}


def rotate_secret(number: int, *, by: Actor, key: UUID | None) -> Answer:
    """A new secret; the one before signs beside it for 24 hours. Refused: endpoint.not_found, endpoint.no_secret."""
    return run(lambda tx: _rotate(tx, number), name="rotate_secret", by=by, key=key, request=number)


def _rotate(tx: Transaction, number: int) -> Answer:
    row = endpoint_of(tx.by, number)
    if row.kind != EndpointKind.WEBHOOK:
        raise Refused("endpoint.no_secret")
    kept = opened(row)
    before = {**kept["secrets"][0], "until": (tx.at + OVERLAP).isoformat()}
    row.sealed = seal_address({**kept, "secrets": [_new_secret(), before]})
    row.save(update_fields=["sealed"])
    return {"endpoint": row.pk}


def secret_of(number: int, *, by: Actor) -> str:
    """The newest secret of a webhook, for the answer to who has just made it; no log of answers holds it."""
    newest: str = opened(endpoint_of(by, number))["secrets"][0]["secret"]
    return newest


def good_secrets(address: Mapping[str, Any], at: dt.datetime) -> list[str]:
    """The secrets that sign now: the newest, and while it is being taken over the one before."""
    return [
        s["secret"]
        for s in address["secrets"]
        if s["until"] is None or dt.datetime.fromisoformat(s["until"]) > at
    ]


def opened(row: Endpoint) -> dict[str, Any]:
    """The sealed address. Refused: endpoint.unreadable where the key is gone."""
    try:
        return open_address(row.sealed)
    except InvalidToken:
        raise Refused("endpoint.unreadable") from None


def remove_endpoint(number: int, *, by: Actor, key: UUID | None) -> Answer:
    """Remove an endpoint: what waited for it is dropped, what was sent stays in the list."""
    return run(lambda tx: _remove(tx, number), name="remove_endpoint", by=by, key=key, request=number)


def _remove(tx: Transaction, number: int) -> Answer:
    row = endpoint_of(tx.by, number)
    row.removed_at, row.active, row.sealed = tx.at, False, b""
    row.save()
    Delivery.objects.filter(endpoint=row, ended="").update(ended="dropped", ended_at=tx.at)
    return {"endpoint": number}


def try_endpoint(number: int, *, by: Actor, key: UUID | None) -> Answer:
    """A test message to an endpoint, now. Returns {"delivery"}."""
    return run(lambda tx: _try(tx, number), name="try_endpoint", by=by, key=key, request=number)


def _try(tx: Transaction, number: int) -> Answer:
    row = endpoint_of(tx.by, number)
    made = Delivery.objects.create(
        key=f"{TEST}:{uuid4()}", target=f"endpoint:{row.pk}", channel=row.kind, endpoint=row,
        district_id=row.district_id, kind=str(MessageKind.PROGRESS), event=trial_event(tx.at), send_at=tx.at,
    )  # fmt: skip
    return {"delivery": made.pk}
