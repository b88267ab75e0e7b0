"""A person's own choices: where they are reached, what they want to hear, when they may be disturbed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from services.workflow.commands import fields as f
from services.workflow.commands.keyring import seal_address
from services.workflow.commands.relay import target_of
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.messages import TEST, Channel, How, MessageKind
from services.workflow.domain.outside import (
    ROBOT_HOSTS,
    Place,
    check_secret,
    masked,
    read_mail,
    read_mobile,
    read_url,
)
from services.workflow.domain.refused import Refused
from services.workflow.domain.rhythm import REMIND_DAYS_MOST
from services.workflow.models import Choice, Delivery, MemberRhythm, Reach
from services.workflow.queries.hearers import channels_served

TESTS_MOST = 5
HOURS = ("quiet_from", "quiet_until", "digest_at")


def set_reach(channel: str, fields: Mapping[str, Any], *, by: Actor, key: UUID | None = None) -> Answer:
    """How this person is reached on a channel: `address`, for robots with `secret`; an empty address forgets it.

    Refused: reach.*, endpoint.address_malformed, endpoint.robot_elsewhere, endpoint.secret_malformed.
    """
    request = [channel, dict(fields)]
    return run(lambda tx: _set_reach(tx, channel, fields), name="set_reach", by=by, key=key, request=request)


def _set_reach(tx: Transaction, channel: str, given: f.Fields) -> Answer:
    if channel not in list(Channel):
        raise Refused("field.not_a_choice", field="channel", choices=", ".join(Channel))
    member, address = _member(tx), f.text(given, "address", limit=500, required=False)
    if not address:
        Reach.objects.filter(member=member, channel=channel).delete()
        return {"channel": channel, "shown": ""}
    sealed, shown = _read(channel, address, f.text(given, "secret", limit=120, required=False))
    Reach.objects.update_or_create(
        member_id=member, channel=channel, defaults={"sealed": seal_address(sealed), "shown": shown}
    )
    return {"channel": channel, "shown": shown}


def _read(channel: str, address: str, secret: str) -> tuple[dict[str, Any], str]:
    if channel == Channel.MAIL:
        mail = read_mail(address)
        return {"address": mail}, masked(mail)
    if channel == Channel.SMS:
        mobile = read_mobile(address)
        return {"address": mobile}, masked(mobile)
    place = read_robot(channel, address)
    return {"url": address, "secret": check_secret(secret)}, place.shown


def read_robot(kind: str, url: str) -> Place:
    """A robot's address: at its maker's, or at a host that the site's setting names.

    Refused: endpoint.address_malformed, endpoint.robot_elsewhere.
    """
    place = read_url(url)
    own = place.host in settings.ROBOT_HOSTS
    if not own and (place.host not in ROBOT_HOSTS[kind] or place.scheme != "https"):
        raise Refused("endpoint.robot_elsewhere", hosts=", ".join(ROBOT_HOSTS[kind]))
    return place


def choose(wanted: Mapping[tuple[str, str], str], *, by: Actor, key: UUID | None = None) -> Answer:
    """Set how kinds come on channels; those not named stay as they are. Refused: field.not_a_choice."""
    request = sorted([*pair, how] for pair, how in wanted.items())
    return run(lambda tx: _choose(tx, wanted), name="choose", by=by, key=key, request=request)


def _choose(tx: Transaction, wanted: Mapping[tuple[str, str], str]) -> Answer:
    member = _member(tx)
    for (kind, channel), how in wanted.items():
        for field, given, choices in (
            ("kind", kind, MessageKind), ("channel", channel, Channel), ("how", how, How),
        ):  # fmt: skip
            if given not in list(choices):
                raise Refused("field.not_a_choice", field=field, choices=", ".join(choices))
    Choice.objects.bulk_create(
        [Choice(member_id=member, kind=k, channel=c, how=how) for (k, c), how in wanted.items()],
        update_conflicts=True,
        unique_fields=["member", "kind", "channel"],
        update_fields=["how"],
    )
    return {"chosen": len(wanted)}


def set_rhythm(fields: Mapping[str, Any], *, by: Actor, key: UUID | None = None) -> Answer:
    """When this person may be disturbed: quiet_from, quiet_until (both or none), rest_days_quiet, digest_at,
    remind_days, language; what is not named stays. Refused: field.*, rhythm.half_quiet.
    """
    return run(lambda tx: _set_rhythm(tx, fields), name="set_rhythm", by=by, key=key, request=dict(fields))


def _set_rhythm(tx: Transaction, given: f.Fields) -> Answer:
    row, _ = MemberRhythm.objects.get_or_create(member_id=_member(tx))
    for name in HOURS:
        if name in given:
            setattr(row, name, _hour(given, name, required=name == "digest_at"))
    if (row.quiet_from is None) != (row.quiet_until is None):
        raise Refused("rhythm.half_quiet")
    if "rest_days_quiet" in given:
        row.rest_days_quiet = bool(given["rest_days_quiet"])
    if "remind_days" in given:
        row.remind_days = f.whole(given, "remind_days", most=REMIND_DAYS_MOST)
    if "language" in given:
        row.language = f.choice(given, "language", tuple(code for code, _ in settings.LANGUAGES))
    row.save()
    return {}


def _hour(given: f.Fields, name: str, *, required: bool) -> dt.time | None:
    text = "" if given[name] is None else f.text(given, name, limit=20, required=required)
    try:
        return dt.time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None) if text else None
    except ValueError:
        raise Refused("field.not_an_hour", field=name) from None


def send_test(channel: str, *, by: Actor, key: UUID | None = None) -> Answer:
    """A message to oneself, now, whatever the quiet hours. Refused: reach.missing, reach.not_served,
    delivery.too_many_tests. Returns {"delivery"}.
    """
    return run(lambda tx: _send_test(tx, channel), name="send_test", by=by, key=key, request=channel)


def _send_test(tx: Transaction, channel: str) -> Answer:
    member = _member(tx)
    if channel not in [str(served) for served in channels_served()]:
        raise Refused("reach.not_served")
    if not Reach.objects.filter(member=member, channel=channel).exists():
        raise Refused("reach.missing")
    lately = Delivery.objects.filter(
        member=member, key__startswith=f"{TEST}:", send_at__gt=tx.at - dt.timedelta(hours=1)
    )
    if lately.count() >= TESTS_MOST:
        raise Refused("delivery.too_many_tests", most=TESTS_MOST)
    row = Delivery.objects.create(
        key=f"{TEST}:{uuid4()}", target=target_of(channel, member), channel=channel, member_id=member,
        district_id=tx.by.district_id or tx.by.unit_id, kind=str(MessageKind.PROGRESS),
        event=trial_event(tx.at), send_at=tx.at,
    )  # fmt: skip
    return {"delivery": row.pk}


def trial_event(at: dt.datetime) -> dict[str, Any]:
    """What a test message carries: that it is one."""
    return {"type": TEST, "case": None, "kind": None, "seq": None, "at": at.isoformat(), "data": {}}


def _member(tx: Transaction) -> int:
    if tx.by.member_id is None:
        raise Refused("office.none")
    return tx.by.member_id
