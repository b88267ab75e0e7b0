"""Sends what waits for one target, letter after letter, and writes down how each went."""

import logging
import time
from collections.abc import Sequence

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils import translation

from services.workflow.commands.deliveries import (
    Failure,
    Result,
    drop,
    hold,
    hold_on,
    let_go,
    next_letter,
    settle,
)
from services.workflow.commands.endpoints import opened
from services.workflow.commands.keyring import open_address
from services.workflow.domain.actor import Actor
from services.workflow.domain.messages import Channel, EndpointKind
from services.workflow.domain.refused import Refused
from services.workflow.jobs.letters import (
    Written,
    day_of_writing,
    group_text,
    mail_of,
    may_read,
    short_text,
    written,
)
from services.workflow.jobs.mail import send_mail
from services.workflow.jobs.outgoing import Forbidden, Unreachable
from services.workflow.jobs.robots import send_robot
from services.workflow.jobs.sms import send_sms
from services.workflow.jobs.webhooks import send_webhook
from services.workflow.models import Delivery, Endpoint, MemberRhythm, Reach
from services.workflow.queries.clock import own_now
from services.workflow.queries.told import actors_of_member

# So long a target may keep a worker; then another's turn comes, and the next ring goes on here.
TURN_S = 30.0
UNREAD = "not to be read any more"
log = logging.getLogger("laurel.deliveries")


def send_all(target: str) -> int:
    """Everything that waits for one target now; how many letters were tried."""
    lease = hold(target)
    if lease is None:
        return 0
    ends, tried = time.monotonic() + TURN_S, 0
    try:
        while letter := next_letter(target):
            _send_one(letter)
            tried += 1
            if time.monotonic() > ends or not hold_on(target, lease):
                break
    finally:
        let_go(target, lease)
    return tried


def _send_one(letter: Sequence[Delivery]) -> None:
    """Send, then mark: whoever is killed in between has sent, and the letter is sent once more."""
    began = time.monotonic()
    try:
        result, sent = _try(letter)
    except Unreachable as error:
        result, sent = Result(Failure.REST, str(error)), letter
    except (Forbidden, Refused, InvalidToken) as error:
        words = error.code if isinstance(error, Refused) else str(error) or "identity.unreadable"
        result, sent = Result(Failure.REFUSED, words), letter
    except Exception as error:
        # A fault of ours must not hold up what stands behind this letter.
        log.exception("delivery %s could not be made", letter[0].pk)
        result, sent = Result(Failure.LATER, f"fault: {type(error).__name__}"), letter
    if sent:
        settle(sent, result, took_ms=int((time.monotonic() - began) * 1000))


def _try(letter: Sequence[Delivery]) -> tuple[Result, Sequence[Delivery]]:
    """The result, and the deliveries that it is of; what may not be read any more is dropped on the way."""
    if letter[0].endpoint is not None:
        return _to_endpoint(letter, letter[0].endpoint)
    member = letter[0].member_id
    reach = Reach.objects.filter(member=member, channel=letter[0].channel).first()
    if reach is None:
        drop(letter, "no address")
        return Result(), []
    rhythm = MemberRhythm.objects.filter(member=member).first()
    with translation.override(rhythm.language if rhythm else settings.LANGUAGE_CODE):
        found = _readable(letter, actors_of_member(member or 0))
        if not found.kept:
            return Result(), []
        return _to_person(found, open_address(reach.sealed)), found.kept


def _readable(letter: Sequence[Delivery], actors: Sequence[Actor]) -> Written:
    """The letter in words; what its reader may not see any more is dropped on the way."""
    found = written(letter, actors, day_of_writing())
    if found.unread:
        drop(found.unread, UNREAD)
    return found


def _to_person(found: Written, address: dict[str, str]) -> Result:
    channel, number = found.kept[0].channel, found.kept[0].pk
    if channel == Channel.MAIL:
        return send_mail(address["address"], mail_of(found.lines, found.counted), number)
    if channel == Channel.SMS:
        return send_sms(address["address"], short_text(found.lines, found.counted), number)
    return send_robot(channel, address, group_text(found.lines, found.counted), own_now())


def _to_endpoint(letter: Sequence[Delivery], endpoint: Endpoint) -> tuple[Result, Sequence[Delivery]]:
    if endpoint.removed_at is not None:
        drop(letter, "removed")
        return Result(), []
    if not endpoint.active:
        return Result(Failure.REFUSED, "switched off"), letter
    acting = [_acting_for(endpoint)]
    if endpoint.kind == EndpointKind.WEBHOOK:
        if not may_read(letter[0], acting):
            drop(letter, UNREAD)
            return Result(), []
        return send_webhook(letter[0], endpoint, own_now()), letter
    found = _readable(letter, acting)
    if not found.kept:
        return Result(), []
    text = group_text(found.lines, found.counted)
    return send_robot(endpoint.kind, opened(endpoint), text, own_now()), found.kept


def _acting_for(endpoint: Endpoint) -> Actor:
    """The office whose rights an endpoint has; nobody's where it hears public events alone."""
    unit = endpoint.unit
    if unit is None:
        return Actor(member_id=None, office_id=None, role="")
    return Actor(
        member_id=None,
        office_id=None,
        role=endpoint.role,
        unit_id=unit.pk,
        unit_code=unit.code,
        town_id=unit.town_id,
        district_id=unit.district_id,
        unit_name=unit.name,
    )
