"""From the feed to deliveries, by a kept cursor: place and messages in one transaction, so each event once."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from services.workflow.domain.calendar import Calendar, shanghai_date
from services.workflow.domain.messages import REMINDER, ROBOTS, How, MessageKind, how_of
from services.workflow.domain.rhythm import REMIND_FROM, Rhythm, moment_to_send
from services.workflow.models import Delivery, FeedPlace, MemberRhythm
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now
from services.workflow.queries.due_soon import DueSoon, due_soon
from services.workflow.queries.hearers import Heard, Wishes, audience_of, wishes_of
from services.workflow.queries.told import Event, epoch_and_head, events_after
from services.workflow.queries.transparency import is_of_another_history

PLACE, TOLD_BEFORE = "deliveries", "deliveries_told"
BATCH = 200
log = logging.getLogger("laurel.deliveries")


def relay_events(*, most: int = BATCH) -> int:
    """Turn up to `most` events of the feed into deliveries; how many were read.

    The cursor moves in the transaction that writes them: a worker killed anywhere leaves both or neither. Two
    workers at once do no harm, the second finds the place taken and reads nothing.
    """
    with transaction.atomic():
        place = FeedPlace.objects.select_for_update(skip_locked=True).filter(name=PLACE).first()
        if place is None:
            return 0
        if is_of_another_history(place.xid):
            _begin_anew(place)
        told = FeedPlace.objects.filter(name=TOLD_BEFORE).values_list("number", flat=True).first() or 0
        events = events_after(place.xid, place.number, most=most, above=told)
        epoch, _ = epoch_and_head()
        if events:
            Delivery.objects.bulk_create(_deliveries(events, epoch), ignore_conflicts=True)
            place.xid, place.number = events[-1].xid, events[-1].number
            place.save(update_fields=["xid", "number"])
    return len(events)


def _begin_anew(place: FeedPlace) -> None:
    """A restored database counts its transactions anew, its events on: what was told is known by its number.

    From the beginning, past all that was told: so what was written before this first pass is told too, and what the
    counter comes to again is not.
    """
    log.warning("the feed counts anew below our place %s; going on after event %s", place.xid, place.number)
    FeedPlace.objects.update_or_create(name=TOLD_BEFORE, defaults={"xid": 0, "number": place.number})
    place.xid, place.number = 0, 0
    place.save(update_fields=["xid", "number"])


def _deliveries(events: Sequence[Event], epoch: str) -> list[Delivery]:
    audience = audience_of(events)
    heard = [(event, hearer) for event in events for hearer in audience.of(event)]
    if not heard:
        return []
    wishes = wishes_of(h.member for _, h in heard if h.member is not None)
    at = now()
    calendar = calendar_from(shanghai_date(at).year)
    rows: list[Delivery] = []
    for event, hearer in heard:
        stored, key = event.stored(epoch, hearer.topic), f"feed:{event.xid}.{event.number}"
        if hearer.endpoint is not None:
            rows.append(_to_endpoint(hearer, key, stored, at))
        else:
            rows += to_member(hearer, key, stored, at, wishes, calendar)
    return rows


def _to_endpoint(heard: Heard, key: str, event: dict[str, Any], at: datetime) -> Delivery:
    assert heard.endpoint is not None
    return Delivery(
        key=key,
        target=f"endpoint:{heard.endpoint.pk}",
        channel=heard.endpoint.kind,
        endpoint=heard.endpoint,
        district_id=heard.district,
        kind=str(heard.kind),
        event=event,
        send_at=at,
    )


def to_member(
    heard: Heard, key: str, event: dict[str, Any], at: datetime, wishes: Wishes, calendar: Calendar
) -> list[Delivery]:
    """One message for each channel on which the person wants this kind, at the moment their rhythm allows."""
    assert heard.member is not None
    rhythm = rhythm_of(wishes.rhythms.get(heard.member))
    rows = []
    for channel in wishes.channels.get(heard.member, ()):
        how = how_of(wishes.choices.get(heard.member, {}), str(heard.kind), channel)
        if how == How.OFF:
            continue
        rows.append(
            Delivery(
                key=key,
                target=target_of(channel, heard.member),
                channel=channel,
                member_id=heard.member,
                district_id=heard.district,
                kind=str(heard.kind),
                event=event,
                send_at=moment_to_send(at, how, rhythm, calendar),
            )
        )
    return rows


def target_of(channel: str, member: int) -> str:
    """What rests when sending fails: one mail server and one gateway serve all, a robot is a person's own."""
    return f"{channel}:{member}" if channel in ROBOTS else channel


def rhythm_of(row: MemberRhythm | None) -> Rhythm:
    if row is None:
        return Rhythm()
    return Rhythm(row.quiet_from, row.quiet_until, row.rest_days_quiet, row.digest_at)


def remind() -> int:
    """Once each working day from eight o'clock: whoever has work that is late or falls due soon is told so.

    The day and its messages are written together; what is listed is read when the message is sent.
    """
    with transaction.atomic():
        place = FeedPlace.objects.select_for_update(skip_locked=True).filter(name=PLACE).first()
        at = now()
        today = shanghai_date(at)
        if place is None or (place.reminded_on is not None and place.reminded_on >= today):
            return 0
        calendar = calendar_from(today.year)
        if not calendar.is_working_day(today) or moment_to_send(at, How.NOW, _BEFORE, calendar) > at:
            return 0
        found = due_soon(at, calendar)
        wishes = wishes_of(found)
        rows = [row for who, work in found.items() for row in _reminder(who, work, at, wishes, calendar)]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        place.reminded_on = today
        place.save(update_fields=["reminded_on"])
    return len(rows)


# From midnight until eight no reminder is written.
_BEFORE = Rhythm(REMIND_FROM.replace(hour=0), REMIND_FROM)


def _reminder(
    member: int, work: Sequence[DueSoon], at: datetime, wishes: Wishes, calendar: Calendar
) -> list[Delivery]:
    day = shanghai_date(at).isoformat()
    event: dict[str, Any] = {
        "type": REMINDER,
        "case": None,
        "kind": None,
        "seq": None,
        "at": at.isoformat(),
        "data": {},
    }
    heard = Heard(MessageKind.DUE, "", work[0].district, member=member)
    return to_member(heard, f"{REMINDER}:{day}", event, at, wishes, calendar)
